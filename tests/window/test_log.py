"""What breaks in the window's events: its framework prints tracebacks, with the words that were asked."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.api.test_streams import MARK, misbehaving


def test_an_event_that_breaks_leaves_one_json_line_and_no_word(
    browser: Browser, small_store: Path, small_texts: Path, tmp_path: Path
) -> None:
    with misbehaving(small_store, small_texts, tmp_path) as started:
        page = browser.new_page()
        page.goto(started.address)
        box = page.wait_for_selector("#question textarea", timeout=30_000)
        assert box is not None
        box.fill(f"{MARK} a_route")
        box.press("Enter")
        for _ in range(100):
            if any("ValueError" in row.get("exc_info", "") for row in started.records()):
                break
            time.sleep(0.1)
        page.close()
    records = started.records()
    broken = [row for row in records if "exc_info" in row]
    assert [row["exc_info"].partition("\n")[0] for row in broken] == ["ValueError from KeyError"]
    assert broken[0]["where"].startswith("gradio/")
    assert "misbehaving.py" in broken[0]["exc_info"]
    assert "13800138000" not in started.err.read_text(encoding="utf-8") + started.out.read_text(encoding="utf-8")
