"""`policyqa` alone: a conversation in the terminal."""

from __future__ import annotations

import sys

from commands.environment import open_answers, settings_from
from commands.exits import OK
from commands.render import answer_text
from rag.answer import PolicyQa
from rag.examples import example_questions
from rag.types import Turn

PROMPT = "问> "
_REMEMBERED = 12  # turns


def run() -> int:
    """Answers what is typed until Ctrl-D; without a terminal, answers the examples and ends."""
    qa = open_answers(settings_from())
    examples = example_questions(qa.corpus)
    if sys.stdin is None or not sys.stdin.isatty():
        for question in examples:
            print(f"{PROMPT}{question}\n{answer_text(qa.ask(question))}\n")
        return OK
    print(f"收录 {len(qa.corpus.documents)} 份文件、{len(qa.corpus.clauses)} 条。可以这样问：")
    print("\n".join(f"  {question}" for question in examples))
    print("输入问题后回车；按 Ctrl-D 离开。")
    _converse(qa)
    return OK


def _converse(qa: PolicyQa) -> None:
    history: list[Turn] = []
    while True:
        try:
            question = input(f"\n{PROMPT}")
        except EOFError:
            print()
            return
        if not question.strip():
            continue
        answer = qa.ask(question, history[-_REMEMBERED:])
        print(answer_text(answer))
        history += [Turn("user", question), Turn("assistant", answer.answer)]
