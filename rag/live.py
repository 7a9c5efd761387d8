"""The answers that are served now: another index takes their place without a question being lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

from rag.answer import PolicyQa


class LiveQa:
    """`current` is whole at any time: whoever has taken it keeps it to the end of his question."""

    def __init__(self, first: PolicyQa, reopen: Callable[[], PolicyQa] | None = None) -> None:
        """`reopen` reads texts and index again; without it `reload` has nothing to do."""
        self.current = first
        self._reopen = reopen
        self._lock = threading.Lock()

    def reload(self) -> bool:
        """Opens what is on disk and puts it in place; whether it is other than before.

        Raises what opening raises (CorpusError, IndexStoreError); what was served stays.
        """
        if self._reopen is None:
            return False
        with self._lock:
            opened = self._reopen()
            changed = opened.corpus.digest != self.current.corpus.digest
            self.current = opened
            return changed
