"""The parse of each committed policy against an outline that was written by hand."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.script import simplify
from corpus.types import Corpus, Document

OUTLINES = Path(__file__).parent / "outlines"

# SHA-256 of each text as published.
PUBLISHED = {
    "changning-145": "01e8a3dece8c023e88c869b6314832f1aea6b6e149a8862b3a9b31e44882499b",
    "hongkou-2020": "e449954bc20cf5bc1cfb5f4ba6350c134c2f5169344c7bddc386acf0d3897a69",
    "jiading-2021": "e010daf4d88a9d15d97685836566c6eb9c6f0ccd7d36211606fc521f3ec963a0",
    "shanghai-2016": "aa85e206fbe3119606061f8deca5f6990f085472702fc6488585882b64c8f96b",
    "shanghai-2020": "3b1078c88351238ad40af58d02931e46ee4e607359b72126ae3f06521c6028af",
}
BRACKETS = {"changning-145": 0, "hongkou-2020": 23, "jiading-2021": 49, "shanghai-2016": 29, "shanghai-2020": 23}
PLACES = {
    "changning-145": "长宁区",
    "hongkou-2020": "虹口区",
    "jiading-2021": "嘉定区",
    "shanghai-2016": "上海市",
    "shanghai-2020": "上海市",
}

Named = tuple[str, str, str, bool]  # role, name, kind, open-ended


@dataclass(frozen=True)
class Row:
    """A line of an outline."""

    path: str
    is_heading: bool
    begins: str
    ends: str
    departments: tuple[Named, ...]


def outline_of(document_id: str) -> list[Row]:
    with (OUTLINES / f"{document_id}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Row(row["path"], row["kind"] == "heading", row["begins"], row["ends"], departments_in(row["departments"]))
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def departments_in(cell: str) -> tuple[Named, ...]:
    """`lead:区经委;responsible+:区科委,各街镇*`: `*` marks what is no department, `+` a list that goes on."""
    rows: list[Named] = []
    for group in filter(None, cell.split(";")):
        role, _, names = group.partition(":")
        for name in names.split(","):
            kind = "other" if name.endswith("*") else "department"
            rows.append((role.removesuffix("+"), name.removesuffix("*"), kind, role.endswith("+")))
    return tuple(rows)


@pytest.fixture(params=PUBLISHED)
def document(request: pytest.FixtureRequest, policies: Corpus) -> Document:
    found = policies.document(request.param)
    assert found is not None
    return found


def test_every_committed_policy_has_its_outline(policies: Corpus) -> None:
    ids = {document.id for document in policies.documents}

    assert ids == set(PUBLISHED)
    assert {path.stem for path in OUTLINES.glob("*.tsv")} == ids


def test_a_text_is_byte_for_byte_the_published_one(document: Document, folder: Path) -> None:
    data = (folder / f"{document.id}.txt").read_bytes()

    assert hashlib.sha256(data).hexdigest() == PUBLISHED[document.id]
    assert document.text.encode() == data


def test_the_paths_are_those_of_the_outline_in_order(document: Document) -> None:
    assert [node.path for node in document.nodes] == [row.path for row in outline_of(document.id)]


def test_headings_and_clauses_are_told_apart(document: Document) -> None:
    expected = {row.path: row.is_heading for row in outline_of(document.id)}

    assert {node.path: node.heading_only for node in document.nodes} == expected


def test_every_node_begins_and_ends_where_the_outline_says(document: Document) -> None:
    rows = outline_of(document.id)

    for node, row in zip(document.nodes, rows, strict=True):
        assert node.text.startswith(row.begins), row.path
        assert node.text.endswith(row.ends), row.path


def test_the_brackets_name_the_departments_of_the_outline(document: Document) -> None:
    expected = {row.path: row.departments for row in outline_of(document.id)}

    found = {
        node.path: tuple((d.role, d.name, d.kind, d.open_ended) for d in node.departments if d.source == "bracket")
        for node in document.nodes
    }

    assert found == expected


def test_every_bracket_is_read(document: Document) -> None:
    with_bracket = [node for node in document.nodes if any(d.source == "bracket" for d in node.departments)]

    assert len(with_bracket) == BRACKETS[document.id]


def test_twelve_clauses_of_jiading_have_a_lead_only(policies: Corpus) -> None:
    document = policies.document("jiading-2021")
    assert document is not None

    roles = [{d.role for d in node.departments if d.source == "bracket"} for node in document.nodes]

    assert roles.count({"lead"}) == 12


def test_the_spans_tile_the_file_byte_for_byte(document: Document, folder: Path) -> None:
    spans = [document.text[node.start : node.span_end].encode() for node in document.nodes]

    assert b"".join(spans) == (folder / f"{document.id}.txt").read_bytes()


def test_a_nodes_text_is_its_slice_without_the_white_space_after_it(document: Document) -> None:
    for node in document.nodes:
        assert node.text == document.text[node.start : node.end]
        assert document.text[node.end : node.span_end].strip() == ""
        assert node.text == node.text.rstrip()
        assert node.text


def test_a_nodes_line_is_the_one_it_is_printed_on(document: Document) -> None:
    for node in document.nodes:
        assert node.line == document.text.count("\n", 0, node.start) + 1, node.path


def test_a_nodes_digest_is_that_of_its_text(document: Document) -> None:
    for node in document.nodes:
        assert node.digest == hashlib.sha256(node.text.encode()).hexdigest()


def test_a_nodes_parent_is_the_path_without_its_last_step(document: Document) -> None:
    paths = {node.path for node in document.nodes}

    for node in document.nodes:
        above = node.path.rpartition("/")[0]
        assert node.parent == (above if above in paths else None), node.path


def test_a_label_adds_the_nodes_own_heading_to_its_parents_label(document: Document) -> None:
    for node in document.nodes:
        if node.parent:
            parent = document.node(node.parent)
            assert parent is not None
            assert node.label == f"{parent.label} > {node.heading}"
        assert node.label == simplify(node.label)


def test_every_body_belongs_to_the_place_of_its_document(document: Document) -> None:
    assert document.metadata.jurisdiction == PLACES[document.id]
    assert {d.jurisdiction for node in document.nodes for d in node.departments} <= {PLACES[document.id]}


def test_a_bodys_print_stands_in_its_clause_and_its_name_is_that_simplified(document: Document) -> None:
    for node in document.nodes:
        for department in node.departments:
            assert department.printed in node.text
            assert department.name == simplify(department.printed)


def test_the_numbering_of_a_committed_policy_gives_no_cause_for_notice(document: Document) -> None:
    assert document.notices == ()


def test_every_clause_of_the_corpus_has_an_id_of_its_own(policies: Corpus) -> None:
    ids = [node.clause_id for document in policies.documents for node in document.nodes]

    assert len(set(ids)) == len(ids) == 40 + 34 + 104 + 41 + 32


def test_a_clause_is_found_by_its_id_at_its_offsets(policies: Corpus) -> None:
    clause = policies.clause("hongkou-2020#二/(二)/3")

    assert clause is not None
    assert (clause.start, clause.end) == (1271, 1419)
    assert clause.label == "二、重点领域 > (二)大力发展在线服务 > 3.在线金融服务"


def test_the_label_of_an_annexs_clause_names_the_annex(policies: Corpus) -> None:
    clause = policies.clause("jiading-2021#附件4/二/(三)/8")

    assert clause is not None
    assert clause.label.startswith("附件4 嘉定区")
    assert clause.label.split(" > ")[1:3] == ["二、重点任务", "(三)积极打造智慧路网"]
