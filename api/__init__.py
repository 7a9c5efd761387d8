"""The HTTP service: routes over the same functions and the same answer object as the command line."""

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded
