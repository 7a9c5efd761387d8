"""The corpus's titles and texts folded as questions are: what the words of a question are looked up in."""

from __future__ import annotations

from corpus.script import fold
from corpus.types import Corpus, Document


class FoldedCorpus:
    """`titles` and `texts` are by document id; `all_text` is every text, one after the other."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.titles = {document.id: fold(document.metadata.title) for document in corpus.documents}
        self.texts = {document.id: fold(document.text) for document in corpus.documents}
        self.all_text = "".join(self.texts.values())

    def documents_of(self, places: tuple[str, ...]) -> list[Document]:
        """The documents of the places; all of them where none is named."""
        return [d for d in self.corpus.documents if not places or d.metadata.jurisdiction in places]
