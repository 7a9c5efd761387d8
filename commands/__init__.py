"""The `policyqa` command: one file a subcommand."""

from index import quiet  # noqa: F401 - first: what calls home is switched off before it is loaded
