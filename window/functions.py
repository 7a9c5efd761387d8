"""The page's functions, and what each takes."""

from __future__ import annotations

from typing import Any

import gradio as gr

from window.calls import Function, Input
from window.choice import Changing, Choice, Options


def functions_of(demo: gr.Blocks) -> dict[int, Function]:
    """By number; those that only the page itself carries out are none."""
    return {
        number: Function(bool(function.queue), tuple(_input(component) for component in function.inputs))
        for number, function in demo.fns.items()
        if function.fn is not None
    }


def _input(component: Any) -> Input:
    if isinstance(component, gr.State):
        return Input("nothing")
    if isinstance(component, gr.File):
        return Input("file")
    if isinstance(component, gr.Textbox):
        return Input("text")
    if isinstance(component, Changing):
        return Input("choice")
    if isinstance(component, Choice | Options):
        return Input(
            "choice", frozenset(str(value) for _label, value in component.choices), isinstance(component, Choice)
        )
    raise TypeError(f"{type(component).__name__}: say here what a request may hold for it.")
