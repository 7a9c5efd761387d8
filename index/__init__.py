"""Clauses and their sentences, searchable by meaning (FAISS) and by words (BM25)."""
