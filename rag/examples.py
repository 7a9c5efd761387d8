"""Questions that this corpus answers, to show people how to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, zip_longest

from corpus.types import Corpus, Document
from rag.phrases import full_name, place_and_topic, short_title

_FALLBACK = "某项任务由哪些部门负责？"


def example_questions(corpus: Corpus, count: int = 3) -> tuple[str, ...]:
    """Up to `count` questions, of several kinds and documents; never none."""
    by_document = sorted((list(_of_document(document)) for document in corpus.documents), key=len, reverse=True)
    turned = [rows[i % 3 :] + rows[: i % 3] for i, rows in enumerate(by_document)]
    rows = chain.from_iterable(zip_longest(*turned))
    return tuple(dict.fromkeys(row for row in rows if row))[:count] or (_FALLBACK,)


def _of_document(document: Document) -> Iterator[str]:
    bracketed = [c for c in document.clauses if any(d.source != "text" for d in c.departments)]
    if bracketed:
        yield f"{place_and_topic(bracketed[len(bracketed) // 2], document)}由哪些部门负责？"
        counts = Counter((d.name, d.jurisdiction) for c in bracketed for d in c.departments)
        (name, place), _ = counts.most_common(2)[-1]
        yield f"{full_name(name, place)}负责哪些任务？"
    yield f"《{short_title(document)}》是什么时候印发的？"
