"""The one way to HTML in the window."""

from __future__ import annotations

from abc import ABCMeta
from typing import Any

import gradio as gr
from gradio.component_meta import ComponentMeta
from markupsafe import Markup, escape


class NoStub(ComponentMeta):
    """Gradio's own writes a .pyi file beside whatever subclasses a component; ours has no events that it would describe."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> Any:
        return ABCMeta.__new__(cls, name, bases, attributes)


class Html(gr.HTML, metaclass=NoStub):
    """Shows what the templates of `window.pages` made. Any other text is escaped, whoever wrote it: a function that
    forgets a template shows its words, never its tags.
    """

    def __init__(self, value: str = "", **settings: Any) -> None:
        # Gradio makes it again from these settings for a visitor whose copy an event has changed
        super().__init__(value, **({"js_on_load": None} | settings))

    def postprocess(self, value: Any) -> Markup | None:
        """Runs on the first value and on every one that an event gives."""
        return None if value is None else escape(value)
