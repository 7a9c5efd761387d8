"""What a question names and no document is: a quoted title, another five-year plan, a campaign's plan."""

from __future__ import annotations

import re

from corpus.script import fold
from rag.reading.annexes import AnnexNames
from rag.reading.folded import FoldedCorpus
from rag.reading.quoted import QuotedTitles, quotations
from rag.reading.relied_on import is_relied_on

_ANNEX_BEFORE = re.compile(r"附[件表录][0-9一二三四五六七八九十]*[:,]?\s*$")
_ASKED_OF_TITLE = re.compile(
    r"\s*(?:\([^)]{1,12}\))?(?:第[一二三四五六七八九十百0-9]+条|里|中|的(?!要求|规定执行)|怎么|如何|规定|主要|有哪|有什么|写|对|讲|说|什么时候|是哪|由哪|关于)"
)
_FIVE_YEARS = re.compile("(十[一二三四五六七]五)”?(?:的|期间)?([^,。?]{0,12}(?:规划|方案|计划|文件))")
_CAMPAIGN = re.compile(
    '[“"「](?P<slogan>[^”"」]{2,12})[”"」](?:[一二三四五]年|专项)?(?:行动计划|行动方案|实施方案|规划|实施意见)'
)


class MissingDocuments:
    """Tells the documents that a question asks for by name, and that the corpus doesn't have."""

    def __init__(self, folded: FoldedCorpus, annexes: AnnexNames, quoted: QuotedTitles) -> None:
        self._folded, self._annexes, self._quoted = folded, annexes, quoted

    def named(self, folded: str) -> str | None:
        """The missing document as the folded question names it."""
        return self._title(folded) or self._plan(folded) or self._campaign(folded)

    def _title(self, folded: str) -> str | None:
        """A quoted title whose own words are asked for, and which is none of the documents or annexes."""
        for found in quotations(folded):
            asked = _ASKED_OF_TITLE.match(folded, found.end())
            before = folded[: found.start()]
            is_mentioned = is_relied_on(before) or _ANNEX_BEFORE.search(before)
            if asked and not is_mentioned and not self._quoted.named([found[1]])[0] and not self._is_heading(found[1]):
                return f"《{found[1]}》"
        return None

    def _is_heading(self, words: str) -> bool:
        """Whether a part of a document is called so."""
        return any(
            words in fold(node.heading)
            for document in self._folded.corpus.documents
            for node in document.nodes
            if node.heading
        )

    def _plan(self, folded: str) -> str | None:
        """“十三五”规划 where only another five-year plan is here."""
        found = _FIVE_YEARS.search(folded)
        if found and not any(found[1] in title for title in self._folded.titles.values()):
            return f"“{found[1]}”{found[2]}"
        return None

    def _campaign(self, folded: str) -> str | None:
        """“工赋上海”三年行动计划: a plan named by a slogan that no title has."""
        found = _CAMPAIGN.search(folded)
        if found is None or is_relied_on(folded[: found.start()]):
            return None
        titles = list(self._folded.titles.values())
        titles += [title for rows in self._annexes.titles.values() for _, title in rows]
        return None if any(found["slogan"] in title for title in titles) else found[0]
