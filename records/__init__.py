"""What the service keeps, in SQL: conversations, answers, feedback, pinned answers, keys, and who did what."""
