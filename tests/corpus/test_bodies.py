from __future__ import annotations

from collections.abc import Iterable

import pytest

from corpus.bodies import Body, BodyTable, stem_of
from corpus.parse import parse
from corpus.types import Corpus, Document, Metadata

SHANGHAI, HONGKOU, JIADING = "上海市", "虹口区", "嘉定区"


def a_policy(document_id: str, place: str, *brackets: str) -> Document:
    """A policy of a place with one item for each bracket's names."""
    text = "\n".join(f"{n}.任务。(责任单位:{names})" for n, names in enumerate(brackets, start=1))
    parent = None if place == SHANGHAI else SHANGHAI
    return parse(document_id, text, Metadata(title="方案", jurisdiction=place, parent_jurisdiction=parent))


TABLE = BodyTable(
    Corpus(
        (
            a_policy("shanghai", SHANGHAI, "市科委、市经济信息化委、市市场监管局、市税务局", "市科委"),
            a_policy("hongkou", HONGKOU, "区科委、北外滩开发办、区人力资源社会保障局", "区文化旅游局、市科委"),
            a_policy("jiading", JIADING, "区人社局、区科委、区经委、公安嘉定分局", "国际汽车城、国际汽车城(集团)公司"),
        )
    )
)


def named(question: str, places: Iterable[str] = (), table: BodyTable = TABLE) -> list[list[str]]:
    """Place and name of every body that each mention can mean."""
    return [
        [f"{body.jurisdiction} {body.name}" for body in mention.bodies] for mention in table.mentions(question, places)
    ]


@pytest.mark.parametrize(
    ("name", "stem"),
    [("区科委", "科委"), ("市市场监管局", "市场监管局"), ("县财政局", "财政局"), ("省发展改革委", "发展改革委")],
)
def test_a_stem_is_the_name_without_its_level(name: str, stem: str) -> None:
    assert stem_of(name) == stem


@pytest.mark.parametrize("name", ["北外滩开发办", "公安嘉定分局", "各街镇", "区办", ""])
def test_a_name_without_a_level_is_its_own_stem(name: str) -> None:
    assert stem_of(name) == name


@pytest.mark.parametrize("spoken", ["科委", "科学技术委员会", "科技委"])
def test_a_bare_name_means_that_office_of_every_place(spoken: str) -> None:
    assert named(f"{spoken}负责什么？") == [["上海市 市科委", "虹口区 区科委", "嘉定区 区科委"]]


@pytest.mark.parametrize("spoken", ["区科委", "区科学技术委员会", "區科委"])
def test_a_district_name_means_the_office_of_every_district(spoken: str) -> None:
    assert named(f"{spoken}负责什么？") == [["虹口区 区科委", "嘉定区 区科委"]]


@pytest.mark.parametrize("spoken", ["虹口科委", "虹口区科委", "虹口区科学技术委员会", "虹口科技委"])
def test_a_name_with_its_place_means_that_places_office(spoken: str) -> None:
    assert named(f"{spoken}负责什么？") == [["虹口区 区科委"]]


@pytest.mark.parametrize("spoken", ["市科委", "上海市科委", "上海科委", "市科学技术委员会"])
def test_a_city_name_means_the_citys_office(spoken: str) -> None:
    assert named(f"{spoken}负责什么？") == [["上海市 市科委"]]


@pytest.mark.parametrize(
    ("place", "body"), [(HONGKOU, "虹口区 区科委"), (JIADING, "嘉定区 区科委"), (SHANGHAI, "上海市 市科委")]
)
def test_a_place_named_elsewhere_settles_a_bare_name(place: str, body: str) -> None:
    assert named("科委负责什么？", [place]) == [[body]]


def test_a_place_without_that_office_settles_nothing() -> None:
    assert named("科委负责什么？", ["杨浦区"]) == [["上海市 市科委", "虹口区 区科委", "嘉定区 区科委"]]


@pytest.mark.parametrize("spoken", ["市经信委", "市经济信息化委", "市经济和信息化委员会", "市经委"])
def test_a_usual_abbreviation_means_the_printed_name(spoken: str) -> None:
    assert named(f"{spoken}牵头哪些？") == [["上海市 市经济信息化委"]]


def test_an_abbreviation_may_mean_different_offices_in_different_places() -> None:
    assert named("经信委牵头哪些？") == [["上海市 市经济信息化委", "嘉定区 区经委"]]
    assert named("经信委牵头哪些？", [JIADING]) == [["嘉定区 区经委"]]


