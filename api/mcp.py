"""The same functions as tools for language models (Model Context Protocol), on standard input and output."""

from __future__ import annotations

from typing import Any

from mcp.server import MCPServer

from api.limits import QUESTION, RESULTS
from api.tables import address_json, results_json, tasks_json
from corpus.address import find
from index.version import VERSION
from rag.errors import QuestionError, UnfinishedError
from rag.types import Filters
from rag.wire import as_json
from records.services import Services

_INSTRUCTIONS = (
    "Answers questions about Chinese government policy from the texts alone. Cite the clause_id of what you use, quote `text` "
    "or `quote` as printed, and say so when the answer's status is refused."
)


def mcp_server(services: Services) -> MCPServer:
    """Four tools; what can't be used comes back as `{"error": …}` that says what to do."""
    server = MCPServer("policyqa", instructions=_INSTRUCTIONS, version=VERSION, log_level="WARNING")

    @server.tool()
    def search_clauses(
        words: str, k: int = 10, jurisdiction: str | None = None, document_id: str | None = None
    ) -> dict[str, Any]:
        """Ranked clauses for some words, without an answer. `k`: 1 to 50. Places as printed, such as 虹口区."""
        if not words.strip() or not 1 <= k <= RESULTS:
            return {"error": f"words must not be blank and k between 1 and {RESULTS}."}
        try:
            found = services.qa.search(words[:QUESTION], k, Filters(jurisdiction, document_id))
        except QuestionError as error:
            return {"error": str(error)}
        return results_json(found)

    @server.tool()
    def get_clause(document_id: str, path: str) -> dict[str, Any]:
        """One clause exactly as printed, by its path such as 二/(二)/3 or 第十五条/第二款."""
        document = services.qa.corpus.document(document_id)
        if document is None:
            return {
                "error": f"no document {document_id!r}. There are: {', '.join(d.id for d in services.qa.corpus.documents)}."
            }
        address = find(document, path)
        if address is None:
            return {"error": f"{document_id} has no clause {path!r}. Search for it with search_clauses."}
        return address_json(address)

    @server.tool()
    def ask_policy(question: str, jurisdiction: str | None = None, document_id: str | None = None) -> dict[str, Any]:
        """The answer to a question, with the clauses and departments it rests on, or a refusal with its reason."""
        try:
            return as_json(
                services.answers.ask(question[:QUESTION], (), Filters(jurisdiction, document_id), None, "mcp")
            )
        except (QuestionError, UnfinishedError) as error:
            return {"error": str(error)}

    @server.tool()
    def department_tasks(name: str, jurisdiction: str | None = None) -> dict[str, Any]:
        """Every clause that gives a body a task, complete, with its role. Names as printed, such as 区科委."""
        found = tasks_json(services, name, jurisdiction)
        return found or {"error": f"no body {name!r} there. Ask ask_policy with the name as people say it."}

    return server
