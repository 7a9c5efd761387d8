"""One way to HTML: what isn't a template's is escaped, and nothing in the window goes round it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import gradio as gr
import pytest
from markupsafe import Markup

from index.settings import ROOT
from window.html import Html
from window.pages import as_picture, page

PYTHON = [*sorted((ROOT / "window").glob("*.py")), ROOT / "app_ui.py"]
TEMPLATES = sorted(path for room in ("window", "api", "eval") for path in (ROOT / room / "templates").glob("*.html"))
SCRIPTS = sorted((ROOT / "window" / "static").glob("*.js"))
EVIL = "<img src=x onerror=alert(1)>"
# of Gradio those components whose text it reads as HTML or Markdown
READ_AS_HTML = {
    "HTML",
    "Markdown",
    "Label",
    "Chatbot",
    "Info",
    "Warning",
    "Success",
    "Error",
    "Code",
    "HighlightedText",
}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_a_text_is_escaped_and_a_template_is_shown() -> None:
    with gr.Blocks():
        assert Html(EVIL).value == "&lt;img src=x onerror=alert(1)&gt;"
        shown = Html("")
    assert shown.postprocess(EVIL) == "&lt;img src=x onerror=alert(1)&gt;"
    assert shown.postprocess(page("progress", wrong=EVIL)) == (
        '<p class="warning" role="alert">&lt;img src=x onerror=alert(1)&gt;</p>'
    )
    assert shown.postprocess(None) is None
    assert isinstance(page("panel"), Markup)


def test_making_the_component_writes_no_file() -> None:
    assert list((ROOT / "window").glob("*.pyi")) == []


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_no_other_component_reads_text_as_html(path: Path) -> None:
    used = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "gr"
    }
    assert used & READ_AS_HTML <= {"html.py": {"HTML"}, "choice.py": {"Error"}}.get(path.name, set())


@pytest.mark.parametrize("path", PYTHON, ids=named)
def test_only_a_template_or_a_constant_becomes_markup(path: Path) -> None:
    made = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Markup"
    ]
    of_variables = [node for node in made if not isinstance(node.args[0], ast.Constant)]
    assert len(of_variables) == int(path.name == "pages.py")  # page() itself


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_turns_escaping_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\|\s*safe|autoescape|Markup|srcdoc|<script|\son\w+=|javascript:", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_form_is_sent_by_the_browser_itself(path: Path) -> None:
    """Where our script hasn't come, the browser would put what is written in a form into the page's address."""
    text = path.read_text(encoding="utf-8")
    for form in re.findall("<form[^>]*>", text):
        assert 'method="dialog"' in form
        assert "action" not in form
    assert "formaction" not in text
    assert [
        field for field in re.findall("<input[^>]*>", text) if 'type="password"' in field and " name=" in field
    ] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_no_script_of_ours_reads_text_as_html_or_as_a_program(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\b|new Function"
    assert re.findall(ways, text) == []


def test_a_drawing_is_an_image_and_no_part_of_the_page() -> None:
    drawn = as_picture(f"<svg><!-- {EVIL} --><script>alert(1)</script></svg>")
    assert re.fullmatch(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", drawn)
