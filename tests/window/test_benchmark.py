"""评测: a file run, cancelled, looked through, compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.window.conftest import SIZES, Open, Window

ROWS = [
    {"id": "q1", "kind": "department", "question": "虹口区在线金融服务由哪些部门负责？", "answerable": True,
     "gold": [{"clause_id": "hongkou-2020#二/(二)/3", "quote": "金融科技"}]},
    {"id": "q2", "kind": "lookup", "question": "虹口区在线教育由哪些部门负责？", "answerable": True,
     "gold": [{"clause_id": "hongkou-2020#二/(二)/3", "quote": "金融科技"}]},
    {"id": "q3", "kind": "unanswerable", "question": "青浦区有哪些补贴？", "answerable": False, "status": "refused"},
]  # fmt: skip


def question_file(folder: Path) -> Path:
    file = folder / "题库.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    file.write_text("\n".join([*lines, '{"question": 5}', "{no json"]), encoding="utf-8")
    return file


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_run_looked_through_and_compared(size: str, window: Window, visit: Open, tmp_path: Path) -> None:
    seen = visit(window.address, size)
    page = seen.page
    seen.tab("评测")
    page.locator("#questions-file input[type=file]").set_input_files(question_file(tmp_path))
    expect(page.locator("#questions-file")).to_contain_text("题库")
    names = []
    for _ in range(2):
        page.locator("#bench-start").click()
        expect(page.locator("#bench-progress")).to_contain_text("完成：", timeout=20_000)
        names.append(page.locator("#bench-progress").inner_text().partition("完成：")[2].strip())
        page.wait_for_timeout(300)
    outcome = page.locator("#bench-outcome")
    expect(outcome).to_contain_text("2 行没有读进来")
    expect(outcome).to_contain_text("line 4")
    expect(outcome).to_contain_text("line 5")
    expect(outcome.locator("tbody tr").last).to_contain_text("全部")
    assert outcome.locator("img[src^='data:image/svg+xml']").count() == 3
    expect(outcome.locator(".miss")).to_have_count(1)
    seen.picture("benchmark")
    outcome.locator(".miss summary").click()
    expect(outcome.locator(".miss")).to_contain_text("hongkou-2020#二/(二)/3")
    seen.picture("benchmark-miss")
    assert seen.serious() == []
    with page.expect_download() as download:
        page.locator("#bench-report").click()
    assert "<title>policyqa benchmark" in Path(download.value.path()).read_text(encoding="utf-8")
    page.reload()
    page.wait_for_selector("#question textarea")
    seen.tab("评测")
    for label, name in (("查看的运行", names[1]), ("与更早的比较", names[0])):
        page.get_by_label(label).click()
        page.locator("[role=option]:visible", has_text=name[:15]).first.click()
    expect(outcome.locator("h3").first).to_contain_text(names[1])
    page.locator("#bench-compare").click()
    expect(page.locator("#bench-compared")).to_contain_text(f"{names[0]} → {names[1]}")
    assert seen.overflow() <= 0


def runs_of(window: Window) -> set[str]:
    return {folder.name for folder in window.runs.glob("*")}


def test_a_run_is_cancelled_and_leaves_nothing(window: Window, visit: Open) -> None:
    seen = visit(window.address)
    page = seen.page
    seen.tab("评测")
    before = runs_of(window)
    page.locator("#bench-start").click()
    expect(page.locator("#bench-progress progress")).to_be_visible()
    page.locator("#bench-stop").click()
    expect(page.locator("#bench-progress")).to_contain_text("已取消")
    page.wait_for_timeout(1500)
    expect(page.locator("#bench-progress")).to_contain_text("已取消")
    assert runs_of(window) == before
    page.locator("#bench-start").click()  # and the next one isn't kept waiting
    expect(page.locator("#bench-progress progress")).to_be_visible()
    page.locator("#bench-stop").click()


def test_a_file_that_holds_no_questions_is_named(window: Window, visit: Open, tmp_path: Path) -> None:
    seen = visit(window.address)
    page = seen.page
    seen.tab("评测")
    (tmp_path / "empty.csv").write_text("a,b\n", encoding="utf-8")
    page.locator("#questions-file input[type=file]").set_input_files(tmp_path / "empty.csv")
    expect(page.locator("#questions-file")).to_contain_text("empty")
    page.locator("#bench-start").click()
    expect(page.locator("#bench-progress .warning")).to_contain_text("empty.csv")
