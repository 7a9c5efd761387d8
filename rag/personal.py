"""Personal data in what people type: found by its printed form, and put out of sight before it is stored or sent."""

from __future__ import annotations

import re
import unicodedata

_GAP = r"[ .·-]{0,2}"  # what people put between groups of digits
_CODE = "0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ANY_GAP = re.compile(r"[ .·-]")


def _form(pattern: str, bare: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(pattern, re.ASCII), re.compile(bare, re.ASCII)


# kind, (where it may stand, what it must be once the gaps are gone)
FORMS = (
    ("邮箱", _form(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", ".*")),
    ("身份证号", _form(rf"(?<![0-9A-Za-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![0-9A-Za-z])", rf"[1-9]\d{{5}}(?:19|20)\d\d{_DAY}\d{{3}}[\dXx]")),
    ("统一社会信用代码", _form(rf"(?<![0-9A-Za-z])[{_CODE}](?:{_GAP}[{_CODE}]){{17}}(?![0-9A-Za-z])", rf"[{_CODE}]{{2}}\d{{6}}[{_CODE}]{{10}}")),
    ("身份证号", _form(rf"(?<!\d)[1-9](?:{_GAP}\d){{14}}(?!\d)", rf"[1-9]\d{{5}}\d\d{_DAY}\d{{3}}")),  # before 1999
    ("手机号", _form(rf"(?<!\d)(?:\+?(?:00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)", r"\+?(?:0{2})?(?:86)?1[3-9]\d{9}")),
)  # fmt: skip


def personal_in(text: str) -> dict[str, str]:
    """What is there, as typed, with its kind: {"13800138000": "手机号"}."""
    plain, places = _plainly(text)
    found: dict[str, str] = {}
    for kind, (form, bare) in FORMS:
        for match in form.finditer(plain):
            if bare.fullmatch(_ANY_GAP.sub("", match[0]) if kind != "邮箱" else match[0]):
                found.setdefault(text[places[match.start()] : places[match.end() - 1] + 1], kind)
    return found


def _plainly(text: str) -> tuple[str, list[int]]:
    """The text with full-width signs, all kinds of spaces and dashes as plain ones and without what can't be seen, and
    where in `text` each of its characters stands.
    """
    characters, places = [], []
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if category in ("Cf", "Mn"):
            continue
        plain = unicodedata.normalize("NFKC", character)
        characters.append(
            " " if category.startswith("Z") else "-" if category == "Pd" else plain if len(plain) == 1 else character
        )
        places.append(place)
    return "".join(characters), places


def masked(text: str) -> str:
    """The text with each piece of personal data replaced by its kind: 〔手机号〕."""
    return without(text, personal_in(text))


def without(text: str, personal: dict[str, str]) -> str:
    """The text without these pieces, longest first."""
    for piece in sorted(personal, key=len, reverse=True):
        text = text.replace(piece, f"〔{personal[piece]}〕")
    return text
