"""Libraries that call home, keep an identifier or send what is asked to their makers: off, before any of them is loaded.

Each reads its variable when it is imported, so the packages of the product import this first. It isn't a default that the
environment can change: nobody is asked whether they agree.
"""

from __future__ import annotations

import os
from pathlib import Path

OFF = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime: a device id under ~/.cache, look-ups and uploads while it runs
    "GRADIO_ANALYTICS_ENABLED": "False",  # gradio: its maker told of starts and errors; the check for a newer version
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, transformers, sentence-transformers
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",  # the user's own token with every download
    "DISABLE_TELEMETRY": "1",  # what several of them read beside their own
    "DO_NOT_TRACK": "1",
    "LANGSMITH_TRACING": "false",  # langchain: every prompt to its maker, where the environment happens to say so
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}
# what gradio lets the environment say about the page and its paths, ports and sharing, and about a host of its maker's: all
# of that is ours to say, so none of it is heard
DROPPED = ("GRADIO_", "SPACE_", "SPACES_", "OAUTH_", "OPENID_")
# matplotlib's list of fonts: beside the index, which is made from other things too, and not in its user's home
KEPT = {"MPLCONFIGDIR": str(Path(__file__).resolve().parent / "store" / "matplotlib")}

for _name in [name for name in os.environ if name.startswith(DROPPED)]:
    del os.environ[_name]
os.environ.update(OFF)
for _name, _value in KEPT.items():
    os.environ.setdefault(_name, _value)
