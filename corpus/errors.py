"""What can go wrong with the texts. Each message says which file, where, and what to do."""


class CorpusError(Exception):
    """A text or its metadata can't be used."""


class UnreadableTextError(CorpusError):
    """A file is missing, is no text, or holds bytes that no known encoding explains."""


class MetadataError(CorpusError):
    """A metadata file is missing a field, or a field has a value it can't have."""
