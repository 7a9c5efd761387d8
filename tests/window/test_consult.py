"""政策咨询, from the first screen to a vote, at a desk's and a phone's width."""

from __future__ import annotations

import json
import re
import threading
import time
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.api.serving import answers_of
from tests.builders import a_corpus, a_document
from tests.window.conftest import SIZES, Open, Window, serving_window

QUESTION = "虹口区在线金融服务由哪些部门负责？"
WORDS = "虹口区在线金融服务由区金融工作局、区科委负责"


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("size", SIZES)
def test_a_business_asks_looks_at_the_clause_and_votes(size: str, window: Window, visit: Open) -> None:
    seen = visit(window.address, size)
    page = seen.page
    expect(page.locator(".examples button")).to_have_count(6)
    seen.picture("consult-empty")
    assert seen.serious() == []

    ask(page, QUESTION)
    answer = page.locator(".answer").last
    expect(answer.locator(".words")).to_contain_text(WORDS)
    expect(answer.locator(".notice")).to_contain_text("机器生成，以原文为准。摘录")
    expect(answer.locator(".chip").first).to_contain_text("责任虹口区金融工作局")
    announced = page.locator("#announced")
    expect(announced).to_contain_text(WORDS)
    assert [announced.get_attribute(name) for name in ("role", "aria-live")] == ["log", "polite"]

    answer.locator("a.mark").first.click()
    panel = page.locator("#panel")
    expect(panel.locator("h3")).to_contain_text("虹口区落实《上海市促进在线新经济发展行动方案")
    expect(panel.locator(".badge")).to_contain_text("实施期已过")
    expect(panel.locator(".crumbs li")).to_have_count(3)
    expect(panel.locator("mark")).to_contain_text("加快金融科技深度融合")
    expect(panel.locator("blockquote")).to_contain_text("(责任部门:区金融工作局、区科委)")
    seen.picture("consult-source")
    assert seen.serious() == []
    with page.context.expect_page() as opened:
        panel.get_by_role("link", name="打开全文").click()
    assert opened.value.url.endswith("/d/hongkou-2020#%E4%BA%8C/(%E4%BA%8C)/3")
    opened.value.close()
    page.keyboard.press("Escape")

    answer.get_by_role("button", name="没用").click()
    answer.locator("select").select_option("部门错误")
    answer.get_by_role("button", name="提交").click()
    expect(answer.locator(".said")).to_have_text("已记下，谢谢。")
    assert window.records.feedback.listed(1, True)[0]["reason"] == "部门错误"
    assert seen.overflow() <= 0


@pytest.mark.parametrize("size", SIZES)
def test_a_refusal_looks_like_one_and_a_follow_up_works(size: str, window: Window, visit: Open) -> None:
    seen = visit(window.address, size)
    page = seen.page
    ask(page, QUESTION)
    expect(page.locator(".answer .notice")).to_have_count(1)
    ask(page, "那在线教育呢？")
    expect(page.locator(".answer").last).to_contain_text("按“虹口区在线教育")
    ask(page, "那青浦区呢？")
    refused = page.locator(".answer.refused")
    expect(refused.locator(".headline")).to_contain_text("未能回答 · 本库未收录")
    expect(refused.locator(".hint")).to_contain_text("怎么问更好")
    expect(refused.locator("a.mark")).to_have_count(0)
    expect(refused.locator(".headline")).to_be_in_viewport()
    seen.picture("consult-refused")
    assert seen.serious() == []


def test_the_conversation_survives_a_reload_and_ends_when_told(window: Window, visit: Open) -> None:
    page = visit(window.address).page
    ask(page, QUESTION)
    expect(page.locator(".answer .notice")).to_have_count(1)
    page.reload()
    expect(page.locator(".answer .words")).to_contain_text(WORDS)
    page.get_by_role("button", name="再问一次").click()
    expect(page.locator(".answer .notice")).to_have_count(2)
    page.get_by_role("button", name="新的对话").click()
    expect(page.locator(".asked")).to_have_count(0)
    page.reload()
    expect(page.locator(".examples button")).to_have_count(6)


def test_an_example_and_a_place_are_taken(window: Window, visit: Open) -> None:
    page = visit(window.address).page
    page.locator(".examples button").first.click()
    expect(page.locator(".answer .notice")).to_have_count(1)
    page.locator("#place input").click()
    page.get_by_role("option", name="虹口区").click()
    ask(page, "在线金融服务由哪些部门负责？")
    expect(page.locator(".answer .notice")).to_have_count(2)
    page.locator(".answer").last.locator("summary").first.click()
    titles = page.locator(".answer").last.locator(".sources:not(.near) h3").all_inner_texts()
    assert titles
    assert all("虹口区" in title for title in titles)


def test_a_blank_question_asks_for_one(window: Window, visit: Open) -> None:
    page = visit(window.address).page
    ask(page, "   ")
    expect(page.locator("#announced")).to_contain_text("请先写一个问题")
    expect(page.locator(".asked")).to_have_count(0)


HOSTILE = [
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "[点我](javascript:alert(1))", "$\\def\\a{\\a\\a}\\a$",
    "长" * 3000, "W" * 3900, '"><svg onload=alert(1)>', "{{7*7}} ${7*7}",
]  # fmt: skip


def test_what_people_write_is_shown_as_text(window: Window, visit: Open) -> None:
    seen = visit(window.address, "phone")
    page = seen.page
    for number, question in enumerate(HOSTILE, start=1):
        ask(page, question)
        expect(page.locator(".answer .notice, .answer.error")).to_have_count(number)
        expect(page.locator(".asked p").last).to_have_text(question)
    assert page.locator("#log img, #log script, #log a[href^=javascript]").count() == 0
    assert seen.overflow() <= 0


def test_what_documents_say_is_shown_as_text(tmp_path: Path, visit: Open) -> None:
    evil = "<img src=x onerror=alert(1)>"
    text = f"一、在线教育{evil}。建设[空中课堂](javascript:alert(2))<script>alert(3)</script>{'长' * 5000}。(责任部门:区教育局)\n"
    qa = answers_of(a_corpus(a_document(text + "二、在线医疗。建设互联网医院。\n", title=f"示例区方案{evil}")))
    with serving_window(qa, tmp_path) as started:
        seen = visit(started.address, "phone")
        page = seen.page
        ask(page, "示例区在线教育由哪些部门负责？")
        page.locator("a.mark").first.click()
        expect(page.locator("#panel blockquote")).to_contain_text("<script>alert(3)</script>")
        expect(page.locator("#panel h3")).to_contain_text(evil)
        seen.tab("热线工作台")
        page.fill("#desk-search input, #desk-search textarea", "在线教育")
        expect(page.locator("#result-1")).to_contain_text(evil)
        seen.tab("文件目录")
        expect(page.locator(".catalogue summary").first).to_contain_text(evil)
        assert seen.overflow() <= 0


def test_the_first_screen_and_the_first_words_come_at_once(window: Window, visit: Open) -> None:
    """Issue targets are 2.5 s and 0.3 s on a quiet machine; a test machine gets twice that."""
    started = time.monotonic()
    page = visit(window.address).page
    usable = time.monotonic() - started
    page.fill("#question textarea", QUESTION)
    page.evaluate(
        "() => { window.took = 0; const t = performance.now(); new MutationObserver((_, o) => { if (document.querySelector("
        "'#log .words')?.textContent) { window.took = performance.now() - t; o.disconnect(); } }).observe(document.body,"
        " {childList: true, subtree: true}); }"
    )
    page.keyboard.press("Enter")
    page.wait_for_function("window.took > 0")
    took = page.evaluate("window.took")
    print(f"usable after {usable:.2f} s, first words after {took:.0f} ms")
    assert usable < 5.0
    assert took < 600


def test_twenty_people_do_not_wait_on_one_another(window: Window) -> None:
    """Twenty conversations at once, as the page's own client sends them."""
    written = re.search(r"window\.gradio_config = (\{.*?\});</script>", httpx.get(window.address).text, re.S)
    assert written is not None
    asks = next(
        row["id"]
        for row in json.loads(written[1])["dependencies"]
        if row["targets"] and row["targets"][0][1] == "submit"
    )
    took: list[float] = []

    def converse(number: int) -> None:
        session = f"person{number:04}"
        with httpx.Client(base_url=window.address, timeout=30) as client:
            started = time.monotonic()
            body = {
                "data": [QUESTION, "全部", f"conversation-{number}", None],
                "fn_index": asks,
                "session_hash": session,
            }
            client.post("/gradio_api/queue/join", json=body).raise_for_status()
            with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
                for line in events.iter_lines():
                    if WORDS in line.encode().decode("unicode_escape", "ignore") or "process_completed" in line:
                        took.append(time.monotonic() - started)
                        return

    converse(0)
    alone = took.pop()
    threads = [threading.Thread(target=converse, args=(number,)) for number in range(1, 21)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    print(f"alone {alone:.2f} s; twenty at once: median {took[10]:.2f} s, longest {took[-1]:.2f} s")
    assert len(took) == 20
    assert took[-1] < 6.0
