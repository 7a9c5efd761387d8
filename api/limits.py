"""How much one request may ask for."""

from __future__ import annotations

QUESTION = 4000  # characters
TURNS, TURN = 40, 8000  # of a history: how many, and characters of each
BODY, DOCUMENT = 512 * 1024, 16 * 1024 * 1024  # bytes of a request, and of one that brings a file
RESULTS = 50
