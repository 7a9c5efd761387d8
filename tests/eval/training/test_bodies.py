"""The labels that the bodies network is fitted on, and how they become marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.training.bodies.labels import Label, LabelledBody, read_labels
from eval.training.bodies.marks import NO_ROLE, marked
from eval.training.bodies.score import score
from eval.training.bodies.texts import NO_LICENCE, LabelledClause, documents_in, labelled, unlabelled
from tests.builders import POLICY


def a_clause(text: str, *names: str) -> LabelledClause:
    bodies = tuple(LabelledBody(name, "responsible", "sentence") for name in names)
    return LabelledClause(text, Label("demo.txt", "一", "", bodies, "train"))


def test_no_document_is_both_fitted_on_and_measured_on() -> None:
    labels = read_labels()
    train, test = ({label.document for label in labels if label.split == split} for split in ("train", "test"))
    assert train.isdisjoint(test)
    assert (len(labels), len(train), len(test)) == (7293, 730, 59)


def test_nothing_without_a_licence_is_fitted_on() -> None:
    assert not [label for label in read_labels() if label.split == "train" and label.document.startswith(NO_LICENCE)]


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text('{"document": "a"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: not a label"):
        read_labels(tmp_path / "labels.jsonl")


def test_clauses_are_found_again_by_document_and_digest(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    for name in ("demo.txt", "ncp-demo.txt"):
        (tmp_path / "policies" / name).write_text(POLICY, encoding="utf-8")
    documents = list(documents_in(tmp_path, {"demo.txt", "ncp-demo.txt"}))
    clause = documents[0][1].clauses[0]
    label = Label("demo.txt", clause.path, clause.digest, (), "train")
    assert [found.text for found in labelled(documents, [label])] == [clause.text]
    assert labelled(documents, [Label("other.txt", clause.path, clause.digest, (), "train")]) == ()
    body = LabelledBody(clause.text[:4], "responsible", "sentence")
    moved = Label("demo.txt", clause.path, "0" * 64, (body,), "train")
    assert [found.text for found in labelled(documents, [moved])] == [clause.text]
    assert labelled(documents, [replace(moved, bodies=(replace(body, printed="别处的局"),))]) == ()
    assert labelled(documents, [replace(moved, bodies=())]) == ()
    assert len(unlabelled(documents, [label])) == 3  # of demo.txt; the other states no licence
    assert unlabelled(documents, [Label("demo.txt", clause.path, clause.digest, (), "test")]) == ()


def test_a_name_that_stands_once_is_marked_where_it_stands() -> None:
    row = marked(a_clause("由市科委办理", "市科委"), "由市科委办理")
    assert row.tags.argmax(axis=1).tolist() == [0, 1, 2, 2, 0, 0]
    assert row.roles.tolist() == [NO_ROLE, 1, 1, 1, NO_ROLE, NO_ROLE]


def test_a_name_that_stands_twice_weighs_nothing_until_a_teacher_has_chosen() -> None:
    clause = a_clause("科委报科委", "科委")
    assert marked(clause, clause.text).weights.tolist() == [0, 0, 1, 0, 0]
    tags = np.array([[0.1, 0.9, 0], [0.1, 0, 0.9], [1, 0, 0], [0.9, 0.1, 0], [0.9, 0, 0.1]], np.float32)
    chosen = marked(clause, clause.text, tags)
    assert chosen.tags.argmax(axis=1).tolist() == [1, 2, 0, 0, 0]
    assert chosen.weights.tolist() == [1, 1, 1, 1, 1]


def test_scores_have_their_n() -> None:
    clauses = [a_clause("甲局、乙局", "甲局", "乙局"), a_clause("无")]
    found = score(clauses, lambda text: ["甲局"] if "甲局" in text else [])
    assert found == {"exact": (0.5, 2), "none": (1, 1), "precision": (1, 1), "recall": (0.5, 1), "sentence": (0, 1)}
