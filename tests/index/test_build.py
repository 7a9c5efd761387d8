"""Building: only what changed is embedded, and a build that fails leaves the old index as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.load import load_corpus
from corpus.types import Corpus, LeftOut
from index.build import build_index, settings_digest, units_of
from index.embedder import Vectors
from index.errors import IndexStoreError, StaleIndexError
from index.layout import clause_units, digest_of, sentence_units
from index.search import open_index
from index.settings import ROOT, IndexSettings
from index.store import LOCK, MANIFEST, check_files, read_manifest
from tests.builders import POLICY, CharacterEmbedder, a_corpus, a_document


class FullDisk(CharacterEmbedder):
    """Embeds the clauses, then finds no space left."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.passages:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().embed_passages(texts)


class Interrupted(CharacterEmbedder):
    """Somebody pressed Ctrl-C."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        raise KeyboardInterrupt(texts[0])


class Onlooker(CharacterEmbedder):
    """Sees what the manifest says while vectors are being made."""

    def __init__(self, store: Path) -> None:
        super().__init__()
        self._manifest = store / MANIFEST
        self.seen: list[str | None] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.seen.append(self._manifest.read_text(encoding="utf-8") if self._manifest.exists() else None)
        return super().embed_passages(texts)


def data_folders(store: Path) -> list[str]:
    return sorted(path.name for path in store.glob("data-*"))


def words_of(store: Path, corpus: Corpus) -> IndexSettings:
    """Builds a words-only index; the settings that open it."""
    build_index(corpus, None, store, "none")
    return IndexSettings(store=store, embedder="none")


def test_the_manifest_says_what_the_index_was_built_from(tmp_path: Path) -> None:
    corpus, embedder = a_corpus(), CharacterEmbedder(dimension=64)
    manifest = build_index(corpus, embedder, tmp_path, "e5-small")
    assert manifest == read_manifest(tmp_path)
    assert (manifest.embedder, manifest.dimension) == ("characters", 64)
    assert manifest.corpus == corpus.digest
    assert manifest.units == digest_of(clause_units(corpus) + sentence_units(corpus))
    assert manifest.settings == settings_digest("e5-small")
    # three clauses, each with its heading and one sentence
    assert manifest.counts == {"documents": 1, "clauses": 3, "sentences": 6, "entries": 0, "embedded": 9}


def test_every_file_of_the_index_is_in_the_manifest(tmp_path: Path) -> None:
    manifest = build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small")
    folder = check_files(tmp_path, manifest)
    assert data_folders(tmp_path) == [folder.name]
    assert {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()} == set(manifest.files)
    assert {"clauses.faiss", "sentences.faiss"} < set(manifest.files)


def test_the_manifest_is_written_after_everything_else(tmp_path: Path) -> None:
    first = Onlooker(tmp_path)
    build_index(a_corpus(), first, tmp_path, "e5-small")
    assert first.seen == [None, None]
    written = (tmp_path / MANIFEST).read_text(encoding="utf-8")
    second = Onlooker(tmp_path)
    build_index(a_corpus(a_document("一、在线旅游。建设云上景区。\n")), second, tmp_path, "e5-small")
    assert second.seen == [written, written]
    assert (tmp_path / MANIFEST).read_text(encoding="utf-8") != written


def test_clauses_and_sentences_are_embedded_with_title_and_headings(tmp_path: Path) -> None:
    embedder = CharacterEmbedder()
    build_index(a_corpus(), embedder, tmp_path, "e5-small")
    units = clause_units(a_corpus()) + sentence_units(a_corpus())
    assert embedder.passages == [unit.search_text for unit in units]


def test_an_unchanged_corpus_is_not_embedded_again(tmp_path: Path) -> None:
    build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small")
    again = CharacterEmbedder()
    manifest = build_index(a_corpus(), again, tmp_path, "e5-small")
    assert again.passages == []
    assert manifest.counts["embedded"] == 0
    assert manifest.counts["clauses"] == 3


def test_a_changed_clause_is_embedded_alone(tmp_path: Path) -> None:
    build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small")
    again = CharacterEmbedder()
    changed = a_corpus(a_document(POLICY.replace("建设互联网医院", "建设智慧医院")))
    manifest = build_index(changed, again, tmp_path, "e5-small")
    front = "示例区在线新经济行动方案 二、在线医疗\n"
    assert again.passages == [
        front + "二、在线医疗。建设智慧医院。(责任部门:区卫生健康委)",
        front + "建设智慧医院。",
    ]
    assert manifest.counts["embedded"] == 2


def test_vectors_that_were_taken_over_belong_to_their_own_texts(tmp_path: Path) -> None:
    reversed_policy = "\n".join(
        f"{number}{line[1:]}" for number, line in zip("一二三", reversed(POLICY.splitlines()), strict=True)
    )
    build_index(a_corpus(), CharacterEmbedder(), tmp_path / "updated", "e5-small")
    other = a_corpus(a_document(reversed_policy), a_document(document_id="demo-2021"))
    updated = build_index(other, CharacterEmbedder(), tmp_path / "updated", "e5-small")
    fresh = build_index(other, CharacterEmbedder(), tmp_path / "fresh", "e5-small")
    assert updated.counts["embedded"] < fresh.counts["embedded"]
    assert updated.files == fresh.files


def test_another_model_embeds_everything_anew(tmp_path: Path) -> None:
    build_index(a_corpus(), CharacterEmbedder(name="characters"), tmp_path, "e5-small")
    other = CharacterEmbedder(name="other characters")
    build_index(a_corpus(), other, tmp_path, "e5-small")
    assert len(other.passages) == 9


def test_vectors_of_another_size_are_not_taken_over(tmp_path: Path) -> None:
    build_index(a_corpus(), CharacterEmbedder(dimension=32), tmp_path, "e5-small")
    other = CharacterEmbedder(dimension=64)
    manifest = build_index(a_corpus(), other, tmp_path, "e5-small")
    assert len(other.passages) == 9
    assert manifest.dimension == 64


@pytest.mark.parametrize("name", ["clauses.faiss", "sentences.keys", "../manifest.json"])
def test_a_damaged_index_is_built_anew(name: str, tmp_path: Path) -> None:
    before = build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small")
    (tmp_path / before.folder / name).write_text("damaged", encoding="utf-8")
    again = CharacterEmbedder()
    after = build_index(a_corpus(), again, tmp_path, "e5-small")
    assert len(again.passages) == 9
    assert after.files == before.files
    assert data_folders(tmp_path) == [after.folder]


def test_without_an_embedder_the_index_is_of_words_only(tmp_path: Path) -> None:
    settings = words_of(tmp_path, a_corpus())
    manifest = read_manifest(tmp_path)
    assert (manifest.embedder, manifest.dimension) == ("none", 0)
    assert manifest.counts["embedded"] == 0
    assert not [name for name in manifest.files if name.endswith((".faiss", ".keys"))]
    (best,) = open_index(a_corpus(), settings).search("空中课堂", k=1)
    assert (best.clause.path, best.cosine) == ("一", None)


def test_a_model_can_be_added_to_a_words_only_index(tmp_path: Path) -> None:
    build_index(a_corpus(), None, tmp_path, "none")
    embedder = CharacterEmbedder()
    manifest = build_index(a_corpus(), embedder, tmp_path, "e5-small")
    assert len(embedder.passages) == 9
    assert "clauses.faiss" in manifest.files


def test_a_text_that_occurs_twice_is_found_twice(tmp_path: Path) -> None:
    corpus = a_corpus(a_document(document_id="demo-2020"), a_document(document_id="demo-2021"))
    manifest = build_index(corpus, CharacterEmbedder(), tmp_path, "e5-small")
    assert (manifest.counts["clauses"], manifest.counts["sentences"]) == (6, 12)


def test_more_texts_than_one_batch_keep_their_order(tmp_path: Path) -> None:
    lines = [f"第{number}条 {chr(0x4E00 + 200 + i)}字条款。" for i, number in enumerate(_numerals(70))]
    corpus = a_corpus(a_document("\n".join(lines)))
    embedder = CharacterEmbedder()
    manifest = build_index(corpus, embedder, tmp_path, "e5-small")
    units = clause_units(corpus) + sentence_units(corpus)
    assert manifest.counts["clauses"] == 70
    assert embedder.passages == [unit.search_text for unit in units]


def _numerals(count: int) -> list[str]:
    digits = "零一二三四五六七八九"
    tens = ["", "十", *(f"{digits[n]}十" for n in range(2, 10))]
    return [tens[n // 10] + (digits[n % 10] if n % 10 else "") for n in range(1, count + 1)]


def test_progress_counts_up_to_all_texts(tmp_path: Path) -> None:
    reports: list[tuple[str, int, int]] = []
    build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small", lambda *report: reports.append(report))
    assert {(stage, total) for stage, _, total in reports} == {("embedding", 9)}
    assert [done for _, done, _ in reports] == [3, 3, 9, 9]  # after each batch and each group


def test_a_disk_that_fills_up_leaves_the_old_index_usable(tmp_path: Path) -> None:
    settings = words_of(tmp_path, a_corpus())
    folders = data_folders(tmp_path)
    changed = a_corpus(a_document("一、在线旅游。建设云上景区。\n"))
    with pytest.raises(IndexStoreError, match=os.strerror(errno.ENOSPC)) as caught:
        build_index(changed, FullDisk(), tmp_path, "e5-small")
    message = str(caught.value)
    assert str(tmp_path) in message
    assert message.endswith("policyqa index")
    assert "\n" not in message
    assert data_folders(tmp_path) == folders
    (best,) = open_index(a_corpus(), settings).search("空中课堂", k=1)
    assert best.clause.path == "一"


def test_a_disk_that_fills_up_at_the_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(IndexStoreError):
        build_index(a_corpus(), FullDisk(), tmp_path, "e5-small")
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_an_interruption_stays_one_and_leaves_the_old_index(tmp_path: Path) -> None:
    settings = words_of(tmp_path, a_corpus())
    folders = data_folders(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        build_index(a_corpus(), Interrupted(), tmp_path, "e5-small")
    assert data_folders(tmp_path) == folders
    assert open_index(a_corpus(), settings).search("空中课堂", k=1)


def test_a_store_that_is_a_file_says_what_to_do(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.write_text("no folder", encoding="utf-8")
    with pytest.raises(IndexStoreError, match="POLICYQA_STORE"):
        build_index(a_corpus(), CharacterEmbedder(), store, "e5-small")
    assert store.read_text(encoding="utf-8") == "no folder"


def test_a_manifest_that_cannot_be_written_leaves_the_old_index_usable(tmp_path: Path) -> None:
    settings = words_of(tmp_path, a_corpus())
    folders = data_folders(tmp_path)
    (tmp_path / f".{MANIFEST}.new").mkdir()  # stands in the new manifest's way
    with pytest.raises(IndexStoreError, match="policyqa index"):
        build_index(a_corpus(), CharacterEmbedder(), tmp_path, "none")
    assert data_folders(tmp_path) == folders
    assert open_index(a_corpus(), settings).search("空中课堂", k=1)


def test_a_manifest_that_cannot_be_replaced_leaves_no_data_behind(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(IndexStoreError, match="policyqa index"):
        build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small")
    assert data_folders(tmp_path) == []


def test_a_policy_that_is_nothing_but_a_department_bracket_can_be_indexed(tmp_path: Path) -> None:
    corpus = a_corpus(a_document("(责任部门:区教育局)\n"))
    manifest = build_index(corpus, CharacterEmbedder(), tmp_path, "e5-small")
    assert (manifest.counts["clauses"], manifest.counts["sentences"]) == (1, 0)
    (best,) = open_index(corpus, words_of(tmp_path, corpus)).search("区教育局", k=1)
    assert (best.clause.text, best.sentences) == ("(责任部门:区教育局)", ())


def test_entry_points_are_embedded_as_they_are_and_taken_over(tmp_path: Path) -> None:
    asked_as = {"孩子在家怎么上课": "demo-2020#一"}
    first, again = CharacterEmbedder(), CharacterEmbedder()
    manifest = build_index(a_corpus(asked_as=asked_as), first, tmp_path, "e5-small")
    assert first.passages[9:] == ["孩子在家怎么上课"]
    assert manifest.counts == {"documents": 1, "clauses": 3, "sentences": 6, "entries": 1, "embedded": 10}
    build_index(a_corpus(asked_as={**asked_as, "看病不出门": "demo-2020#二"}), again, tmp_path, "e5-small")
    assert again.passages == ["看病不出门"]


def test_an_entry_point_to_nowhere_is_not_indexed(tmp_path: Path) -> None:
    manifest = build_index(a_corpus(asked_as={"去哪里": "gone-2020#一"}), CharacterEmbedder(), tmp_path, "e5-small")
    assert manifest.counts["entries"] == 0
    assert not [name for name in manifest.files if name.startswith("entries")]


def test_what_is_searched_stands_in_groups_and_empty_groups_are_left_out() -> None:
    assert list(units_of(a_corpus())) == ["clauses", "sentences"]
    assert list(units_of(a_corpus(asked_as={"上课": "demo-2020#一"}))) == ["clauses", "sentences", "entries"]


def test_two_models_have_two_settings_digests() -> None:
    assert settings_digest("e5-small") != settings_digest("none")
    assert settings_digest("e5-small") == settings_digest("e5-small")


def test_the_committed_policies_are_indexed_and_then_taken_over(tmp_path: Path) -> None:
    corpus = load_corpus(ROOT / "corpus" / "policies")
    first = build_index(corpus, CharacterEmbedder(dimension=128), tmp_path, "e5-small")
    assert first.counts["documents"] == 5
    assert first.counts["clauses"] == len(corpus.clauses)
    assert first.counts["embedded"] == first.counts["clauses"] + first.counts["sentences"]
    again = CharacterEmbedder(dimension=128)
    second = build_index(corpus, again, tmp_path, "e5-small")
    assert again.passages == []
    assert second.files == first.files


BUILDER = """
import sys, time
from pathlib import Path
from index.build import build_index
from tests.builders import CharacterEmbedder, a_corpus, a_document

