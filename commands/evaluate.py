"""`policyqa eval`: the question benchmark."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from commands.environment import open_answers, settings_from
from commands.exits import CANT, NOTHING, OK, CommandError
from commands.output import as_line
from commands.progress import Progress
from eval.evaluate import ask_all, table, totals
from eval.questions_file import QuestionFileError, problems, read_questions
from index.settings import ROOT

QUESTIONS = ROOT / "eval" / "questions"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", help="a question file (default: all of eval/questions)"
    )
    parser.add_argument("--misses", action="store_true", help="print every miss with its gold")
    parser.add_argument("--json", action="store_true", help="print one score object a line")


def run(options: Namespace) -> int:
    """1 when a question's gold isn't in the corpus."""
    files = [options.questions] if options.questions else sorted(QUESTIONS.glob("*.jsonl"))
    qa = open_answers(settings_from())
    faults = 0
    for file in files:
        try:
            questions = read_questions(file)
        except QuestionFileError as error:
            raise CommandError(str(error), CANT) from None
        wrong = problems(questions, qa.corpus)
        for problem in wrong:
            print(f"policyqa: {file.name}: {problem}", file=sys.stderr)
        faults += len(wrong)
        with Progress(file.name, len(questions)) as progress:
            rows = ask_all(questions, qa, progress.update)
        scores = [score for score, _ in rows]
        if options.json:
            for score in scores:
                print(as_line({name: getattr(score, name) for name in score.__dataclass_fields__}))
            continue
        print(f"\n{file.name}: {len(questions)} questions")
        _print_table(table(scores))
        print("   ".join(f"{name}: {value:g}" for name, value in totals(scores).items()))
        if options.misses:
            for question, (score, answer) in zip(questions, rows, strict=True):
                if score.clause_first == 0 or score.refused_wrongly or score.refused_rightly == 0:
                    gold = ", ".join(g.clause_id for g in question.gold) or "refused"
                    print(
                        f"\n{question.id}  {question.question}\n  gold {gold}\n  {answer['status']}: {answer['answer']}"
                    )
    return NOTHING if faults else OK


def _print_table(rows: list[list[str]]) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
