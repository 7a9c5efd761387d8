"""`policyqa documents`, `show` and `parse`: the texts as the parser reads them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from commands.environment import open_corpus, settings_from
from commands.exits import NOTHING, OK, CommandError
from commands.output import as_line, complain
from corpus.address import Address, find
from corpus.archives import ARCHIVES
from corpus.departments import bodies_at
from corpus.load import load_documents
from corpus.readers import READERS
from corpus.script import simplify
from corpus.types import Department, Document, Node
from rag.document_json import document_json, metadata_json
from rag.messages import ROLES, on_page
from rag.wire import node_json

_FROM = {"text": "（正文）", "table": "（表）", "inherited": "（上级标题）"}


def configure_documents(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one object a line")


def configure_show(parser: ArgumentParser) -> None:
    parser.add_argument("document", help="a document's id (see: policyqa documents)")
    parser.add_argument("path", nargs="?", help="a clause's path, such as 二/(二)/3 or 第十五条/第二款")
    parser.add_argument("--json", action="store_true", help="print one object a line")


def configure_parse(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=f"a file: {', '.join((*READERS, *ARCHIVES))}")
    parser.add_argument("--json", action="store_true", help="print one node a line")
    parser.add_argument(
        "--metadata", action="store_true", help="print first, as one object, what the text says of itself"
    )


def run_documents(options: Namespace) -> int:
    for document in open_corpus(settings_from()).documents:
        if options.json:
            print(as_line({**metadata_json(document), **document_json(document)}))
        else:
            metadata = document.metadata
            about = (metadata.issuer, metadata.document_number, metadata.issued_on)
            printed = "，".join(str(words) for words in about if words) or "印发机关、文号、日期未载明"
            print(f"{document.id}  《{simplify(metadata.title)}》\n    {printed}；{len(document.clauses)} 条")
    return OK


def run_show(options: Namespace) -> int:
    corpus = open_corpus(settings_from())
    document = corpus.document(options.document)
    if document is None:
        known = ", ".join(d.id for d in corpus.documents)
        raise CommandError(f"no document {options.document!r}. There are: {known}.", NOTHING)
    if options.path is None:
        _print_outline(document, options.json)
        return OK
    address = find(document, options.path)
    if address is None:
        raise CommandError(
            f"{document.id} has no {options.path!r}. See its outline: policyqa show {document.id}", NOTHING
        )
    if options.json:
        node = replace(address.node, departments=bodies_at(document, address))
        print(as_line({**node_json(node), "sub_path": address.sub_path, "quote": address.text}))
    else:
        _print_clause(document, address)
    return OK


def run_parse(options: Namespace) -> int:
    documents, left_out = load_documents(options.file)
    for one in left_out:
        complain(f"left out: {one.reason}")
    for document in documents:
        if options.metadata:
            print(as_line(metadata_json(document)))
        _print_outline(document, options.json)
    return OK


def _print_outline(document: Document, as_json: bool) -> None:
    if as_json:
        for node in document.nodes:
            print(as_line(node_json(node)))
        return
    print(f"{document.id}  《{simplify(document.metadata.title)}》  {len(document.clauses)} 条")
    for node in document.nodes:
        mark = " " if not node.heading_only else "·"
        print(f"{mark} {node.path}{'  ' + _title(node) if _title(node) else ''}{_bracket(node.departments)}")
    for notice in document.notices:
        print(f"! line {notice.line}: {notice.message}")


def _title(node: Node) -> str:
    """The heading where it says more than the path does."""
    return node.heading if node.heading != node.path.split("/")[-1] else ""


def _bracket(departments: tuple[Department, ...]) -> str:
    if not departments:
        return ""
    names = (f"{ROLES[d.role]}:{d.name}{_FROM.get(d.source, '')}" for d in departments)
    return "  〔" + " ".join(names) + "〕"


def _print_clause(document: Document, address: Address) -> None:
    node = address.node
    index = document.nodes.index(node)
    page = on_page(document.page_at(node.start + address.start))
    print(f"{node.clause_id}\n{node.label}{f'  {page}' if page else ''}\n")
    if index:
        print(f"  ↑ {document.nodes[index - 1].path}")
    print(address.text)
    if index + 1 < len(document.nodes):
        print(f"  ↓ {document.nodes[index + 1].path}")
    if departments := bodies_at(document, address):
        print(f"\n{_bracket(departments).strip()}")
