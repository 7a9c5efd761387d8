"""The question benchmark: questions with gold clauses, and what an answer is scored on."""

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded
