"""Whether a sentence says what the clauses it cites say: numbers, names, strength, negation, content."""
