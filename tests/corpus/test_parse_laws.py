from __future__ import annotations

from corpus.parse import parse

LAW = parse(
    "demo",
    """中华人民共和国就业促进法
目　录
第一编 通则
第一章 总则
第二编 分则
第二章 政策支持
第一编 通则
第一章 总则
第一条 为了促进就业，制定本法。
第二条 本法所称就业，包括：
（一）受雇；
（二）自雇。
前款规定的就业不含义务劳动。
第二编 分则
第二章 政策支持
第一节 一般规定
第三条 依照第一条规定，国家给予支持。
第三条之一 具体办法另行规定。
第四条 本法自公布之日起施行。
""",
)


def test_the_path_of_an_article_is_the_article() -> None:
    assert [clause.path for clause in LAW.clauses if clause.path.startswith("第")] == [
        "第一条",
        "第二条",
        "第三条",
        "第三条之一",
        "第四条",
    ]


def test_the_chapter_of_an_article_stands_in_its_label() -> None:
    assert [node.label for node in LAW.nodes if node.path.endswith("条")] == [
        "第一编 通则 > 第一章 总则 > 第一条",
        "第一编 通则 > 第一章 总则 > 第二条",
        "第二编 分则 > 第二章 政策支持 > 第一节 一般规定 > 第三条",
        "第二编 分则 > 第二章 政策支持 > 第一节 一般规定 > 第四条",
    ]


def test_chapters_are_headings_with_paths_of_their_own() -> None:
    assert [node.path for node in LAW.nodes if node.heading_only] == [
        "目录",
        "第一编",
        "第一编/第一章",
        "第二编",
        "第二编/第二章",
        "第二编/第二章/第一节",
    ]


def test_an_article_is_one_clause_with_its_paragraphs_and_items() -> None:
    article = LAW.node("第二条")

    assert article is not None
    assert article.text == "第二条 本法所称就业，包括：\n（一）受雇；\n（二）自雇。\n前款规定的就业不含义务劳动。"


def test_an_articles_parent_is_the_innermost_chapter() -> None:
    article = LAW.node("第三条之一")

    assert article is not None
    assert article.parent == "第二编/第二章/第一节"


def test_chapters_listed_in_a_table_of_contents_are_no_chapters() -> None:
    text = "就业促进法\n目　录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"

    assert [node.path for node in parse("demo", text).nodes] == ["标题", "目录", "第一章", "第一条", "第二章", "第二条"]


def test_sections_above_articles_are_chapters() -> None:
    interpretation = parse("demo", "关于审理案件的规定\n一、一般规定\n第一条 甲。\n二、附则\n第二条 乙。\n")

    assert [(node.path, node.label) for node in interpretation.nodes[1:]] == [
        ("一", "一、一般规定"),
        ("第一条", "一、一般规定 > 第一条"),
        ("二", "二、附则"),
        ("第二条", "二、附则 > 第二条"),
    ]


def test_a_law_on_one_line_has_its_articles() -> None:
    law = parse(
        "demo",
        "就业促进法 第一章 总则 第一条 为了甲。 第二条 依照第一条规定办理。 第二章 附则 第三条 自公布之日起施行。",
    )

    assert [node.path for node in law.nodes] == ["标题", "第一章", "第一条", "第二条", "第二章", "第三条"]


def test_a_traditional_law_has_simplified_paths_and_its_own_words() -> None:
    law = parse("demo", "就業促進法\n第一章　總則\n第一條　國家保護。\n")

    assert [(node.path, node.text) for node in law.nodes[1:]] == [
        ("第一章", "第一章　總則"),
        ("第一条", "第一條　國家保護。"),
    ]


def test_a_law_in_markdown_has_its_articles() -> None:
    law = parse("demo", "# 就业促进法\n\n## 第一章 总则\n\n**第一条** 甲。\n\n**第二条** 乙。\n")

    assert [(node.path, node.label) for node in law.nodes[1:]] == [
        ("第一章", "第一章 总则"),
        ("第一条", "第一章 总则 > 第一条"),
        ("第二条", "第一章 总则 > 第二条"),
    ]
