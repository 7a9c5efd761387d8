"""Clauses and their sentences, searchable by meaning (FAISS) and by words (BM25)."""

from index import quiet  # noqa: F401 - before any library that this package or a later one loads
