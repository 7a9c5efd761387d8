"""Whether two questions ask the same: only then may an answer worded for the one be given to the other."""

from __future__ import annotations

import re

from corpus.script import fold
from index.words import Words
from rag.question import Query

NEAR = 0.95  # likeness of two wordings; `python -m eval.same_question` prints what it lets through
_NUMBERS = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")
# what may differ without another meaning; a point, sign or comma between digits is none of it
_PUNCTUATION = re.compile(r"[\s，。、；：？！“”‘’「」（）()《》?!;:…~\"']|[,.](?!\d)")
# who is asked for is read from the question as a whole, and so is the document that is meant
_EMPTY_WORDS = """
的 了 呢 吗 吧 啊 呀 嘛 么 哦 呗 哈 是 请 请问 想 想问 问 问下 问一下 一下 咨询 麻烦 您好 你好 我 我们 咱们 知道 想知道 了解 告诉 说 说说 讲 讲讲 看看
里 里面 中 都 有 哪些 哪个 哪几个 哪几 什么 啥 具体 到底 究竟 关于 对于 对 这 这个 这些 那 那个 那些 那份 这份 份 个 它 该 就是 在 给 也 来 又 只 现在
一条 一条条 逐条 列 列个 列出 列出来 列一下 全部 清单 分别 方面 指 提 提出 提到 写
谁 哪 哪家 谁来管 谁管 部门 单位 负责 管 归 归谁 归谁管 由 文件 意见 方案 计划 规划 实施 行动
"""
_SAYS_NOTHING = frozenset(_EMPTY_WORDS.split())


def same_words(first: str, second: str) -> bool:
    """Whether they differ in punctuation, width and script at most."""
    return _plain(first) == _plain(second)


def may_ask_the_same(first: Query, second: Query, words: Words) -> bool:
    """Whether places, documents, bodies, numbers, subjects and what is wanted are alike, and no word but an empty one
    stands in one of them alone: 牵头 and 配合, 必须 and 可以, 万 and 亿 lie next to each other for any model.
    """
    if _reading(first) != _reading(second):
        return False
    own, others = (frozenset(words.words(query.bare)) for query in (first, second))
    return all(word in _SAYS_NOTHING or not _plain(word.strip("，")) for word in own ^ others)


def _reading(query: Query) -> tuple[object, ...]:
    return (
        frozenset(query.scope.places),
        frozenset(query.scope.documents),
        frozenset(query.scope.parts),
        frozenset(query.scope.foreign),
        tuple(mention.words for mention in query.bodies),
        tuple(sorted(_NUMBERS.findall(fold(query.asked)))),
        query.kinds.wanted,
        max(query.kinds.wants, key=query.kinds.wants.__getitem__),
        frozenset(query.kinds.wanted_values),
        query.ordinal,
        frozenset(query.subjects) | frozenset(query.strangers),
    )


def _plain(question: str) -> str:
    return _PUNCTUATION.sub("", fold(question))
