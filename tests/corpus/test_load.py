from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import CorpusError, UnreadableTextError
from corpus.load import load_corpus, load_document
from corpus.types import Corpus, EntryPoint

POLICY = "虹口区办法\n一、甲。做好。\n"


def a_folder(tmp_path: Path, **files: str) -> Path:
    """A folder with these files: `hongkou_txt` is hongkou.txt."""
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_documents_id_is_the_stem_of_its_file(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)

    document = load_document(tmp_path / "hongkou.txt")

    assert document.id == "hongkou"
    assert [node.clause_id for node in document.nodes] == ["hongkou#标题", "hongkou#一"]


def test_the_metadata_beside_a_text_is_taken(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY, hongkou_toml='title = "办法"\njurisdiction = "虹口区"\n')

    assert load_document(tmp_path / "hongkou.txt").metadata.title == "办法"


def test_without_metadata_the_text_speaks_for_itself(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)

    assert load_document(tmp_path / "hongkou.txt").metadata.title == "虹口区办法"


def test_the_policies_come_by_name_and_other_files_are_left(tmp_path: Path) -> None:
    a_folder(tmp_path, b_txt=POLICY, a_md=POLICY, c_html=f"<pre>{POLICY}</pre>", README_md="读我", notes_docx="")

    assert [document.id for document in load_corpus(tmp_path).documents] == ["a", "b", "c"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"policies: no such folder of policies\. Set POLICYQA_CORPUS"):
        load_corpus(tmp_path / "policies")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = a_folder(tmp_path, hongkou_txt=POLICY) / "hongkou.txt"

    with pytest.raises(CorpusError, match="no such folder"):
        load_corpus(path)


@pytest.mark.parametrize("name", ["README_md", "notes_docx"])
def test_a_folder_without_policies_says_what_to_put_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match=r"no policies here\. Put \.txt, \.md or \.html files in it"):
        load_corpus(a_folder(tmp_path, **{name: "甲"}))


def test_metadata_without_its_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTextError, match=r"jiading\.toml: its text is missing\. Put jiading\.txt beside it"):
        load_corpus(a_folder(tmp_path, hongkou_txt=POLICY, jiading_toml='title = "方案"\n'))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="two files are named hongkou"):
        load_corpus(a_folder(tmp_path, hongkou_txt=POLICY, hongkou_md=POLICY))


def test_an_unreadable_policy_is_named(tmp_path: Path) -> None:
    a_folder(tmp_path, hongkou_txt=POLICY)
    (tmp_path / "jiading.txt").write_bytes(b"\xff\xff\xff")

    with pytest.raises(UnreadableTextError, match=r"jiading\.txt, line 1: byte 0xff"):
        load_corpus(tmp_path)


def test_an_empty_policy_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTextError, match=r"jiading\.txt: the file holds no text"):
        load_corpus(a_folder(tmp_path, jiading_txt=""))


def test_entry_points_are_read_where_a_folder_of_them_is_given(tmp_path: Path) -> None:
    asked_as = tmp_path / "asked_as"
    asked_as.mkdir()
    a_folder(tmp_path, hongkou_txt=POLICY)
    a_folder(asked_as, hongkou_jsonl='{"clause_path": "一", "author": "written", "phrases": ["怎么办"]}\n')

    assert load_corpus(tmp_path).entry_points == ()
    assert load_corpus(tmp_path, asked_as).entry_points == (EntryPoint("hongkou#一", "怎么办", "written"),)


def test_the_committed_policies_load(policies: Corpus) -> None:
    assert [document.id for document in policies.documents] == [
        "changning-145",
        "hongkou-2020",
        "jiading-2021",
        "shanghai-2016",
        "shanghai-2020",
    ]
