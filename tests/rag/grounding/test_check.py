"""A sentence may say what its clause says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.bodies import BodyTable
from corpus.types import Corpus
from index.words import Words, dictionary_of
from rag.grounding.check import SentenceCheck
from rag.grounding.types import Source
from tests.builders import a_corpus, a_document

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


POLICY = (
    "第一条 对首次认定为高新技术企业的，给予一次性奖励30万元；对复审通过的，给予10万元奖励。每家企业每年累计不超过50万元。\n"
    "第二条 申请人应当在每年6月30日前向区民政局提出书面申请，并提交身份证明、收入证明、住房证明。"
    "区民政局应当自受理之日起20个工作日内作出决定；不符合条件的，不予批准。\n"
    "第三条 到2025年，单位能耗比2020年下降14%，森林覆盖率提高到35%，新建充电桩3万个，其中公共充电桩不少于8000个。\n"
    "第四条 禁止在居民区内经营露天烧烤。确需举办的，须报区城管局批准，并向街道办事处备案。\n"
    "第五条 本办法自2023年1月1日起施行，有效期5年。\n"
)


@pytest.fixture(scope="module")
def ask() -> Callable[[str, str, str], set[str]]:
    document = a_document(POLICY, title="云湖区若干措施", jurisdiction="云湖区")
    corpus = a_corpus(document)
    check = SentenceCheck(BodyTable(corpus), Words(dictionary_of(corpus)))

    def found(article: str, sentence: str, question: str = "") -> set[str]:
        clause = next(clause for clause in document.clauses if clause.path.endswith(article))
        return {problem.kind for problem in check.problems(sentence, [Source(clause, document)], question)}

    return found


@pytest.mark.parametrize(
    ("article", "sentence", "question"),
    [
        ("第一条", "首次认定的奖30万元，复审通过的奖10万元。", ""),
        ("第一条", "不是50万元，首次认定的奖励是30万元。", "首次认定奖50万元吗？"),
        ("第一条", "每家企业每年最多50万元。", ""),
        ("第二条", "要交三样：身份证明、收入证明、住房证明。", "要几样材料？"),
        ("第二条", "不能，不符合条件的不予批准。", "不符合条件能批吗？"),
        ("第三条", "公共充电桩至少8000个。", ""),
        ("第三条", "单位能耗比2020年降低14%。", ""),
        ("第四条", "要经区城管局批准，再到街道办事处备案。", ""),
        ("第五条", "该办法到2027年12月31日止。", "什么时候到期？"),
    ],
)
def test_what_follows_from_the_clause_may_be_said(
    article: str, sentence: str, question: str, ask: Callable[[str, str, str], set[str]]
) -> None:
    assert ask(article, sentence, question) == set()


@pytest.mark.parametrize(
    ("article", "sentence", "kind"),
    [
        ("第一条", "首次认定的奖励是10万元。", "misplaced"),  # the other's number
        ("第一条", "首次认定的奖30元。", "number"),
        ("第一条", "每家企业每年不低于50万元。", "bound"),
        ("第二条", "区民政局自受理之日起20天内作出决定。", "number"),  # no working days
        ("第二条", "申请人应在6月30日后提出申请。", "date"),
        ("第二条", "申请人应向区教育局提出书面申请。", "department"),
        ("第二条", "不符合条件的，可以批准。", "negation"),
        ("第三条", "单位能耗比2020年上升14%。", "bound"),
        ("第三条", "森林覆盖率提高35%。", "bound"),  # by, not to
        ("第四条", "居民区内可以经营露天烧烤。", "negation"),
        ("第四条", "须报街道办事处批准，并向区城管局备案。", "role"),
        ("第二条", "只有身份证明需要提交。", "scope"),
        ("第五条", "该办法到2030年12月31日止。", "date"),
        ("第五条", "详见[说明](http://example.com/a)。", "markup"),
        ("第五条", "![图](data:image/png)该办法自2023年1月1日起施行。", "markup"),
    ],
)
def test_a_fact_that_is_another_s_is_found(
    article: str, sentence: str, kind: str, ask: Callable[[str, str, str], set[str]]
) -> None:
    assert kind in ask(article, sentence, "")
