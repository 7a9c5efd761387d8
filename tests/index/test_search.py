"""Ranked clauses: words and meaning fused, bonuses added, what is not wanted left out."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from corpus.load import load_corpus
from corpus.types import Corpus, Document, Node
from index.build import build_index
from index.embedder import PLAIN, folder_name
from index.errors import DamagedIndexError, MissingIndexError, StaleIndexError
from index.fusion import WEIGHTS
from index.search import everywhere, open_index
from index.settings import ROOT, IndexSettings
from index.store import FORMAT, MANIFEST, read_manifest
from index.types import RetrievedClause
from tests.builders import POLICY, CharacterEmbedder, a_corpus, a_document, an_index

CORPUS = load_corpus(ROOT / "corpus" / "policies")
COMMITTED = an_index(CORPUS)
EAST = a_document(document_id="east-2020", title="东区方案", jurisdiction="东区")
WEST = a_document(document_id="west-2020", title="西区方案", jurisdiction="西区")


def paths(found: tuple[RetrievedClause, ...]) -> list[str]:
    return [row.clause.path for row in found]


def in_the_west(clause: Node) -> float | None:
    return 0.0 if clause.document_id == "west-2020" else None


WORD_SIGNALS = ("clause_words", "sentence_words", "sentence_sound")


def test_the_clause_with_the_questions_words_comes_first() -> None:
    assert paths(an_index(a_corpus()).search("空中课堂", k=1)) == ["一"]
    assert paths(an_index(a_corpus()).search("金融科技", k=1)) == ["三"]


def test_a_score_by_words_is_the_weighted_sum_of_the_clauses_and_the_sentences_z() -> None:
    # One clause of three has the words: z is sqrt(2), -1/sqrt(2), -1/sqrt(2) in every signal.
    weight = WEIGHTS["clause_words"] + WEIGHTS["sentence_words"] + WEIGHTS["sentence_sound"]
    found = an_index(a_corpus()).search("空中课堂", k=3)
    assert [row.score for row in found] == pytest.approx(
        [weight * math.sqrt(2), -weight / math.sqrt(2), -weight / math.sqrt(2)], abs=1e-5
    )
    assert found[0].signals == pytest.approx(dict.fromkeys(WORD_SIGNALS, math.sqrt(2)), abs=1e-5)
    assert found[0].cosine is None


def test_with_an_embedder_meaning_counts_as_well() -> None:
    # "空中课堂" has no character in common with the other clauses: sqrt(2) in all five signals.
    best, *others = an_index(a_corpus(), CharacterEmbedder()).search("空中课堂", k=3)
    signals = {"clause_meaning", "sentence_meaning", *WORD_SIGNALS}
    assert best.signals == pytest.approx(dict.fromkeys(signals, math.sqrt(2)), abs=1e-4)
    assert best.score == pytest.approx(sum(WEIGHTS[name] for name in signals) * math.sqrt(2), abs=1e-4)
    assert [row.cosine for row in others] == [0.0, 0.0]


def test_the_cosine_is_the_best_of_the_clause_and_its_sentences() -> None:
    corpus = a_corpus(a_document("一、甲。乙。\n二、丙。丁。\n", title="", jurisdiction=None))
    (best,) = an_index(corpus, CharacterEmbedder()).search("乙", k=1)
    # The sentence is searched as " 一、甲\n乙。": seven characters, each once.
    assert best.cosine == pytest.approx(1 / math.sqrt(7))


def test_a_clauses_sentences_come_in_reading_order_without_brackets() -> None:
    (best,) = an_index(a_corpus()).search("空中课堂", k=1)
    assert [row.sentence.text for row in best.sentences] == ["一、在线教育。", "建设空中课堂。"]
    assert best.sentences[1].score > best.sentences[0].score


def test_a_sentences_score_is_its_z_among_all_sentences() -> None:
    # One sentence of six has the words: z is 5 / sqrt(5) for it, -1 / sqrt(5) for the others.
    (best,) = an_index(a_corpus()).search("空中课堂", k=1)
    assert [row.score for row in best.sentences] == pytest.approx([-1 / math.sqrt(5), 5 / math.sqrt(5)], abs=1e-4)


def test_the_clause_that_is_found_is_quoted_as_printed() -> None:
    corpus = a_corpus(a_document("一、工廠。建設無人工廠。\n二、醫院。建設互聯網醫院。\n"))
    (best,) = an_index(corpus).search("无人工厂", k=1)
    assert best.clause.text == "一、工廠。建設無人工廠。"
    assert best.sentences[1].sentence.text == "建設無人工廠。"


@pytest.mark.parametrize(("k", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3)])
def test_at_most_k_clauses_are_found(k: int, expected: int) -> None:
    assert len(an_index(a_corpus()).search("在线教育", k=k)) == expected


def test_ten_clauses_are_found_unless_told() -> None:
    assert len(COMMITTED.search("在线教育")) == 10


def test_a_clause_that_is_not_wanted_is_left_out() -> None:
    index = an_index(a_corpus(EAST, WEST))
    found = index.search("空中课堂", k=6, wanted=in_the_west)
    assert [row.clause.clause_id for row in found] == ["west-2020#一", "west-2020#二", "west-2020#三"]


def test_a_clause_that_is_not_wanted_does_not_change_the_others_scores() -> None:
    index = an_index(a_corpus(EAST, WEST))
    everything = {row.clause.clause_id: row.score for row in index.search("空中课堂", k=6)}
    for row in index.search("空中课堂", k=6, wanted=in_the_west):
        assert row.score == everything[row.clause.clause_id]


def test_nothing_wanted_is_nothing_found() -> None:
    assert an_index(a_corpus()).search("空中课堂", k=3, wanted=lambda _: None) == ()


def test_a_bonus_is_added_and_changes_the_order() -> None:
    def rather_the_second(clause: Node) -> float | None:
        return 10.0 if clause.path == "二" else 0.0

    index = an_index(a_corpus())
    plain = {row.clause.path: row.score for row in index.search("空中课堂", k=3)}
    found = index.search("空中课堂", k=3, wanted=rather_the_second)
    assert paths(found) == ["二", "一", "三"]
    assert found[0].score == pytest.approx(plain["二"] + 10)
    assert found[1].score == plain["一"]


def test_a_malus_moves_a_clause_back_without_leaving_it_out() -> None:
    def rather_not_the_first(clause: Node) -> float | None:
        return -10.0 if clause.path == "一" else 0.0

    assert paths(an_index(a_corpus()).search("空中课堂", k=3, wanted=rather_not_the_first)) == ["二", "三", "一"]


def test_without_a_wish_every_clause_may_be_found() -> None:
    assert everywhere(CORPUS.clauses[0]) == 0.0


@pytest.mark.parametrize("question", ["", " \n", "！？……", "zzz"], ids=["empty", "blank", "punctuation", "unknown"])
def test_a_question_without_known_terms_scores_every_clause_alike(question: str) -> None:
    found = an_index(a_corpus()).search(question, k=3)
    assert paths(found) == ["一", "二", "三"]
    assert [row.score for row in found] == [0.0, 0.0, 0.0]
    assert {score.score for row in found for score in row.sentences} == {0.0}


def test_clauses_that_score_alike_come_in_reading_order() -> None:
    def by_size(clause: Node) -> float | None:
        return float(len(clause.text) % 7)

    found = [row.clause for row in COMMITTED.search("zzz", k=1000, wanted=by_size)]
    assert found == sorted(CORPUS.clauses, key=lambda clause: -(len(clause.text) % 7))


@pytest.mark.parametrize("question", ["\ud800空中课堂", "空中课堂\udfff"], ids=["before", "after"])
def test_a_question_with_a_lone_surrogate_is_searched(question: str) -> None:
    assert paths(an_index(a_corpus()).search(question, k=1)) == ["一"]


def test_traditional_and_simplified_questions_find_the_same() -> None:
    traditional, simplified = (COMMITTED.search(question) for question in ("無人工廠", "无人工厂"))
    assert [(row.clause.clause_id, row.score) for row in traditional] == [
        (row.clause.clause_id, row.score) for row in simplified
    ]


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        ("虹口区在线金融服务由哪些部门负责？", "hongkou-2020#二/(二)/3"),
        ("國際汽車城有什麼任務", "jiading-2021#"),
        ("長寧區虹橋智谷", "changning-145#"),
        ("無人工廠、無人生產線、無人車間", "shanghai-2020#二/1"),
        ("众创空间", "shanghai-2016#二/专项13"),
    ],
)
def test_each_committed_policy_is_found_by_words(question: str, clause_id: str) -> None:
    (best,) = COMMITTED.search(question, k=1)
    assert best.clause.clause_id.startswith(clause_id)


@pytest.mark.parametrize("document", CORPUS.documents, ids=lambda document: document.id)
def test_a_clauses_own_words_find_it(document: Document) -> None:
    clause = max(document.clauses, key=lambda clause: len(clause.text))
    assert clause in [row.clause for row in COMMITTED.search(clause.text, k=1)]


ASKED_AS = {"孩子在家怎么上课": "demo-2020#一", "看病不出门": "demo-2020#二"}


def test_a_clause_is_found_by_what_people_call_it() -> None:
    # None of the question's words is in the policy. Of the entry points one has them: among the three clauses
    # (x, 0, x / 2), whose z is sqrt(1.5), -sqrt(1.5), 0.
    z = math.sqrt(1.5)
    found = an_index(a_corpus(asked_as=ASKED_AS)).search("孩子怎么上课", k=3)
    assert paths(found) == ["一", "三", "二"]
    assert [row.score for row in found] == pytest.approx(
        [WEIGHTS["entry_words"] * z, 0, WEIGHTS["entry_words"] * -z], abs=1e-5
    )
    best, *_ = an_index(a_corpus(asked_as=ASKED_AS), CharacterEmbedder()).search("孩子怎么上课", k=3)
    assert best.signals["entry_meaning"] == pytest.approx(z, abs=1e-4)


def test_a_clause_without_entry_points_is_not_held_back_by_others() -> None:
    found = an_index(a_corpus(asked_as=ASKED_AS)).search("孩子怎么上课", k=3)
    (without,) = (row for row in found if row.clause.path == "三")
    assert without.signals["entry_words"] == pytest.approx(0, abs=1e-6)


def test_an_entry_point_is_never_among_what_can_be_quoted() -> None:
    (best,) = an_index(a_corpus(asked_as=ASKED_AS), CharacterEmbedder()).search("孩子怎么上课", k=1)
    assert best.clause == a_document().node("一")
    assert [row.sentence.text for row in best.sentences] == ["一、在线教育。", "建设空中课堂。"]


def test_an_entry_point_does_not_raise_the_cosine_of_what_the_clause_says() -> None:
    asked_as = {"甲乙丙": "demo-2020#二", "丁戊己": "demo-2020#三"}
    (best,) = an_index(a_corpus(asked_as=asked_as), CharacterEmbedder()).search("甲乙丙", k=1)
    assert (best.clause.path, best.cosine) == ("二", 0.0)


# Opening what was built


def a_store(store: Path, corpus: Corpus | None = None, embedder: str = "none") -> IndexSettings:
    """A words-only index of `corpus`, built for `embedder`; the settings that open it."""
    build_index(corpus or a_corpus(), None, store, embedder)
    return IndexSettings(store=store, embedder=embedder, corpus=store / "policies")


def rewritten(store: Path, **changes: object) -> None:
    table = {**asdict(read_manifest(store)), **changes}
    (store / MANIFEST).write_text(json.dumps(table), encoding="utf-8")


def test_an_opened_index_finds_what_the_one_in_memory_finds(tmp_path: Path) -> None:
    opened = open_index(CORPUS, a_store(tmp_path, CORPUS))
    for question in ("在线金融", "空中课堂由谁负责"):
        assert opened.search(question) == COMMITTED.search(question)


def test_entry_points_are_opened_with_the_rest(tmp_path: Path) -> None:
    corpus = a_corpus(asked_as=ASKED_AS)
    opened = open_index(corpus, a_store(tmp_path, corpus))
    assert opened.search("孩子怎么上课") == an_index(corpus).search("孩子怎么上课")


def test_no_index_yet_names_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError, match="policyqa index"):
        open_index(a_corpus(), IndexSettings(store=tmp_path, embedder="none"))


@pytest.mark.parametrize(
    "corpus",
    [
        a_corpus(a_document(POLICY + "四、在线旅游。建设云上景区。\n")),
        a_corpus(a_document(POLICY.replace("空中课堂", "空中教室"))),
        a_corpus(a_document(title="另一份方案")),
        a_corpus(replace(a_document(), metadata=replace(a_document().metadata, issuer="示例区人民政府"))),
        a_corpus(asked_as=ASKED_AS),
    ],
    ids=["more", "changed", "title", "issuer", "entry-points"],
)
def test_an_index_of_other_texts_is_stale(corpus: Corpus, tmp_path: Path) -> None:
    settings = a_store(tmp_path)
    with pytest.raises(StaleIndexError, match="policyqa index") as caught:
        open_index(corpus, settings)
    assert str(settings.corpus) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_index_built_with_another_embedder_is_stale(tmp_path: Path) -> None:
    settings = a_store(tmp_path, embedder="none")
    with pytest.raises(StaleIndexError, match=r"built with none, settings ask for e5-small.*policyqa index"):
        open_index(a_corpus(), settings.model_copy(update={"embedder": "e5-small"}))


def test_an_index_in_another_format_is_stale(tmp_path: Path) -> None:
    settings = a_store(tmp_path)
    rewritten(tmp_path, format=FORMAT + 1)
    with pytest.raises(StaleIndexError, match=rf"another version \(format {FORMAT + 1}.*policyqa index"):
        open_index(a_corpus(), settings)


def test_a_parser_that_reads_the_texts_otherwise_makes_the_index_stale(tmp_path: Path) -> None:
    settings = a_store(tmp_path)
    rewritten(tmp_path, units="0" * 64)
    with pytest.raises(StaleIndexError, match="policyqa index"):
        open_index(a_corpus(), settings)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    settings = a_store(tmp_path)
    manifest = read_manifest(tmp_path)
    path = tmp_path / manifest.folder / sorted(manifest.files)[0]
    path.write_bytes(b"")
    with pytest.raises(DamagedIndexError, match="policyqa index") as caught:
        open_index(a_corpus(), settings)
    assert str(path) in str(caught.value)


def test_a_file_that_the_manifest_forgot_is_missed_all_the_same(tmp_path: Path) -> None:
    settings = a_store(tmp_path)
    folder = tmp_path / read_manifest(tmp_path).folder
    shutil.rmtree(folder / "clauses.bm25")
    rewritten(tmp_path, files={})
    with pytest.raises(DamagedIndexError, match="policyqa index") as caught:
        open_index(a_corpus(), settings)
    assert str(folder) in str(caught.value)


def test_vectors_of_another_size_than_the_models_are_stale(tmp_path: Path, tiny_model: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / "models" / folder_name(PLAIN, None))
    build_index(a_corpus(), CharacterEmbedder(dimension=64), tmp_path, "e5-small")
    with pytest.raises(StaleIndexError, match="policyqa index"):
        open_index(a_corpus(), IndexSettings(store=tmp_path, embedder="e5-small"))


@pytest.mark.usefixtures("no_wheel")
def test_where_the_models_package_is_missing_an_index_with_vectors_is_searched_by_words(tmp_path: Path) -> None:
    build_index(a_corpus(), CharacterEmbedder(), tmp_path, "e5-small")
    index = open_index(a_corpus(), IndexSettings(store=tmp_path, embedder="e5-small"))
    (best,) = index.search("空中课堂", k=1)
    assert (best.clause.path, best.cosine) == ("一", None)
