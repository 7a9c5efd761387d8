"""Policy texts, parsed to a tree of clauses with their departments."""
