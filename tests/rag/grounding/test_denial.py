"""A denial says the opposite of its words, and a yes or no may stand before its reason."""

from __future__ import annotations

import pytest

from rag.grounding.denial import claims_of


@pytest.mark.parametrize(
    ("sentence", "question", "lead", "denied"),
    [
        ("不是50万元,而是30万元。", "", "", ("50万元",)),
        ("不能,不符合条件的不予批准。", "", "no", ()),
        ("可以,向区民政局申请。", "", "yes", ()),
        ("不用批准,备案就行。", "要政府批准吗?", "no", ()),
        ("不用批准,备案就行。", "去哪里备案?", "", ()),
    ],
)
def test_the_lead_and_what_is_denied(sentence: str, question: str, lead: str, denied: tuple[str, ...]) -> None:
    claims = claims_of(sentence, question)
    assert (claims.lead, claims.denied) == (lead, denied)
    assert len(claims.text) == len(sentence)
