"""What can go wrong with the index. Each message names the folder and the command that mends it."""

REBUILD = "Rebuild: policyqa index"


class IndexStoreError(Exception):
    """The index can't be used or written."""


class MissingIndexError(IndexStoreError):
    """There is no index yet."""


class StaleIndexError(IndexStoreError):
    """The index was built from other texts, by another version, or with other settings."""


class DamagedIndexError(IndexStoreError):
    """A file of the index is missing or isn't what the manifest says."""


class EmbedderError(IndexStoreError):
    """The embedding model can't be built or loaded."""
