"""Titles: what a document's own one is, what sets its annexes apart, and whether quoted words are it."""

from __future__ import annotations

import re

from corpus.numerals import number_of, numeral_of
from corpus.script import fold
from corpus.types import Document, Node


def own_title(document: Document) -> str:
    """The folded title without the titles it quotes."""
    return re.sub("《[^》]*》", "", fold(document.metadata.title))


def annex_titles(document: Document) -> tuple[tuple[str, str], ...]:
    """(mark, folded title) of each annex."""
    rows = []
    for node in document.nodes:
        if node.path.endswith("/标题") and not node.path.startswith("正文"):
            title = node.text.split("\n")[-1] if "\n" in node.text else node.text
            rows.append((node.path.split("/")[0], fold(title).strip()))
    return tuple(rows)


def is_annex(node: Node) -> bool:
    """Whether it stands in an annex, and not in what the document itself says."""
    part, inside, _ = node.path.partition("/")
    return bool(inside) and part.startswith("附")


def topic_of_title(title: str) -> str:
    """What an annex is about: its title without place, leading verb and kind of document."""
    words = re.sub(r"^[一-鿿]{2,4}?[市区县](?=推|促|加|关|深|发|建|实)", "", title)
    words = re.sub(r"^(?:关于)?(?:推进|促进|推动|加快|深化|发展|建设|实施)+(?:在线新)?", "", words)
    return re.sub(r"(?:产业)?(?:发展)?(?:行动|三年|实施|工作)*(?:计划|方案|意见|办法|规划|措施).*$", "", words)


_WORDS_OF_TWO = 4  # characters of a topic made of two words of two


def names_of_annex(title: str) -> tuple[str, ...]:
    """What an annex is about, as printed and as people shorten it: 电子商务, 电商."""
    topic = topic_of_title(title)
    short = topic[0] + topic[2] if len(topic) == _WORDS_OF_TWO else topic
    return (topic, short) if len(topic) > 1 else ()


def years_of(document: Document) -> set[int]:
    years = {
        int(y)
        for y in re.findall(r"(?<!\d)(20\d\d)(?=\s*[-—–年])", fold(re.sub("《[^》]*》", "", document.metadata.title)))
    }
    if document.metadata.issued_on:
        years.add(document.metadata.issued_on.year)
    return years


def both_numerals(number: str) -> tuple[str, str]:
    value = number_of(number) or 0
    return str(value), numeral_of(value)


_ABBREVIATED = 7  # characters from which on a shortened title names one document


def _is_subsequence(words: str, title: str) -> bool:
    """Whether the characters of `words` come in `title` in the same order: a title with words left out."""
    rest = iter(title)
    return all(character in rest for character in words)


def is_same_title(words: str, title: str) -> bool:
    """Whether quoted words are this title: all of it, or so much of it that no other could be meant."""
    plain = [re.sub(r"[^一-鿿a-z0-9+]", "", re.sub(r"\(.*?\)", "", text)) for text in (words, title)]
    if not plain[0]:
        return False
    if plain[0] == plain[1] or (len(plain[0]) >= 6 and plain[0] in plain[1] and "《" not in title):
        return True
    if len(plain[0]) >= _ABBREVIATED and "《" not in title and _is_subsequence(plain[0], plain[1]):
        return True
    pairs = [{text[i : i + 2] for i in range(len(text) - 1)} for text in plain]
    union = pairs[0] | pairs[1]
    return bool(union) and len(pairs[0] & pairs[1]) / len(union) >= 0.75
