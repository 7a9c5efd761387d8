"""What a document prints about itself: the printed words, the clause that prints them, the bodies asked for."""

from __future__ import annotations

import pytest

from corpus.parse import parse
from corpus.types import Document
from rag.operations import fact
from rag.types import Draft
from tests.builders import a_policy
from tests.rag.operations.requests import a_fact_request, a_library

NOTICE = """云湖市民政局 云湖市财政局关于调整助浴补贴的通知
云民发〔2023〕8号
各镇人民政府、街道办事处，市直有关单位：
为落实《云湖市养老服务条例》，现将有关事项通知如下。
一、补贴对象
年满80周岁的老年人可以申请。
二、其他
本通知由市民政局会同市财政局负责解释。执行中遇到问题，请径向市民政局反映。
本通知自2023年7月1日起施行，有效期至2028年6月30日。《关于发放助浴补贴的通知》（云民发〔2019〕3号）同时废止。
云湖市民政局 云湖市财政局
2023年5月20日
"""
REGULATION = """云湖市湿地保护条例
2019年6月20日 云湖市第八届人民代表大会常务委员会第十一次会议通过
2019年7月25日 东岭省第十三届人民代表大会常务委员会第九次会议批准
2022年10月28日 云湖市第九届人民代表大会常务委员会第五次会议修正
第一条 为了保护湿地，根据《中华人民共和国湿地保护法》，制定本条例。
第二条 本市行政区域内的湿地保护适用本条例。
第三条 本条例自2019年10月1日起施行。
"""
PAGE = """怎么领取助浴券？
发表时间：2025-03-04 16:30
信息来源：云湖市助浴服务中心（加挂云湖市养老服务中心牌子）
网站名称：云湖市民政局网站
一、领取对象
本市老年人。
二、领取地点
街道服务站。
"""


def read(text: str, name: str = "yunhu") -> Document:
    return parse(name, text)


def ask(text: str, *facts: str, **slots: object) -> Draft | None:
    document = read(text)
    return fact.answer(a_fact_request(*facts, documents=(document.id,), **slots), a_library(document))


def said(draft: Draft | None) -> str:
    assert draft is not None
    return draft.text


def bodies(draft: Draft | None) -> list[str]:
    assert draft is not None
    return [body.name for body in draft.issuing]


def test_both_offices_of_a_title_are_listed() -> None:
    draft = ask(NOTICE, "issuer")
    assert bodies(draft) == ["云湖市民政局", "云湖市财政局"]


def test_several_facts_are_answered_each_with_the_clause_that_prints_it() -> None:
    draft = ask(NOTICE, "number", "validity", "addressees")
    assert "云民发〔2023〕8号" in said(draft)
    assert "有效期至2028年6月30日" in said(draft)
    assert "各镇人民政府、街道办事处，市直有关单位" in said(draft)
    assert draft is not None
    assert [item.clause.path for item in draft.evidence] == ["标题", "二", "标题"]


def test_who_explains_is_told_by_its_own_word_though_no_fact_is_named() -> None:
    draft = ask(NOTICE, topic="谁解释", topics=("解释",), wants=("bodies",))
    assert bodies(draft) == ["市民政局", "市财政局"]
    assert draft is not None
    assert draft.evidence[0].quote == "本通知由市民政局会同市财政局负责解释。"


def test_whom_to_turn_to_is_the_office_after_the_word_for_it() -> None:
    assert bodies(ask(NOTICE, "contact", topic="问题反映", topics=("问题", "反映"))) == ["市民政局"]


def test_what_a_text_replaces_is_its_own_sentence() -> None:
    assert "《关于发放助浴补贴的通知》（云民发〔2019〕3号）同时废止" in said(ask(NOTICE, "repeals"))


def test_the_basis_is_the_sentence_that_makes_the_text() -> None:
    assert "根据《中华人民共和国湿地保护法》，制定本条例" in said(ask(REGULATION, "basis"))


def test_who_adopted_and_who_approved_are_two_lines_with_their_days() -> None:
    draft = ask(REGULATION, "issuer", "issued_on", topic="通过批准", topics=("通过", "批准"), wants=("bodies",))
    assert "2019年6月20日" in said(draft)
    assert "2019年7月25日" in said(draft)
    assert bodies(draft) == ["云湖市第八届人民代表大会常务委员会", "东岭省第十三届人民代表大会常务委员会"]


def test_a_year_picks_the_act() -> None:
    draft = ask(REGULATION, "issued_on", topic="会议修正", topics=("修正",), years=(2022,))
    assert "2022年10月28日" in said(draft)
    assert "2019年6月20日" not in said(draft)


def test_since_when_a_regulation_holds_is_its_last_article_and_not_the_day_it_was_adopted() -> None:
    draft = ask(REGULATION, "validity", topic="施行", topics=("施行",))
    assert draft is not None
    assert draft.evidence[0].clause.path == "第三条"


