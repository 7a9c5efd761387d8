"""The window: three tabs in Chinese over the same functions and the same answer object as the API."""

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded
