"""What calls home stays off, whatever the environment said."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from index.quiet import KEPT, OFF
from index.settings import ROOT

ON = {name: "true" if "TRACING" in name else "True" if value == "False" else "0" for name, value in OFF.items()}


def seen(*programs: str, **environ: str) -> list[dict[str, str]]:
    """The environment after each of the programs, on its own, as JSON."""
    found = []
    for program in programs:
        text = f"{program}; import json, os; print(json.dumps(dict(os.environ)))"
        done = subprocess.run(
            [sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, **environ}
        )  # fmt: skip
        found.append(json.loads(done.stdout))
    return found


def test_an_environment_that_says_otherwise_changes_nothing() -> None:
    for environ in seen("import cli", "import eval.metrics", "import index.settings", **ON):
        assert {name: environ[name] for name in OFF} == OFF


def test_what_gradio_would_be_told_by_the_environment_it_is_not_told() -> None:
    told = dict.fromkeys(("GRADIO_ROOT_PATH", "GRADIO_ALLOWED_PATHS", "GRADIO_TEMP_DIR", "GRADIO_SHARE", "GRADIO_LOCAL_DEV_MODE", "GRADIO_ANYTHING", "SPACE_ID", "SPACE_HOST", "SPACES_ZERO_GPU", "OAUTH_CLIENT_ID"), "/elsewhere")  # fmt: skip
    for environ in seen("import cli", "import server", "import app_ui", "import index.settings", **told):
        left = {name for name in environ if name.startswith(("GRADIO_", "SPACE", "OAUTH_"))}
        assert left - {"GRADIO_ANALYTICS_ENABLED"} == set()


def test_a_folder_for_fonts_that_somebody_chose_is_used() -> None:
    (environ,) = seen("import index", MPLCONFIGDIR="/nowhere")
    assert environ["MPLCONFIGDIR"] == "/nowhere"
    assert KEPT["MPLCONFIGDIR"].startswith(str(ROOT / "index" / "store"))


@pytest.mark.parametrize(
    "asked",
    [
        "from gradio.analytics import analytics_enabled as on; print(on())",
        "from huggingface_hub.constants import HF_HUB_DISABLE_TELEMETRY as off; print(not off)",
        "from langsmith.utils import tracing_is_enabled as on; print(on())",
    ],
)
def test_the_libraries_have_understood(asked: str) -> None:
    program = f"import index; {asked}"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, **ON}
    )
    assert done.stdout.strip() == "False"