def test_until_when_is_not_invented() -> None:
    draft = ask(REGULATION, "validity", topic="效期到", topics=("有效期",))
    assert draft is not None
    assert draft.status == "refused"
    assert draft.reason == "not_stated"
    assert "自2019年10月1日起施行" in draft.text


def test_a_page_prints_its_minute_and_its_source() -> None:
    draft = ask(PAGE, "issued_on", "issuer", topic="发表", topics=("发表",))
    assert "2025-03-04 16:30" in said(draft)
    assert bodies(draft) == ["云湖市助浴服务中心"]


@pytest.mark.parametrize(
    ("fact_name", "words"), [("addressees", "印发对象"), ("number", "文号"), ("basis", "制定依据")]
)
def test_what_a_named_document_does_not_print_is_said_with_its_title(fact_name: str, words: str) -> None:
    draft = ask(PAGE, fact_name)
    assert draft is not None
    assert draft.text == f"《怎么领取助浴券？》文本未载明{words}[1]。"
    assert [item.quote for item in draft.evidence] == ["怎么领取助浴券？"]


def test_what_is_printed_stands_before_what_is_not() -> None:
    draft = ask(PAGE, "issued_on", "number")
    assert "2025-03-04" in said(draft)
    assert "文本未载明文号" in said(draft)
    assert "[2]" not in said(draft).split("文本未载明")[1]


def test_nothing_is_missing_of_a_document_that_is_not_surely_meant() -> None:
    assert ask(PAGE, "number", probability=0.5) is None
    library = a_library(read(PAGE), read(REGULATION, "wetland"))
    assert fact.answer(a_fact_request("number", text="领取助浴券的文号"), library) is None


def test_what_is_known_without_its_line_is_not_called_missing() -> None:
    document = a_policy("一、甲。做好。\n二、乙。做好。\n", document_number="示府〔2021〕2号")
    assert fact.answer(a_fact_request("number", documents=(document.id,)), a_library(document)) is None


def test_a_year_that_is_claimed_is_set_right_by_the_day() -> None:
    assert "2023年5月20日" in said(ask(NOTICE, "issued_on", years=(2021,), wants=("yes_no",)))
    assert ask(NOTICE, "issued_on", years=(2021,)) is None


def test_of_each_of_two_places_its_one_document_is_told() -> None:
    text = "{}市集市管理办法\n{}府〔2021〕{}号\n第一条 为了规范集市，制定本办法。\n第二条 本办法适用于本市。\n"
    east = a_policy(text.format("东", "东", 1), "east", title="东市集市管理办法", jurisdiction="东市")
    west = a_policy(text.format("西", "西", 2), "west", title="西市集市管理办法", jurisdiction="西市")
    draft = fact.answer(a_fact_request("number", places=("东市", "西市")), a_library(east, west))
    assert "东府〔2021〕1号" in said(draft)
    assert "西府〔2021〕2号" in said(draft)


def test_what_is_hardly_about_the_document_is_left_to_others() -> None:
    assert ask(NOTICE, "issuer", probability=0.2) is None


def test_the_later_of_two_texts_with_one_title_is_meant_unless_the_old_one_is_spoken_of() -> None:
    old = read(REGULATION.replace("2019", "2009").replace("2022年10月28日", "2012年1月5日"), "yunhu-old")
    new = read(REGULATION, "yunhu-new")
    library = a_library(old, new)
    slots = {"documents": (old.id, new.id), "text": "湿地条例什么时候施行"}
    later = fact.answer(a_fact_request("validity", topic="施行", topics=("施行",), **slots), library)  # type: ignore[arg-type]
    earlier = fact.answer(a_fact_request("validity", topic="旧施行", topics=("施行",), **slots), library)  # type: ignore[arg-type]
    assert "2019年10月1日" in said(later)
    assert "2009年10月1日" in said(earlier)


def test_a_text_that_is_here_by_name_alone_is_answered_by_the_one_that_ends_it() -> None:
    library = a_library(read(NOTICE), read(PAGE, "page"))
    draft = fact.answer(a_fact_request("validity", text="2019年发放助浴补贴那个通知还有效吗", years=(2019,)), library)
    assert "（云民发〔2019〕3号）同时废止" in said(draft)


def test_the_number_of_a_text_that_is_not_here_is_not_taken_for_another() -> None:
    library = a_library(read(NOTICE))
    request = a_fact_request("issuer", documents=("yunhu",), text="云教发〔2023〕8号是谁发的")
    assert fact.answer(request, library) is None


def test_without_a_name_the_title_that_the_words_share_is_meant() -> None:
    library = a_library(read(NOTICE), read(REGULATION, "wetland"))
    draft = fact.answer(a_fact_request("issued_on", text="那个助浴补贴的通知哪天发的"), library)
    assert "2023年5月20日" in said(draft)
    assert fact.answer(a_fact_request("issued_on", text="哪天发的"), library) is None
