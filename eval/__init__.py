"""The question benchmark: questions with gold clauses, and what an answer is scored on."""