def test_an_abbreviation_of_one_place_is_not_used_in_another() -> None:
    table = BodyTable(Corpus((a_policy("hongkou", HONGKOU, "区经委"),)))

    assert named("经信委牵头哪些？", table=table) == []


def test_one_office_may_be_printed_under_two_names() -> None:
    both = ["虹口区 区人力资源社会保障局", "嘉定区 区人社局"]

    assert named("人社局负责什么？") == [both]
    assert named("人力资源和社会保障局负责什么？") == [both]
    assert named("嘉定区人力资源和社会保障局负责什么？") == [["嘉定区 区人社局"]]
    assert named("虹口人社局负责什么？") == [["虹口区 区人力资源社会保障局"]]


@pytest.mark.parametrize("spoken", ["公安嘉定分局", "区公安分局", "嘉定公安分局", "嘉定区公安局"])
def test_a_bureau_that_is_printed_with_its_place_is_known_by_its_other_names(spoken: str) -> None:
    assert named(f"{spoken}负责什么？") == [["嘉定区 公安嘉定分局"]]


@pytest.mark.parametrize("spoken", ["北外滩开发办", "北外滩开发办公室", "虹口区北外滩开发办"])
def test_a_name_without_a_level_is_known(spoken: str) -> None:
    assert named(spoken) == [["虹口区 北外滩开发办"]]


def test_bodies_that_only_look_alike_stay_apart() -> None:
    assert named("国际汽车城负责什么？") == [["嘉定区 国际汽车城"]]
    assert named("国际汽车城(集团)公司负责什么？") == [["嘉定区 国际汽车城(集团)公司"]]
    assert named("国际汽车城（集团）公司负责什么？") == [["嘉定区 国际汽车城(集团)公司"]]


def test_a_former_name_means_the_present_office() -> None:
    assert named("市工商局负责什么？") == [["上海市 市市场监管局"]]


def test_a_former_name_that_a_text_prints_means_what_it_prints() -> None:
    table = BodyTable(
        Corpus(
            (
                a_policy("old", SHANGHAI, "市工商局、市卫生计生委"),
                a_policy("new", SHANGHAI, "市市场监管局、市卫生健康委"),
            )
        )
    )

    assert named("市工商局负责什么？", table=table) == [["上海市 市工商局"]]
    assert named("市卫健委负责什么？", table=table) == [["上海市 市卫生健康委"]]


@pytest.mark.parametrize("spoken", ["市人社局", "区税务局", "区市场监管局", "市旅游局"])
def test_an_office_of_the_wrong_level_is_not_meant(spoken: str) -> None:
    assert named(f"{spoken}负责什么？") == []


def test_the_longest_name_is_taken_and_every_name_is_found() -> None:
    question = "市科委和虹口区科委分别负责什么？"

    assert [(m.start, m.end, m.words) for m in TABLE.mentions(question)] == [(0, 3, "市科委"), (4, 9, "虹口区科委")]
    assert named(question) == [["上海市 市科委"], ["虹口区 区科委"]]


@pytest.mark.parametrize("question", ["", "委", "在线教育由谁负责？", "民政局负责什么？"])
def test_a_question_that_names_no_known_body_mentions_none(question: str) -> None:
    assert named(question) == []


def test_a_corpus_without_bodies_knows_none() -> None:
    table = BodyTable(Corpus(()))

    assert table.bodies == ()
    assert table.mentions("市科委负责什么？") == ()


def test_tasks_are_in_reading_order() -> None:
    tasks = TABLE.tasks(Body("市科委", SHANGHAI))

    assert [task.clause.clause_id for task in tasks] == ["shanghai#1", "shanghai#2", "hongkou#2"]
    assert {task.department.name for task in tasks} == {"市科委"}


def test_a_body_that_no_clause_names_has_no_tasks() -> None:
    assert TABLE.tasks(Body("区科委", "杨浦区")) == ()


@pytest.mark.parametrize(("place", "tasks"), [(HONGKOU, 17), (JIADING, 13), (SHANGHAI, 11 + 11)])
def test_the_committed_policies_give_each_science_commission_its_tasks(
    policies: Corpus, place: str, tasks: int
) -> None:
    name = "市科委" if place == SHANGHAI else "区科委"
    table = BodyTable(policies)

    assert len([t for t in table.tasks(Body(name, place)) if t.department.source == "bracket"]) == tasks


