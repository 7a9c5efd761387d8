"""The questions in a question: where it asks two things, each piece by itself."""

from __future__ import annotations

import itertools
import re

from corpus.script import fold
from rag.wording import INTERROGATIVE

_CUT = re.compile(r"[?？;；。!！]|(?:另外|还有|以及|同时|顺便)|[(（][1-9][)）]|(?:^|(?<=[,:：，]))[一二三]是(?!否)")
_COUNTED = re.compile(r"一是.+二是|\(1\).+\(2\)")
_BOTH = re.compile(r"分别|[这那]俩|两[处样点]|各[归由自是有提讲写要建]|都是谁|两[个项件条]|都由|都归")
_A_AND_B = re.compile(
    r"(?P<before>.*[,，:：]|[^,，和与跟]{2,8}?(?:对|的|里|关于|在|说))?(?P<a>[^,，、]{3,24}?)(?:和|与|跟|以及|、|[,，]还(?:说|提|要|有|想)?)(?P<b>[^,，]{3,24}?)"
    r"(?P<tail>[,，]?(?:[这那]?(?:俩|两[个项件条处样点])|的?(?:责任|牵头|主管|负责)?(?:部门|单位)?(?:分别|各|都)|分别|各[自有由归是提讲写要建]|都).*)$"
)
_BEFORE_WHO = re.compile("(?<=[一-鿿])(?=[由归找向给]?谁)")
_ASKS = re.compile("(?<![好十第])几(?=[一-鿿])")
_MIN_NAME = 3
_LONGEST = 110  # characters of a question that can be two
_MIN_PART = 4
_MOST = 3


def topical_parts(asked: str) -> list[str]:
    """The questions in a question, each with a topic of its own; at most three, and none where there is but one."""
    folded = fold(asked)
    if len(folded) > _LONGEST:
        return []  # a story, of which one sentence matters
    counted = bool(_COUNTED.search(folded))
    pieces = [part for piece in _pieces(asked) for part in _at_commas(piece)]
    if counted and len(pieces) > 2:
        pieces = pieces[-2:]  # what stands before 一是 names the place, and the whole question's place is known
    asking = [piece for piece in pieces if (counted or INTERROGATIVE.search(fold(piece))) and has_topic(piece)]
    if len(asking) >= 2 and len(pieces) <= 4:
        return asking[:_MOST]
    return _conjoined(asked) if _BOTH.search(folded) else []


def asking_pieces(asked: str) -> list[str]:
    """Each stretch that asks, whether or not it says about what; at most three, and none where there is but one."""
    if len(fold(asked)) > _LONGEST:
        return []
    stretches = [part for piece in _pieces(asked) for part in re.split("[,，、]", piece)]
    stretches = [part for stretch in stretches for part in _at_who(stretch)]
    asking = [part.strip() for part in stretches if _asks(fold(part))]
    return asking[:_MOST] if len(asking) > 1 else []


def _asks(folded: str) -> bool:
    return bool(INTERROGATIVE.search(folded) or _ASKS.search(folded))


def _pieces(asked: str) -> list[str]:
    pieces, position = [], 0
    for found in _CUT.finditer(fold(asked)):
        pieces.append(asked[position : found.start()])
        position = found.end()
    return [piece.strip() for piece in [*pieces, asked[position:]] if piece.strip()]


def _at_who(piece: str) -> list[str]:
    """谁定谁批 asks twice."""
    if piece.count("谁") < 2:
        return [piece]
    first = piece.index("谁")
    cuts = [found.start() for found in _BEFORE_WHO.finditer(piece) if found.start() > first]
    edges = [0, *cuts, len(piece)]
    rows = [piece[a:b] for a, b in itertools.pairwise(edges)]
    return [row for row in rows if "谁" in row and len(row) > 1]


def _at_commas(piece: str) -> list[str]:
    """A piece cut at a comma on both sides of which something is asked about something."""
    for found in re.finditer("[,，]", piece):
        sides = piece[: found.start()], piece[found.end() :]
        if all(INTERROGATIVE.search(fold(side)) and has_topic(side) for side in sides):
            return [sides[0], *_at_commas(sides[1])]
    return [piece]


def has_topic(piece: str) -> bool:
    """Whether a piece says what it is about, beyond asking who or how much."""
    plain = re.sub(
        r"是?(?:由|归)?(?:哪|谁|什么|多少|怎么|几|如何|啥)[个些家单位部门机关]*|牵头|负责|责任|单位|部门|管|相应|请|说|讲|它|这|那|是|的|吗|呢|有|没|和|还|一起|做|承担|由|了|比|上一年|涨|增长|归|数量|规定|写|要|算|内容|具体|哪里|哪家|多|大",
        "", fold(piece),
    )  # fmt: skip
    return len(re.sub("[^一-鿿a-z0-9]", "", plain)) >= _MIN_PART


def _conjoined(text: str) -> list[str]:
    """`A和B，各由谁负责` -> `A，各由谁负责`, `B，各由谁负责`; what stands before A goes with both."""
    found = _A_AND_B.match(text)
    if not found:
        return []
    before, tail = found["before"] or "", found["tail"]
    pieces = [found["a"], found["b"]]
    return [f"{before}{piece}{tail}" for piece in pieces] if all(len(piece) >= _MIN_NAME for piece in pieces) else []
