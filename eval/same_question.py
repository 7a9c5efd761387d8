"""`python -m eval.same_question`: how often a pinned answer would be given to a question that asks something else.

Takes every pair of questions in eval/questions: pairs with the same gold clauses ask the same or nearly so, all others
don't. Prints both counts for several thresholds.
"""

from __future__ import annotations

import sys

import numpy as np

from corpus.load import load_corpus
from eval.questions_file import read_questions
from eval.types import GoldQuestion
from index.search import open_index
from index.settings import ROOT, IndexSettings
from rag.answer import PolicyQa
from rag.same_question import NEAR, same_words

_THRESHOLDS = (0.92, NEAR, 0.97, 0.98)


def main() -> int:
    """Prints one line a threshold."""
    settings = IndexSettings()
    corpus = load_corpus(settings.corpus, settings.asked_as)
    qa = PolicyQa(corpus, open_index(corpus, settings))
    rows = [
        q for file in sorted((ROOT / "eval/questions").glob("*.jsonl")) for q in read_questions(file) if not q.history
    ]
    vectors = qa.question_vectors([row.question for row in rows])
    if vectors is None:
        print("the index has no vectors: only wordings that agree word for word share a pinned answer.")
        return 1
    queries = [qa.query(row.question) for row in rows]
    near = np.argwhere(np.triu(vectors @ vectors.T, 1) >= min(_THRESHOLDS))
    pairs = [
        (float(vectors[i] @ vectors[j]), _ask_the_same(rows[i], rows[j]), qa.ask_the_same(queries[i], queries[j]))
        for i, j in near
        if not same_words(rows[i].question, rows[j].question)
    ]
    print(f"{len(rows)} questions, {len(rows) * (len(rows) - 1) // 2} pairs")
    for threshold in _THRESHOLDS:
        alone = [same for cosine, same, _ in pairs if cosine >= threshold]
        read = [same for cosine, same, alike in pairs if cosine >= threshold and alike]
        print(
            f"cosine ≥ {threshold:.2f}: alone {sum(alone)} of the same clauses, {len(alone) - sum(alone)} of others; "
            f"with what is read {sum(read)}, {len(read) - sum(read)}"
        )
    return 0


def _ask_the_same(first: GoldQuestion, second: GoldQuestion) -> bool:
    """Refused questions have no clauses: two of them count as different."""
    cited = [frozenset(gold.clause_id for gold in row.gold) for row in (first, second)]
    return bool(cited[0]) and cited[0] == cited[1]


if __name__ == "__main__":
    sys.exit(main())
