"""What the limits do to somebody who uses the window as it is meant."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, Response, expect

from tests.api.serving import answers_of
from tests.builders import a_corpus
from tests.window.conftest import Open, Window, serving_window

SEARCH = "#desk-search input, #desk-search textarea"
TYPED = "虹口区在线金融服务由哪些部门负责？另外在线教育归谁管，有没有补贴？"


def searches(page: Page) -> list[Response]:
    """Grows while the page is used."""
    made: list[Response] = []
    page.on("response", lambda r: made.append(r) if r.url.endswith("/run/predict") else None)
    return made


def test_typing_without_a_pause_asks_once(window: Window, visit: Open) -> None:
    seen = visit(window.address)
    page = seen.page
    seen.tab("热线工作台")
    made = searches(page)
    page.locator(SEARCH).focus()
    page.keyboard.type(TYPED, delay=110)  # nine letters a second
    expect(page.locator("#result-1")).to_be_visible()
    assert len(made) == 1
    assert TYPED in (made[0].request.post_data_json or {})["data"]
    page.fill(SEARCH, "")
    expect(page.locator("#result-1")).to_have_count(0)


def test_half_a_minute_of_typing_is_far_from_the_limit(tmp_path: Path, visit: Open) -> None:
    with serving_window(answers_of(a_corpus()), tmp_path, rate="40/minute") as started:  # 240 are usual
        seen = visit(started.address)
        page = seen.page
        seen.tab("热线工作台")
        made = searches(page)
        page.locator(SEARCH).focus()
        for _ in range(6):  # 6 * 13 letters, with a pause after each
            page.keyboard.type("在线教育由哪个部门负责呢？", delay=110)
            page.wait_for_timeout(400)
            page.fill(SEARCH, "")
        page.wait_for_timeout(400)
        assert {response.status for response in made} == {200}
        assert len(made) <= 12


def test_a_limit_that_is_hit_is_told_in_words(tmp_path: Path, visit: Open) -> None:
    with serving_window(answers_of(a_corpus()), tmp_path, rate="6/minute") as started:
        seen = visit(started.address)
        page = seen.page
        seen.tab("热线工作台")
        for number in range(7):
            page.fill(SEARCH, f"在线教育{number}")
            page.wait_for_timeout(400)
        told = page.get_by_role("alert").filter(has_text="太频繁了，请稍等片刻再试。")
        expect(told).to_be_visible()
        assert seen.serious() == []
        seen.tab("政策咨询")
        page.fill("#question textarea", "在线教育由谁负责？")
        page.keyboard.press("Enter")
        expect(page.get_by_test_id("toast-text")).to_have_text("太频繁了，请稍等片刻再试。")
        seen.picture("limit")
        assert {fault for fault in seen.faults if "429" not in fault} == set()
        seen.faults.clear()  # the browser writes each 429 to its console
