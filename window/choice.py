"""Lists to choose from."""

from __future__ import annotations

from typing import Any

import gradio as gr

from window.html import NoStub

_UNKNOWN = "没有这个选项，请重新选择。"


class _Known:
    """What isn't in the list is turned away in words of ours: Gradio's hold all that the list holds, which documents
    wrote, in a notice that is read as HTML, and go to the log.
    """

    def preprocess(self, payload: Any) -> Any:
        try:
            return super().preprocess(payload)  # type: ignore[misc]
        except gr.Error:
            raise gr.Error(_UNKNOWN, print_exception=False) from None


class Choice(_Known, gr.Dropdown, metaclass=NoStub):
    def get_block_name(self) -> str:
        return "dropdown"


class Changing(Choice):
    """A list that changes while the page is open. What a visitor's page doesn't hold is for the function to turn away."""

    def preprocess(self, payload: Any) -> Any:
        return payload


class Options(_Known, gr.Radio, metaclass=NoStub):
    def get_block_name(self) -> str:
        return "radio"
