"""Look-ups by slots: each answers from its own table, or not at all."""
