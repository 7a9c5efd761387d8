"""Which bodies a sentence gives something to do, by the fitted network; docs/model-card.md has what it gets wrong."""

from __future__ import annotations

import time

import pytest

from corpus.tagger import segments, tagged

TASKS = [
    ("县级以上人民政府民政部门负责本行政区域内的养老服务工作。", ["县级以上人民政府民政部门"]),
    ("市教育行政部门应当制定课后服务的具体办法。", ["市教育行政部门"]),
    ("食品安全监督管理部门可以对生产场所进行检查。", ["食品安全监督管理部门"]),
    ("交通运输主管部门会同公安机关制定限行方案。", ["交通运输主管部门", "公安机关"]),
    ("市发展改革、财政、商务部门按照各自职责做好相关工作。", ["市发展改革", "财政", "商务部门"]),
    ("由城市管理部门责令限期改正，处五百元罚款。", ["城市管理部门"]),
    ("公安机关应当自受理之日起十五日内作出决定。", ["公安机关"]),
    ("建设方案报市人民政府批准后实施。", ["市人民政府"]),
    ("经省人民政府批准，可以延长至三个月。", ["省人民政府"]),
    ("各级人民政府应当加强对消防工作的领导。", ["各级人民政府"]),
    ("居民委员会应当协助街道办事处做好垃圾分类的宣传。", ["居民委员会"]),
    ("人民法院应当在七日内立案。", ["人民法院"]),
    ("税务机关可以依法采取保全措施。", ["税务机关"]),
    ("行业协会应当加强行业自律，引导会员诚信经营。", ["行业协会"]),
    ("省、自治区、直辖市人民政府可以制定实施细则。", ["省、自治区、直辖市人民政府"]),
    ("海关应当对进出境货物进行查验。", ["海关"]),
    ("应急管理部门应当将处理结果告知举报人。", ["应急管理部门"]),
    ("縣級以上人民政府衛生行政部門應當加強監督檢查。", ["縣級以上人民政府衛生行政部門"]),
    ("公安機關應當依法查處。", ["公安機關"]),
    ("鄉鎮人民政府應當做好防汛工作。", ["鄉鎮人民政府"]),
]
NO_TASKS = [
    "鼓励企业开展技术改造。",  # an object
    "支持银行扩大信贷投放。",
    "市文化广场禁止停车。",
    "凭街道办事处出具的证明办理。",
    "市水务局：",  # an addressee
    "省生态环境厅：",
    "当事人可以向人民法院提起诉讼。",  # where something is filed
    "申请人应当向户籍所在地的公安机关提出申请。",
    "建设单位应当自竣工验收之日起十五日内向住房城乡建设主管部门备案。",
    "报省教育行政部门备案。",
    "材料送市档案局存档。",
    "未经自然资源主管部门批准擅自占用耕地的，处以罚款。",  # an offence
    "伪造公安机关印章的，依法追究刑事责任。",
    "冒充税务机关工作人员的，处十日拘留。",
    "王某某任市民政局副局长。",  # a person
    "局长应当亲自负责信访工作。",
    "张某诉市公安局行政处罚一案",
    "用人单位应当与劳动者签订书面合同。",  # whom the rule is for
    "任何单位和个人不得侵占公共绿地。",
    "勞動者應當遵守工作紀律。",
    "第三章 法律责任",  # a fragment
    "以及其他情形",
    "罚款",
]
PLAIN = "本办法所称绿道，是供步行和骑行的线性空间，两侧种树，夜间有灯。\n" * 20  # names no body


def names(text: str) -> list[str]:
    return [text[found.start : found.end] for found in tagged(text)]


@pytest.mark.parametrize(("sentence", "bodies"), TASKS)
def test_who_gets_a_task_is_found_as_printed(sentence: str, bodies: list[str]) -> None:
    assert names(sentence) == bodies


@pytest.mark.parametrize("sentence", NO_TASKS)
def test_who_is_only_mentioned_is_not_found(sentence: str) -> None:
    assert names(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("交通运输主管部门会同公安机关制定限行方案。", ["lead", "cooperating"]),
        ("建设方案报市人民政府批准后实施。", ["approving"]),
        ("公安机关应当自受理之日起十五日内作出决定。", ["responsible"]),
    ],
)
def test_a_body_has_the_role_that_the_sentence_gives_it(sentence: str, roles: list[str]) -> None:
    assert [found.role for found in tagged(sentence)] == roles


@pytest.mark.parametrize("sentence", [*(sentence for sentence, _ in TASKS), *NO_TASKS])
def test_a_sentence_reads_the_same_alone_and_in_a_long_text(sentence: str) -> None:
    assert names(f"{PLAIN}{sentence}\n{PLAIN}") == names(sentence)


def test_every_body_lies_where_it_is_said_to() -> None:
    text = PLAIN + "公安机关应当作出决定。\n"
    (found,) = tagged(text)
    assert (found.start, found.end) == (len(PLAIN), len(PLAIN) + 4)
    assert 0.75 <= found.probability <= 1


@pytest.mark.parametrize("text", ["", "\n", "部", "\ud800", "部门" * 300, "。" * 1000])
def test_a_text_without_sentences_names_nobody(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("text", ["", "短。", PLAIN, "无" * 1000, ("无" * 500 + "。\n") * 3])
def test_segments_tile_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in segments(text)) == text


def test_a_hundred_thousand_characters_take_seconds() -> None:
    ordinary = "\n".join([*(sentence for sentence, _ in TASKS), *NO_TASKS, PLAIN[:300]])
    text = (ordinary * (100_000 // len(ordinary) + 1))[:100_000]
    start = time.process_time()
    assert len(list(tagged(text))) > 1000
    assert time.process_time() - start < 6
