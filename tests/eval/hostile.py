"""240 questions of 2,000 characters that nobody asks: each repeats what some rule, name or number looks like."""

from __future__ import annotations

from collections.abc import Callable

LENGTH = 2000
JOINTS = ("", "，", "的", "？")
REPEATED = (
    "虹口区", "上海市", "区科委", "市经济信息化委", "2020年", "《", "》", "《虹口", "《上海市促进在线新经济发展行动方案》", "（", "）", "“", "”",
    "附件一二三", "第十条第二款", "二（二）3", "一、", "（一）", "1.1.", "不是", "30年版", "2033年版", "谁负责", "多少万元", "与跟和同",
    "由区科委和区商务委", "分别各自都", "一是二是", "另外还有", "。；", "31年那个", "那呢", "它们的", "除了这个还", "第二个", "最后一个", "下一条", "落实按照根据",
    "负责牵头配合", "在线新经济", "根据《", "13800138000", "110101199003074", "a@b.", "<", "[1]", "沪府发〔2020〕", "🙂", "\u200b虹", "有没有规定什么政策文件方案",
)  # fmt: skip
COUNTED: tuple[Callable[[int], str], ...] = (
    lambda n: f"“{_character(n)}{_character(n + 7)}”",
    lambda n: f"《{_character(n)}办法》",
    lambda n: f"第{n}条",
    lambda n: f"{1900 + n % 200}年",
    lambda n: f"{n}万元",
    lambda n: f"附件{n}",
    lambda n: f"区{_character(n)}局",
    lambda n: f"{_character(n)}{_character(n * 3)}市",
    lambda n: f"怎么{_character(n)}",
    lambda n: f"{_character(n)}和{_character(n + 1)}",
)


def _character(n: int) -> str:
    return chr(0x4E00 + n % 20000)


def hostile_questions() -> dict[str, str]:
    """Name -> question."""
    rows = {f"{unit!r} {joint!r}": (unit + joint) * LENGTH for unit in REPEATED for joint in JOINTS}
    for number, unit in enumerate(COUNTED):
        for joint in JOINTS:
            rows[f"counted {number} {joint!r}"] = "".join(unit(n) + joint for n in range(LENGTH))
    return {name: text[:LENGTH] for name, text in rows.items()}
