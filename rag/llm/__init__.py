"""A configured language model that writes answers; the clauses decide what of them may stand."""
