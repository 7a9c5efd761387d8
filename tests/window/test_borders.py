"""The window's own framework answers any origin and believes any header about where it is served: not through us."""

from __future__ import annotations

import re

import httpx
import pytest

from tests.window.conftest import Window

STRANGER = "https://elsewhere.example"
CLAIMS = [
    {"x-forwarded-host": "elsewhere.example"},
    {"x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "https"},
    {"x-forwarded-prefix": "/elsewhere.example"},
    {"x-gradio-server": STRANGER},
    {"forwarded": "host=elsewhere.example"},
    {"x-original-url": STRANGER},
]


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/gradio_api/startup-events", "/theme.css"])
def test_no_other_origin_reads_the_window(path: str, window: Window) -> None:
    asked = {"origin": STRANGER, "access-control-request-method": "POST", "access-control-request-headers": "x-a"}
    for method in ("GET", "OPTIONS"):
        answer = httpx.request(method, f"{window.address}{path}", headers=asked, timeout=20)
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert STRANGER not in str(answer.headers)


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/call/x", "/login", "/"])
def test_no_other_origin_changes_anything_in_the_window(path: str, window: Window) -> None:
    refused = httpx.post(f"{window.address}{path}", headers={"origin": STRANGER}, json={"data": []}, timeout=20)
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")


@pytest.mark.parametrize("claim", CLAIMS, ids="+".join)
def test_no_header_moves_the_page_elsewhere(claim: dict[str, str], window: Window) -> None:
    page = httpx.get(f"{window.address}/", headers=claim, timeout=20)
    assert page.status_code == 200
    assert "elsewhere.example" not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/assets/x"])
def test_the_window_has_no_other_name(path: str, window: Window) -> None:
    refused = httpx.get(f"{window.address}{path}", headers={"host": "elsewhere.example"}, timeout=20)
    assert refused.status_code == 421
    assert STRANGER not in refused.text


def test_what_is_the_same_for_everybody_may_be_kept(window: Window) -> None:
    page = httpx.get(f"{window.address}/", timeout=20).text
    (asset, *_) = re.findall(r"/assets/[\w.-]+\.js", page)
    kept = httpx.get(f"{window.address}{asset}", timeout=20)
    assert (kept.status_code, kept.headers["cache-control"]) == (200, "public, max-age=3600")
