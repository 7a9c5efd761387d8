"""Compares the parser's outlines with those written by hand from the sources (`make check-outlines DATA=…`).

`outlines.jsonl` holds paths alone: DATA/policies/ holds the documents, which are no part of the product.
"""

from __future__ import annotations

import json
import sys
from difflib import unified_diff
from pathlib import Path

from corpus.errors import CorpusError
from corpus.parse import parse
from corpus.readers import read_text

OUTLINES = Path(__file__).parent / "outlines.jsonl"


def main(arguments: list[str] | None = None) -> int:
    """Prints what differs, a line a path; 1 when an outline isn't exact, 3 when none of the documents is there."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) != 1 or not Path(given[0]).is_dir():
        print("usage: make check-outlines DATA=<folder with policies/>", file=sys.stderr)
        return 2
    rows = [json.loads(line) for line in OUTLINES.read_text(encoding="utf-8").splitlines() if line.strip()]
    present = [row for row in rows if (Path(given[0]) / "policies" / row["file"]).is_file()]
    if not present:
        print(f"{given[0]}: none of the {len(rows)} documents with an outline is in policies/.", file=sys.stderr)
        return 3
    exact = 0
    for row in present:
        differences = _differences(Path(given[0]) / "policies" / row["file"], row["paths"])
        exact += not differences
        for line in differences:
            print(f"{row['file']}: {line}")
    print(f"outlines exactly right: {exact}/{len(present)}" + ("" if len(present) == len(rows) else f" of {len(rows)}"))
    return 0 if exact == len(present) else 1


def _differences(file: Path, paths: list[str]) -> list[str]:
    """The paths that are missing (-) or too many (+)."""
    try:
        document = parse(file.stem, read_text(file))
    except CorpusError as error:
        return [str(error)]
    rows = unified_diff(paths, [node.path for node in document.nodes], lineterm="", n=0)
    return [row for row in rows if row[0] in "+-" and not row.startswith(("+++", "---"))]


if __name__ == "__main__":
    sys.exit(main())
