"""`policyqa documents`, `show` and `parse`: the texts as the parser reads them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from corpus.load import load_corpus
from corpus.readers import read_text
from corpus.types import Document
from index.settings import ROOT
from tests.corpus.readers.docx_files import a_docx, a_zip, p
from tests.terminal import LAW, POLICY_IDS, PolicyQaCommand

CORPUS = load_corpus(ROOT / "corpus" / "policies")
NODE_FIELDS = {
    "clause_id", "clause_path", "clause_label", "heading_only", "text", "start", "end", "departments",
}  # fmt: skip
each_policy = pytest.mark.parametrize("document", CORPUS.documents, ids=lambda document: document.id)


def policy_file(document: Document) -> Path:
    return ROOT / "corpus" / "policies" / f"{document.id}.txt"


def test_documents_are_listed_by_name(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("documents")
    assert ended.status == 0
    assert [row.split()[0] for row in ended.out.splitlines()[::2]] == POLICY_IDS


def test_what_a_document_does_not_print_is_said_to_be_missing(policyqa: PolicyQaCommand) -> None:
    about = dict(zip(POLICY_IDS, policyqa("documents").out.splitlines()[1::2], strict=True))
    assert "印发机关、文号、日期未载明" in about["changning-145"]
    assert "虹口区人民政府，2020-04-30；" in about["hongkou-2020"]
    assert "沪府办发〔2020〕1号" in about["shanghai-2020"]


def test_documents_as_json_are_an_object_a_line(policyqa: PolicyQaCommand) -> None:
    rows = {row["document_id"]: row for row in policyqa("documents", "--json").objects}
    assert sorted(rows) == POLICY_IDS
    hongkou = rows["hongkou-2020"]
    assert (hongkou["issuer"], hongkou["issued_on"], hongkou["jurisdiction"]) == (
        "虹口区人民政府", "2020-04-30", "虹口区",
    )  # fmt: skip
    assert hongkou["document_number"] is None
    assert (hongkou["period"]["to"], hongkou["period"]["basis_from"]) == ("2022-12-31", "标题所引上位文件")
    assert rows["changning-145"]["issuer"] is None
    assert rows["shanghai-2016"]["document_title"] == "上海市推进“互联网+”行动实施意见"


@each_policy
def test_an_outline_has_every_node_in_order(document: Document, policyqa: PolicyQaCommand) -> None:
    ended = policyqa("show", document.id)
    assert (ended.status, ended.err) == (0, "")
    head, *rows = ended.out.splitlines()
    assert head.startswith(f"{document.id}  《")
    assert head.endswith(f"{len(document.clauses)} 条")
    nodes = [row for row in rows if not row.startswith("!")]
    assert [(row[0] == "·", row[2:].split("  ")[0]) for row in nodes] == [
        (node.heading_only, node.path) for node in document.nodes
    ]


@each_policy
def test_an_outline_shows_every_body_with_its_role(document: Document, policyqa: PolicyQaCommand) -> None:
    rows = [row for row in policyqa("show", document.id).out.splitlines()[1:] if not row.startswith("!")]
    for node, row in zip(document.nodes, rows, strict=True):
        assert ("〔" in row) == bool(node.departments)
        assert all(f":{department.name}" in row for department in node.departments)


@each_policy
def test_parse_and_show_print_the_same_outline(document: Document, policyqa: PolicyQaCommand) -> None:
    assert policyqa("parse", str(policy_file(document))).out == policyqa("show", document.id).out


@each_policy
def test_parsed_nodes_tile_the_text(document: Document, policyqa: PolicyQaCommand) -> None:
    text = read_text(policy_file(document))
    position = 0
    for node in policyqa("parse", str(policy_file(document)), "--json").objects:
        assert set(node) >= NODE_FIELDS
        assert text[position : node["start"]].strip() == ""
        assert node["text"] == text[node["start"] : node["end"]]
        assert node["text"].strip()
        position = node["end"]
    assert text[position:].strip() == ""


def test_parse_needs_no_index_and_writes_none(
    policyqa: PolicyQaCommand, small_texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("POLICYQA_CORPUS", str(tmp_path / "nowhere"))
    ended = policyqa("parse", str(small_texts / "law.txt"))
    assert ended.out.splitlines() == ["law  《示例条例》  3 条", "  标题", "  第一条", "  第二条"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + LAW.encode(),
        codecs.BOM_UTF16_LE + LAW.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LAW.encode("utf-16-be"),
        LAW.encode("gb18030"),
        LAW.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8 with a mark", "utf-16-le", "utf-16-be", "gb18030", "crlf"],
)
def test_files_of_other_encodings_parse_alike(data: bytes, policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    file = tmp_path / "law.txt"
    file.write_bytes(data)
    rows = policyqa("parse", str(file), "--json").objects
    assert [row["clause_path"] for row in rows] == ["标题", "第一条", "第二条"]
    assert rows[2]["text"].splitlines() == ["第二条 示例区应当:", "(一)建设平台;", "(二)开放数据。"]


def test_html_parses_to_its_words(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<script>x</script><p>第一条 甲。</p><p>第二条 乙。</p>", encoding="utf-8")
    rows = policyqa("parse", str(file), "--json").objects
    assert [row["text"] for row in rows] == ["第一条 甲。", "第二条 乙。"]


def test_bytes_that_are_no_text_are_named_with_line_and_offset(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    file = tmp_path / "broken.txt"
    file.write_bytes("第一条\n".encode() + b"ab\xff\xff")  # three characters of three bytes, a line end, two letters
    ended = policyqa("parse", str(file))
    assert (ended.status, ended.out) == (3, "")
    assert f"{file}, line 2: byte 0xff at offset 12" in ended.complaint


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere", "no/such/folder.md"])
def test_a_path_that_does_not_exist_is_said_not_to(name: str, policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    ended = policyqa("parse", str(tmp_path / name))
    assert (ended.status, ended.out) == (3, "")
    assert f"{name}: no such file" in ended.complaint


@pytest.mark.parametrize("content", [b"", b" \n\r\n\t", "　\n".encode(), codecs.BOM_UTF8])
def test_a_file_without_a_word_is_said_to_hold_none(content: bytes, policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(content)
    ended = policyqa("parse", str(tmp_path / "empty.txt"))
    assert (ended.status, ended.out) == (3, "")
    assert "empty.txt: the file holds no text" in ended.complaint


def test_a_kind_of_file_that_cant_be_read_is_named_with_those_that_can(
    policyqa: PolicyQaCommand, tmp_path: Path
) -> None:
    (tmp_path / "policy.xyz").write_text(LAW, encoding="utf-8")
    ended = policyqa("parse", str(tmp_path / "policy.xyz"))
    assert ended.status == 3
    assert ".xyz" in ended.complaint
    assert ".txt" in ended.complaint


def test_a_folder_is_no_file_to_parse(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    ended = policyqa("parse", str(tmp_path / "folder.txt"))
    assert ended.status == 3
    assert "is a folder, not a file of text" in ended.complaint


def test_a_clause_is_shown_between_its_neighbours(policyqa: PolicyQaCommand) -> None:
    ended = policyqa("show", "hongkou-2020", "二/(二)/3")
    document = CORPUS.document("hongkou-2020")
    assert document
    node = document.node("二/(二)/3")
    assert node
    position = document.nodes.index(node)
    assert ended.status == 0
    assert ended.out == (
        f"hongkou-2020#二/(二)/3\n{node.label}\n\n"
        f"  ↑ {document.nodes[position - 1].path}\n{node.text}\n  ↓ {document.nodes[position + 1].path}\n\n"
        "〔责任:区金融工作局 责任:区科委〕\n"
    )


@pytest.mark.parametrize("path", ["二/（二）/3", "二/(二)/3、", "/二/(二)/3/", "二、/(二)/3."])
def test_a_path_may_be_typed_as_it_is_printed(path: str, policyqa: PolicyQaCommand) -> None:
    assert policyqa("show", "hongkou-2020", path, "--json").objects[0]["clause_id"] == "hongkou-2020#二/(二)/3"


def test_a_clause_as_json_is_one_node(policyqa: PolicyQaCommand) -> None:
    (row,) = policyqa("show", "hongkou-2020", "二/(二)/3", "--json").objects
    assert set(row) >= NODE_FIELDS
    assert (row["sub_path"], row["quote"]) == (None, row["text"])
    assert [d["name"] for d in row["departments"]] == ["区金融工作局", "区科委"]


def test_a_document_as_json_is_its_nodes(policyqa: PolicyQaCommand) -> None:
    document = CORPUS.document("shanghai-2020")
    assert document
    rows = policyqa("show", "shanghai-2020", "--json").objects
    assert [row["clause_id"] for row in rows] == [node.clause_id for node in document.nodes]


@pytest.mark.parametrize(
    ("path", "sub_path", "quote"),
    [
        ("第一条", None, "第一条 为了发展,制定本条例。\n本条例适用于示例区。"),
        ("第一条/第一款", "第一款", "第一条 为了发展,制定本条例。"),
        ("第一条/第二款", "第二款", "本条例适用于示例区。"),
        ("第二条/(二)", "(二)", "(二)开放数据。"),
        ("第二条/第一款/(一)", "第一款/(一)", "(一)建设平台;"),
    ],
)
def test_a_paragraph_of_an_article_is_shown(
    path: str, sub_path: str | None, quote: str, small: PolicyQaCommand
) -> None:
    (row,) = small("show", "law", path, "--json").objects
    assert (row["sub_path"], row["quote"]) == (sub_path, quote)
    assert row["clause_path"] == path.split("/")[0]
    assert quote in small("show", "law", path).out


def test_an_unknown_document_is_named_with_those_there_are(small: PolicyQaCommand) -> None:
    ended = small("show", "laws")
    assert (ended.status, ended.out) == (1, "")
    assert "'laws'" in ended.complaint
    assert "demo-2020, law, other-2021" in ended.complaint


@pytest.mark.parametrize(
    "path", ["第九条", "第一条/第三款", "第二条/(三)", "第一条/第零款", "", "/", "第一条/x", "\udcff"]
)
def test_an_unknown_path_is_named_with_the_command_that_lists_them(path: str, small: PolicyQaCommand) -> None:
    ended = small("show", "law", path)
    assert (ended.status, ended.out) == (1, "")
    assert repr(path) in ended.complaint
    assert "policyqa show law" in ended.complaint


def test_a_jump_in_the_numbering_is_printed_with_its_line(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    file = tmp_path / "jumpy.txt"
    file.write_text("一、甲。\n二、乙。\n四、丁。\n", encoding="utf-8")
    ended = policyqa("parse", str(file))
    assert ended.status == 0
    (notice,) = [row for row in ended.out.splitlines() if row.startswith("!")]
    assert "line 3" in notice


def test_a_heading_without_words_is_marked_and_shown(policyqa: PolicyQaCommand) -> None:
    assert "· 二/(一)  (一)" in policyqa("show", "hongkou-2020").out
    assert policyqa("show", "hongkou-2020", "二/(一)", "--json").objects[0]["heading_only"] is True


def test_what_a_text_says_of_itself_stands_before_its_nodes(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    file = tmp_path / "any.txt"
    file.write_text(
        "云湖市商务局 云湖市财政局关于印发《云湖市夜市办法》的通知\n青商发〔2022〕3号\n各区商务局：\n现印发给你们。\n"
        "云湖市商务局\n云湖市财政局\n2022年4月1日\n云湖市夜市办法\n第一条 甲。\n第三条 自2022年5月1日起施行。\n",
        encoding="utf-8",
    )

    about, *nodes = policyqa("parse", str(file), "--metadata", "--json").objects

    assert about == {
        "title": "云湖市商务局 云湖市财政局关于印发《云湖市夜市办法》的通知",
        "inner_title": "云湖市夜市办法",
        "issuer": "云湖市商务局 云湖市财政局",
        "issuers": ["云湖市商务局", "云湖市财政局"],
        "document_number": "青商发〔2022〕3号",
        "issued_on": "2022-04-01",
        "effective_from": "2022-05-01",
        "effective_to": None,
        "validity_basis": about["validity_basis"],
        "repealed": False,
        "repealed_on": None,
        "jurisdiction": None,
        "warnings": ["line 10: numbering jumps from 第一条 to 第三条"],
    }
    assert "2022年5月1日起施行" in about["validity_basis"]
    assert [node["clause_path"] for node in nodes] == ["标题", "第一条", "第三条"]
    assert policyqa("parse", str(file), "--metadata").out.startswith('{"title": ')


def test_a_page_that_says_that_it_is_repealed_is_parsed_as_such(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    file = tmp_path / "云湖.txt"
    file.write_text("云湖市夜市办法\n文件状态：已废止\n废止日期：2024-05-01\n第一条 甲。\n", encoding="utf-8")
    about, *_ = policyqa("parse", str(file), "--metadata", "--json").objects
    assert (about["repealed"], about["repealed_on"]) == (True, "2024-05-01")


def test_a_listed_document_says_of_itself_what_parse_says(policyqa: PolicyQaCommand) -> None:
    row = policyqa("documents", "--json").objects[0]
    assert {"title", "inner_title", "issuers", "effective_from", "effective_to", "validity_basis", "warnings"} <= set(
        row
    )


def test_a_word_file_is_parsed_as_its_text_is(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "办法.docx").write_bytes(a_docx(p("云湖市夜市办法"), p("一、摊位编号。")))
    (tmp_path / "办法.txt").write_text("云湖市夜市办法\n一、摊位编号。\n", encoding="utf-8")
    assert policyqa("parse", str(tmp_path / "办法.docx")).out == policyqa("parse", str(tmp_path / "办法.txt")).out


def test_an_archive_is_parsed_file_by_file_and_what_is_left_out_is_named(
    policyqa: PolicyQaCommand, tmp_path: Path
) -> None:
    files = {"甲.docx": a_docx(p("甲办法"), p("一、做好。")), "乙.txt": "乙办法\n一、做好。\n", "丙.doc": b""}
    (tmp_path / "政策.zip").write_bytes(a_zip(files))
    ended = policyqa("parse", str(tmp_path / "政策.zip"))
    assert ended.status == 0
    assert [line for line in ended.out.splitlines() if line.endswith("条")] == [
        "乙  《乙办法》  2 条",
        "甲  《甲办法》  2 条",
    ]
    assert "left out: " in ended.err
    assert "丙.doc: files .doc can't be read. Open it in Word or WPS and save it as .docx." in ended.err
    rows = policyqa("parse", str(tmp_path / "政策.zip"), "--json").objects
    assert [row["clause_id"] for row in rows] == ["乙#标题", "乙#一", "甲#标题", "甲#一"]


def test_an_archive_without_a_policy_is_an_error_that_says_why(policyqa: PolicyQaCommand, tmp_path: Path) -> None:
    (tmp_path / "政策.zip").write_bytes(a_zip({"丙.doc": b""}))
    ended = policyqa("parse", str(tmp_path / "政策.zip"))
    assert (ended.status, ended.out) == (3, "")
    assert "no policy in it can be read" in ended.complaint
