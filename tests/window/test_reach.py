"""Any width, the keyboard alone, twice the size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.window.conftest import Open, Window

TABS = ("政策咨询", "热线工作台", "部门职责", "文件目录", "审核", "评测")


@pytest.mark.parametrize("width", [360, 640, 1024, 1920])
def test_nothing_is_wider_than_the_screen(width: int, window: Window, visit: Open) -> None:
    """640 is what a screen of 1280 has left at 200 % zoom."""
    seen = visit(window.address)
    page = seen.page
    page.set_viewport_size({"width": width, "height": 900})
    page.fill("#question textarea", "嘉定区商务委负责哪些任务？")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .notice")).to_have_count(1)
    for name in TABS:
        seen.tab(name)
        assert seen.overflow() <= 0, name
    if width == 1920:
        seen.size = "wide"
        seen.tab("政策咨询")
        seen.picture("consult-list")


def focus(page: Page, selector: str, key: str) -> None:
    """Walks there by `key`, as someone without a mouse does."""
    for _ in range(60):
        if page.evaluate("(s) => Boolean(document.activeElement?.closest(s))", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"{selector} can't be reached by {key}")


def test_a_question_is_asked_and_its_clause_read_without_a_mouse(window: Window, visit: Open) -> None:
    page = visit(window.address).page
    focus(page, "#question", "Tab")
    page.keyboard.insert_text("虹口区在线金融服务由哪些部门负责？")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .notice")).to_have_count(1)
    focus(page, "a.mark", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark")).to_contain_text("加快金融科技深度融合")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a.mark')")


def test_what_only_a_screen_reader_says_is_in_chinese_and_complete(window: Window, visit: Open) -> None:
    page = visit(window.address).page
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.fill("#question textarea", "青浦区有哪些补贴？")
    page.keyboard.press("Enter")
    expect(page.locator("#announced")).to_contain_text("本库未收录青浦区的文件")
    unnamed = page.evaluate(
        "() => [...document.querySelectorAll('button, a, select, input, textarea')].filter((n) => n.offsetParent &&"
        " !(n.textContent.trim() || n.getAttribute('aria-label') || n.labels?.length || n.title)).map((n) => n.outerHTML.slice(0, 120))"
    )
    assert unnamed == []
