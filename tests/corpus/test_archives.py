"""Archives of policies in the folder of a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.archives import archive_from, archive_of, packed
from corpus.errors import UnreadableTextError
from corpus.load import load_corpus, load_documents
from corpus.source import Source
from corpus.trial import Trial
from tests.corpus.readers.docx_files import a_docx, a_zip, p

POLICY = "云湖市办法\n一、甲。做好。\n"
INSIDE = {
    "政策/夜市.docx": a_docx(p("云湖市夜市办法"), p("一、摊位编号。")),
    "政策/早市.txt": POLICY,
    "政策/早市.toml": 'title = "早市办法"\n',
    "政策/孤.toml": 'title = "没有正文"\n',
    "政策/旧.doc": b"\xd0\xcf\x11\xe0",
    "政策/README.md": "读我",
    "政策/坏.docx": b"PK\x03\x04",
}


def test_an_archive_comes_through_the_wire_as_it_is() -> None:
    found = archive_from(Source("政策.zip", a_zip(INSIDE)))
    assert archive_of(packed(found)) == found
    with Trial() as trial:
        assert trial.unpack(Source("政策.zip", a_zip(INSIDE))) == found


def test_the_documents_of_an_archive_are_in_the_corpus_under_their_own_names(tmp_path: Path) -> None:
    (tmp_path / "政策.zip").write_bytes(a_zip(INSIDE))
    (tmp_path / "午市.txt").write_text(POLICY, encoding="utf-8")
    corpus = load_corpus(tmp_path)

    assert [(document.id, document.metadata.title) for document in corpus.documents] == [
        ("午市", "云湖市办法"), ("夜市", "云湖市夜市办法"), ("早市", "早市办法"),
    ]  # fmt: skip
    assert {one.name: one.is_expected for one in corpus.left_out} == {
        "政策.zip/政策/README.md": True,
        "政策.zip/政策/坏.docx": False,
        "政策.zip/政策/孤.toml": False,
        "政策.zip/政策/旧.doc": False,
    }
    assert all(f"{tmp_path}/政策.zip/政策/" in one.reason for one in corpus.left_out)


def test_of_one_name_the_folders_own_file_is_read_and_the_archives_named(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(a_zip({"早市.txt": "办法\n一、甲。\n"}))
    (tmp_path / "b.zip").write_bytes(a_zip({"早市.md": "办法\n一、乙。\n", "夜市.txt": POLICY}))
    (tmp_path / "c.zip").write_bytes(a_zip({"夜市.html": f"<pre>{POLICY}</pre>"}))
    assert load_corpus(tmp_path).documents[1].text == "办法\n一、甲。\n"

    (tmp_path / "早市.html").write_text("<p>办法</p><p>一、丙。</p>", encoding="utf-8")
    for kept in (None, tmp_path / "store", tmp_path / "store"):
        corpus = load_corpus(tmp_path, None, kept)
        assert [document.id for document in corpus.documents] == ["夜市", "早市"]
        assert corpus.documents[1].text == "办法\n一、丙。"
        assert [one.name for one in corpus.left_out] == ["a.zip/早市.txt", "b.zip/早市.md", "c.zip/夜市.html"]
        assert "早市.html is read, and a name is the id of one document" in corpus.left_out[0].reason


def test_an_archive_that_cant_be_opened_is_left_out_and_not_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.txt").write_text(POLICY, encoding="utf-8")
    first = load_corpus(tmp_path, None, tmp_path / "store")
    assert [one.name for one in first.left_out] == ["a.zip"]
    assert "a.zip: no readable archive" in first.left_out[0].reason

    monkeypatch.setattr(Trial, "unpack", lambda *_arguments: pytest.fail("opened again"))
    assert load_corpus(tmp_path, None, tmp_path / "store").left_out == first.left_out


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (
            "a.zip",
            a_zip({"甲.doc": b""}),
            r"a\.zip: no policy in it can be read\. .*files \.doc can't be read\. Open it in Word",
        ),
        ("a.zip", "一、甲。".encode(), r"a\.zip: is no \.zip file"),
        ("a.zip", b"", r"a\.zip: the file is empty"),
        ("a.zip", a_zip({"甲.txt": b"", "乙.md": b"\xff\xff"}), r"no policy in it can be read\. .*乙\.md, line 1"),
        ("b.txt", b"", r"b\.txt: the file holds no text"),
    ],
)
def test_a_file_without_a_document_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableTextError, match=reason):
        load_documents(tmp_path / name)


def test_metadata_that_is_too_long_leaves_its_text_out(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(a_zip({"甲.txt": POLICY, "甲.toml": "#" * 20_000, "乙.txt": POLICY}))
    documents, left_out = load_documents(tmp_path / "a.zip")
    assert [document.id for document in documents] == ["乙"]
    assert ["its metadata has more than 16,384 bytes" in one.reason for one in left_out] == [True]
