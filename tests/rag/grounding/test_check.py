"""A sentence may say what its clause says, and nothing else."""

from __future__ import annotations

import pytest

from corpus.bodies import BodyTable
from corpus.types import Corpus
from index.words import Words, dictionary_of
from rag.grounding.check import SentenceCheck
from rag.grounding.types import Source

FACTORY = "shanghai-2020#二/1"  # 建设100家以上无人工厂… (责任部门:市经济信息化委、市发展改革委、市科委)
MEDICINE = "hongkou-2020#二/(二)/8"
MOBILITY = "shanghai-2020#二/9"


@pytest.fixture(scope="module")
def check(policies: Corpus) -> SentenceCheck:
    return SentenceCheck(BodyTable(policies), Words(dictionary_of(policies)))


def kinds(check: SentenceCheck, policies: Corpus, sentence: str, *clause_ids: str) -> set[str]:
    sources = []
    for clause_id in clause_ids:
        clause, document = policies.clause(clause_id), policies.document(clause_id.split("#")[0])
        assert clause is not None
        assert document is not None
        sources.append(Source(clause, document))
    return {problem.kind for problem in check.problems(sentence, sources)}


@pytest.mark.parametrize(
    ("sentence", "clause_id"),
    [
        ("上海市将建设100家以上无人工厂、无人生产线、无人车间。", FACTORY),
        ("上海市将建设一百家以上无人工厂、无人生产线、无人车间。", FACTORY),  # 一百 = 100
        ("这项工作由市经济信息化委、市发展改革委、市科委负责。", FACTORY),
        ("虹口区推进互联网医院发展，推进各级医疗机构线上支付。", MEDICINE),
        ("依据《上海市促进在线新经济发展行动方案》，建设100家以上无人工厂。", FACTORY),
        ("2020年的方案提出建设100家以上无人工厂。", FACTORY),
        ("鼓勵物業與快遞企業建立市場化協作機制。", "hongkou-2020#二/(三)/10"),  # in traditional characters
    ],
)
def test_what_the_clause_says_may_be_said(
    sentence: str, clause_id: str, check: SentenceCheck, policies: Corpus
) -> None:
    assert kinds(check, policies, sentence, clause_id) == set()


@pytest.mark.parametrize(
    ("sentence", "clause_id", "kind"),
    [
        ("上海市将建设200家以上无人工厂、无人生产线、无人车间。", FACTORY, "number"),
        ("到2030年建设100家以上无人工厂、无人生产线、无人车间。", FACTORY, "date"),
        ("无人工厂由市经济信息化委、市教委负责。", FACTORY, "department"),
        ("虹口区在线医疗由区卫生健康委、区大数据局负责。", MEDICINE, "department"),  # a body that no text names
        ("依据《上海市工厂智能化条例》，建设100家以上无人工厂。", FACTORY, "title"),
        ("依据沪府办发〔2021〕99号，建设100家以上无人工厂。", FACTORY, "document_number"),
        ("应当推动人工智能技术在疾病诊断、药物研发、海量数据处理等领域应用。", MEDICINE, "obligation"),
        ("不推进互联网医院发展。", MEDICINE, "negation"),
        ("每家医院可获得专项债券和土地出让金返还。", MEDICINE, "coverage"),
        ("The plan supports hospitals on the internet.", MEDICINE, "coverage"),
    ],
)
def test_what_the_clause_does_not_say_is_found(
    sentence: str, clause_id: str, kind: str, check: SentenceCheck, policies: Corpus
) -> None:
    assert kind in kinds(check, policies, sentence, clause_id)


def test_a_sentence_without_a_citation_is_no_answer(check: SentenceCheck, policies: Corpus) -> None:
    assert kinds(check, policies, "建设100家以上无人工厂。") == {"citation"}


def test_the_beginning_of_a_sentence_is_shown_only_if_a_clause_has_it(check: SentenceCheck, policies: Corpus) -> None:
    clause, document = policies.clause(FACTORY), policies.document("shanghai-2020")
    assert clause is not None
    assert document is not None
    sources = [Source(clause, document)]
    assert check.may_be_shown("上海市将建设100家以上无人工", sources)
    assert not check.may_be_shown("上海市将建设500家以上无人工", sources)
    assert not check.may_be_shown("<h2><strong>The 1000th", sources)
