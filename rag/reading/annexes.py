"""Which annexes a question names: by number, by what sets their titles apart, or the main body instead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.reading.folded import FoldedCorpus
from rag.titles import annex_titles, both_numerals, names_of_annex

_BODY = "正文"
_BODY_WORDS = re.compile(r"正文|主体部分|方案本身|总方案|主方案|主文件|不看附件|不含附件|除附件外|总的方案")
_ANNEX_COUNTED = re.compile(r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})个附件")
_ANNEXES_TOO = re.compile(r"正文[^,。?]{0,4}附件|附件[^,。?]{0,4}正文|(?:含|连|加上?|包括)附件")
_ANNEX = re.compile(r"附\s*(件|表|录)\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})")


class AnnexNames:
    """The annexes of the corpus, and how questions name them. A mark is 附件3, or 正文 for what is no annex."""

    def __init__(self, folded: FoldedCorpus) -> None:
        self._folded = folded
        self.titles = {document.id: annex_titles(document) for document in folded.corpus.documents}
        self._spoken_of = {
            (document, mark): _speaks_of(title) for document, rows in self.titles.items() for mark, title in rows
        }

    def named(self, plain: str, documents: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
        """Marks of annexes by number or by what sets their titles apart; of the main body by its names."""
        if _BODY_WORDS.search(plain) and not _ANNEXES_TOO.search(plain):
            return (_BODY,)
        if found := _ANNEX.search(plain):
            return tuple(dict.fromkeys(f"附{found[1]}{number}" for number in both_numerals(found[2])))
        if found := _ANNEX_COUNTED.search(plain):
            return tuple(f"附件{number}" for number in both_numerals(found[1]))
        here = [d for d in self._folded.documents_of(places) if not documents or d.id in documents]
        rows = []
        for document in here:
            for mark, _ in self.titles[document.id]:
                pattern = self._spoken_of[document.id, mark]
                if pattern and pattern.search(plain):
                    rows.append(mark)
        return tuple(rows)

    def are_sure(self, parts: tuple[str, ...], plain: str) -> bool:
        """Whether the parts are here and the question names them by number, or the main body."""
        is_plain = _ANNEX.search(plain) or _ANNEX_COUNTED.search(plain) or _BODY_WORDS.search(plain)
        return bool(parts and is_plain) and self._have(parts)

    def document_with(self, parts: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
        """The one document that has such an annex; nothing when several have or none."""
        if not parts or parts == (_BODY,):
            return ()
        here = self._folded.documents_of(places)
        rows = [d.id for d in here if any(mark in parts for mark, _ in self.titles[d.id])]
        return tuple(rows) if len(rows) == 1 else ()

    def hinted(self, plain: str, places: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """(document id, mark) of annexes of the named places whose subject the question speaks of."""
        return tuple(
            (document.id, mark)
            for document in (self._folded.documents_of(places) if places else ())
            for mark, title in self.titles[document.id]
            if any(name in plain for name in names_of_annex(title))
        )

    def subject_named(self, plain: str, hints: Iterable[tuple[str, str]]) -> str:
        """The name of a hinted annex's subject that stands in the question."""
        titles = (title for document, mark in hints for own, title in self.titles[document] if own == mark)
        return next((name for title in titles for name in names_of_annex(title) if name in plain), "")

    def _have(self, parts: tuple[str, ...]) -> bool:
        return parts == (_BODY,) or any(mark in parts for rows in self.titles.values() for mark, _ in rows)


def _speaks_of(title: str) -> re.Pattern[str] | None:
    """How a question speaks of the annex with this title: 电商行动计划."""
    names = "|".join(map(re.escape, names_of_annex(title)))
    return re.compile(rf"(?:{names})[^,。;?]{{0,6}}(?:行动计划|计划|附件|方案|那份)") if names else None
