"""What the service keeps, in SQL: conversations, answers, feedback, pinned answers, keys, and who did what."""

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded
