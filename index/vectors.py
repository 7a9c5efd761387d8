"""The dense side of the index: unit vectors in FAISS, inner product as cosine."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import faiss
import numpy as np
import numpy.typing as npt

from index.embedder import Vectors


class VectorIndex:
    """Exact search: a policy office's clauses are few, and an exact cosine can be compared with a threshold."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def cosines(self, query: Vectors) -> npt.NDArray[np.float32]:
        """(rows of `query`, size) float32: the cosine of each query with every vector, in the order added."""
        distances, order = self._index.search(np.ascontiguousarray(query, np.float32), self.size)
        rows = np.empty_like(distances)
        np.put_along_axis(rows, order, distances, axis=1)
        result: npt.NDArray[np.float32] = rows
        return result

    def vectors(self) -> Vectors:
        """All vectors, (size, dimension) float32, in the order added."""
        return np.asarray(self._index.reconstruct_n(0, self.size), np.float32)

    def save(self, path: Path) -> None:
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Maps the file: processes that serve the same index share its pages."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
