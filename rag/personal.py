"""Personal data in what people type: found by its printed form, and put out of sight before it is stored or sent."""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # ！…～ -> !…~, one character each
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_GAP = r"[ -]?"
FORMS = (
    ("邮箱", re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)),
    ("身份证号", re.compile(rf"(?<!\d)[1-9]\d{{5}}{_GAP}(?:19|20)\d\d{_DAY}{_GAP}\d{{3}}[\dXx](?![\dA-Za-z])")),
    ("身份证号", re.compile(rf"(?<!\d)[1-9]\d{{5}}\d\d{_DAY}\d{{3}}(?!\d)")),  # fifteen digits, before 1999
    ("统一社会信用代码", re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{2}\d{6}[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{10}(?![0-9A-Za-z])")),
    ("手机号", re.compile(rf"(?<!\d)(?:\+?(?:00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")),
)  # fmt: skip


def personal_in(text: str) -> dict[str, str]:
    """What is there, as typed, with its kind: {"13800138000": "手机号"}."""
    plain = text.translate(_FULL_WIDTH)  # the same length, so offsets hold in both
    found: dict[str, str] = {}
    for kind, form in FORMS:
        for match in form.finditer(plain):
            found.setdefault(text[match.start() : match.end()], kind)
    return found


def masked(text: str) -> str:
    """The text with each piece of personal data replaced by its kind: 〔手机号〕."""
    return without(text, personal_in(text))


def without(text: str, personal: dict[str, str]) -> str:
    """The text without these pieces, longest first."""
    for piece in sorted(personal, key=len, reverse=True):
        text = text.replace(piece, f"〔{personal[piece]}〕")
    return text
