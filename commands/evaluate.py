"""`policyqa eval`: the question benchmark."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from commands.environment import llm_settings, open_answers, open_configured, settings_from
from commands.exits import CANT, NOTHING, OK, WRONG_USE, CommandError
from commands.output import as_line, complain
from commands.progress import Progress
from eval.evaluate import ask_all, recognition_table, table, totals
from eval.kept_replies import kept_replies
from eval.questions_file import QuestionFileError, problems, read_questions
from eval.recognition import slots
from eval.types import GoldQuestion, Score
from index.settings import ROOT
from rag.answer import PolicyQa

QUESTIONS, RUNS = ROOT / "eval" / "questions", ROOT / "eval" / "runs"
MODES = ("extractive", "llm")
SPLITS = {"dev": "dev*.jsonl", "test": "test*.jsonl", "all": "*.jsonl"}
_SHOWN = 8  # questions named a line of a comparison


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", choices=tuple(ACTIONS), help="without one: ask, score and print")
    parser.add_argument(
        "runs", nargs="*", type=Path, metavar="RUN", help="folders of runs, for score, compare and report"
    )
    parser.add_argument("--questions", type=Path, metavar="FILE", help="a question file: .jsonl, .csv or .xlsx")
    parser.add_argument(
        "--split", choices=tuple(SPLITS), default="all", help="which of the built-in questions (default all)"
    )
    parser.add_argument("--mode", choices=MODES, default="extractive", help="how answers are made")
    parser.add_argument(
        "--record",
        type=Path,
        metavar="DIR",
        help="with run: requests to the model become files DIR/in/<key>.json, replies are read from DIR/out/<key>.txt",
    )
    parser.add_argument("--replay", type=Path, metavar="DIR", help="with run: the model's replies as DIR has them")
    parser.add_argument("--model", default="", metavar="NAME", help="with --record: who answers")
    parser.add_argument("--note", default="", metavar="WORDS", help="with --record: what to know of who answers")
    parser.add_argument(
        "--judge",
        action="store_true",
        help="with score: the configured model says of each answer whether it is carried",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="the new run's folder (default: eval/runs/<time>)")
    parser.add_argument("--misses", action="store_true", help="print every miss with its gold")
    parser.add_argument("--json", action="store_true", help="print one score object a line")


def run(options: Namespace) -> int:
    """1 when a question's gold isn't in the corpus."""
    from eval.recording import RecordingError
    from eval.runs import RunError

    try:
        return ACTIONS[options.action](options) if options.action else _print_scores(options)
    except (QuestionFileError, RecordingError, RunError) as error:
        raise CommandError(str(error), CANT) from None


def _files(options: Namespace) -> list[Path]:
    return [options.questions] if options.questions else sorted(QUESTIONS.glob(SPLITS[options.split]))


def _print_scores(options: Namespace) -> int:
    qa = _opened(options)
    faults = 0
    for file in _files(options):
        questions = read_questions(file)
        faults += _report_problems(problems(questions, qa.corpus), file)
        with Progress(file.name, len(questions)) as progress:
            rows = ask_all(questions, qa, progress.update)
        scores = [score for score, _ in rows]
        if options.json:
            for score in scores:
                print(as_line({name: getattr(score, name) for name in score.__dataclass_fields__}))
            continue
        _print_summary(f"{file.name}: {len(questions)} questions", scores)
        _print_table(slots(questions, [answer for _, answer in rows]))
        if options.misses:
            _print_misses(questions, [(score, answer["status"], answer["answer"]) for score, answer in rows])
    return NOTHING if faults else OK


def _opened(options: Namespace) -> PolicyQa:
    """Answers in the mode asked for. Raises CommandError (2) when a model is asked for and none is configured."""
    if options.mode == "llm" and not (llm_settings().llm or llm_settings().llm_plan):
        raise CommandError("--mode llm needs a model. Set POLICYQA_LLM, such as openai:qwen-plus.", WRONG_USE)
    return open_answers(settings_from(), with_model=options.mode == "llm")


def _run(options: Namespace) -> int:
    """Asks and writes a run; a row that can't be read is named and left out."""
    from eval.runs import generate

    _given(options, 0)
    files = _files(options)
    questions = tuple(question for file in files for question in read_questions(file, complain))
    folder = options.out or RUNS / datetime.now().strftime("%Y%m%d-%H%M%S")
    if folder.exists():
        raise CommandError(f"{folder} exists. Give another --out.", WRONG_USE)
    settings = settings_from()
    kept = kept_replies(options.record, options.replay, options.model, options.note)
    qa = open_answers(settings, given=(kept.model, kept.limits)) if kept else _opened(options)
    faults = _report_problems(problems(questions, qa.corpus), folder)
    source = options.questions.name if options.questions else f"built-in ({options.split})"
    at_once, more = (kept.at_once, kept.manifest) if kept else (1, dict)
    with Progress("asking", len(questions)) as progress:
        made = generate(questions, source, qa, settings, folder, progress.update, at_once, more)
    _print_summary(f"{folder}: {len(questions)} questions", made.scores)
    _print_table(slots(made.questions, made.answers))
    faults += _report_problems(kept.ended(), kept.folder) if kept else 0
    return NOTHING if faults else OK