def a_law(*articles: str) -> BodyTable:
    text = "云湖市条例\n" + "\n".join(f"第{n}条 {words}" for n, words in zip("一二三四五", articles, strict=False))
    return BodyTable(Corpus((parse("law", text, Metadata(title="云湖市条例", jurisdiction="云湖市")),)))


def test_a_defined_short_name_and_its_whole_one_mean_one_another() -> None:
    table = a_law(
        "本办法所称市绿化部门，是指市绿化和市容管理局（以下简称市绿化部门）。",
        "补贴由市绿化部门负责发放。",
        "目录由市绿化和市容管理局负责公布。",
    )
    both = [["云湖市 市绿化部门", "云湖市 市绿化和市容管理局"]]

    assert named("市绿化和市容管理局负责什么？", table=table) == both
    assert named("市绿化部门负责什么？", table=table) == both


def test_an_elided_name_is_known_by_its_whole_one_alone() -> None:
    table = a_law("加强监督。（市发展改革、财政部门负责）")

    assert named("市发展改革部门负责什么？", table=table) == [["云湖市 市发展改革"]]
    assert named("市财政局负责什么？", table=table) == [["云湖市 财政部门"]]
    assert named("发展改革有什么要求？", table=table) == []


@pytest.mark.parametrize("spoken", ["民政局", "市民政局", "民政部门", "云湖市民政局", "市民政行政主管部门"])
def test_a_kind_of_office_is_known_by_the_offices_name(spoken: str) -> None:
    assert named(f"{spoken}负责什么？", table=a_law("市民政部门负责养老服务工作。")) == [["云湖市 市民政部门"]]


@pytest.mark.parametrize("spoken", ["公安局", "公安机关", "公安部门"])
def test_an_organ_is_known_by_the_offices_name(spoken: str) -> None:
    assert named(f"{spoken}负责什么？", table=a_law("监督由公安机关负责。")) == [["云湖市 公安机关"]]


@pytest.mark.parametrize("spoken", ["发改委", "发展改革委", "发展和改革委员会", "市发展和改革委员会"])
def test_an_abbreviation_needs_no_row_of_its_own(spoken: str) -> None:
    assert named(f"{spoken}负责什么？", table=a_law("项目由市发展改革委牵头。")) == [["云湖市 市发展改革委"]]


def test_a_body_printed_with_its_place_is_known_by_its_level() -> None:
    assert named("市教育局负责什么？", table=a_law("补贴由云湖市教育局负责发放。")) == [["云湖市 云湖市教育局"]]


def test_a_name_that_begins_with_a_level_by_chance_is_its_own_stem() -> None:
    assert [stem_of(name) for name in ("市场监管部门", "市容环卫中心", "市政府")] == [
        "市场监管部门",
        "市容环卫中心",
        "政府",
    ]


def test_a_government_is_never_meant_by_its_bare_alias() -> None:
    assert (
        named("人民政府和政府有什么支持？", table=a_law("第三条 办法由市人民政府负责制定。"))
        != [["云湖市 市人民政府"]] * 2
    )


def a_text(text: str) -> Corpus:
    return Corpus((parse("text", text, Metadata(title="办法")),))


def test_an_abbreviation_that_leaves_characters_out_names_the_body() -> None:
    table = BodyTable(a_text("一、调运储备盐。（责任单位：中国云湖储备盐管理总公司）\n"))
    assert [[b.name for b in m.bodies] for m in table.mentions("云储盐总公司干什么")] == []
    assert [[b.name for b in m.bodies] for m in table.mentions("中储盐总公司干什么")] == [["中国云湖储备盐管理总公司"]]


def test_an_organ_that_the_texts_know_is_not_its_body() -> None:
    table = BodyTable(a_text("入学通知\n\n第一条 区教育局成立招生工作领导小组，区教育局负责统筹学位。\n"))
    assert table.mentions("区教育局招生工作领导小组管什么") == ()
    assert table.mentions("区教育局管什么")


def test_a_name_that_no_text_prints_is_told_apart_from_those_it_does() -> None:
    policy = a_policy("demo", "示例区", "责任部门：区科委")
    table = BodyTable(Corpus((policy,)))
    assert table.strangers("示例区月球办负责什么？") == ("区月球办",)
    assert table.strangers("示例区科委负责什么？") == ()
    assert table.strangers("本市市场由谁负责？") == ()
