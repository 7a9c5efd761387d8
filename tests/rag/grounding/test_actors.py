"""Who does something, who gets it, and who is only named."""

from __future__ import annotations

import pytest

from index.words import Words
from rag.grounding.actors import actors_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由区民政局负责审核", [("区民政局", "doer")]),
        ("申请人应当向区民政局申请", [("申请人", "doer"), ("区民政局", "receiver")]),
        ("经区民政局同意后实施", [("区民政局", "doer")]),
        ("承租人、出租人应当协商", [("承租人", "doer"), ("出租人", "doer")]),
        ("由资方负担", [("资方", "doer")]),
        ("建设场所和地方", []),
    ],
)
def test_actors_and_their_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(actor.name, actor.place) for actor in actors_in(text, Words())] == expected