def _score(options: Namespace) -> int:
    from eval.runs import judge, rescore

    for folder in _given(options, 1):
        if options.judge:
            chosen = llm_settings()
            model = open_configured(chosen)
            if model is None:
                raise CommandError("--judge needs a model. Set POLICYQA_LLM, such as openai:qwen-plus.", WRONG_USE)
            judge(folder, model, chosen.limits)
        scored = rescore(folder)
        _print_summary(str(folder), scored.scores)
        _print_table(slots(scored.questions, scored.answers))
    return OK


def _compare(options: Namespace) -> int:
    from eval.compare import compare, table_of
    from eval.runs import read_run

    before, after = (read_run(folder) for folder in _given(options, 2))
    changes = compare(before, after)
    _print_table(table_of(changes))
    for change in changes:
        for word, names in (("better", change.better), ("worse", change.worse)):
            if names:
                more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
                print(f"{change.measure} {word}: {', '.join(names[:_SHOWN])}{more}")
    return OK


def _report(options: Namespace) -> int:
    from eval.report import write_report
    from eval.runs import read_run

    for folder in _given(options, 1):
        print(write_report(read_run(folder)))
    return OK


ACTIONS: dict[str, Callable[[Namespace], int]] = {
    "run": _run,
    "score": _score,
    "compare": _compare,
    "report": _report,
}


def _given(options: Namespace, count: int) -> list[Path]:
    if len(options.runs) != count:
        wanted = {0: "no run folder", 1: "1 run folder"}.get(count, f"{count} run folders")
        raise CommandError(f"eval {options.action} takes {wanted}.", WRONG_USE)
    return list(options.runs)


def _report_problems(rows: Sequence[str], file: Path) -> int:
    for row in rows:
        print(f"policyqa: {file.name}: {row}", file=sys.stderr)
    return len(rows)


def _print_summary(title: str, scores: Sequence[Score]) -> None:
    print(f"\n{title}")
    _print_table(table(scores))
    _print_table(recognition_table(scores))
    print("   ".join(f"{name}: {value:g}" for name, value in totals(scores).items()))


def _print_misses(questions: Sequence[GoldQuestion], rows: Sequence[tuple[Score, str, str]]) -> None:
    for question, (score, status, answer) in zip(questions, rows, strict=True):
        if score.clause_first == 0 or score.refused_wrongly or score.refused_rightly == 0:
            gold = ", ".join(g.clause_id for g in question.gold) or "refused"
            print(f"\n{question.id}  {question.question}\n  gold {gold}\n  {status}: {answer}")


def _print_table(rows: list[list[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
