"""The retriever as LangChain's `BaseRetriever`, for chains built by others."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from rag.answer import PolicyQa


class PolicyRetriever(BaseRetriever):
    """Clauses as documents: the exact text as content; id, label, title and departments as metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    qa: PolicyQa
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002
        rows = []
        for found in self.qa.search(query, self.k):
            clause = found.clause
            metadata = {
                "clause_id": clause.clause_id,
                "clause_label": clause.label,
                "document_id": clause.document_id,
                "departments": [department.name for department in clause.departments],
                "score": found.score,
            }
            rows.append(Document(page_content=clause.text, metadata=metadata, id=clause.clause_id))
        return rows