class Slow(CharacterEmbedder):
    def embed_passages(self, texts):
        time.sleep(0.5)
        return super().embed_passages(texts)

print("ready", flush=True)
sys.stdin.readline()
corpus = a_corpus(a_document("一、甲。" + sys.argv[2] + "\\n"))
print(build_index(corpus, Slow(), Path(sys.argv[1]), "e5-small").folder)
"""


def folders_of_two_builds(store: Path, *words: str) -> list[str]:
    """The data folders of builds that two processes begin at the same time."""
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(store), each],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True,
        )
        for each in words
    ]  # fmt: skip
    for builder in builders:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "ready\n"
    for builder in builders:
        assert builder.stdin is not None
        builder.stdin.write("\n")
        builder.stdin.flush()
    folders = [builder.communicate(timeout=60)[0].strip() for builder in builders]
    assert [builder.returncode for builder in builders] == [0, 0]
    return folders


def test_two_builds_of_other_texts_at_once_leave_one_whole_index(tmp_path: Path) -> None:
    folders = folders_of_two_builds(tmp_path, "办好。", "做好。")
    manifest = read_manifest(tmp_path)
    assert data_folders(tmp_path) == [check_files(tmp_path, manifest).name]
    assert manifest.folder in folders
    assert len(set(folders)) == 2


def test_of_two_builds_of_the_same_texts_at_once_one_is_done(tmp_path: Path) -> None:
    folders = folders_of_two_builds(tmp_path, "办好。", "办好。")
    manifest = read_manifest(tmp_path)
    assert data_folders(tmp_path) == [check_files(tmp_path, manifest).name]
    assert set(folders) == {manifest.folder}


def test_the_lock_of_builds_is_for_this_user_alone(tmp_path: Path) -> None:
    build_index(a_corpus(), None, tmp_path, "none")
    assert (tmp_path / LOCK).stat().st_mode & 0o777 == 0o600


def test_texts_that_became_unreadable_are_named_where_the_index_doesnt_fit(tmp_path: Path) -> None:
    settings = words_of(tmp_path, a_corpus(a_document(document_id="west-2020"), a_document()))
    left = LeftOut("west-2020.txt", "texts/west-2020.txt: Permission denied. Check the file")
    beside = LeftOut("notes.docx", "texts/notes.docx: files .docx can't be read yet", is_expected=True)
    with pytest.raises(StaleIndexError, match=r"other texts.*west-2020\.txt: Permission denied") as caught:
        open_index(replace(a_corpus(a_document()), left_out=(beside, left)), settings)
    assert "notes.docx" not in str(caught.value)
