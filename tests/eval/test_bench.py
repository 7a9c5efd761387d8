"""Measuring times takes minutes and is no test; that it can be started is."""

from __future__ import annotations

import subprocess
import sys

from index.settings import ROOT


def test_importing_it_measures_nothing_and_loads_no_model() -> None:
    program = "import sys, eval.bench; print(callable(eval.bench.main), 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
