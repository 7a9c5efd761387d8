"""What locust's clients do: only ask (`Asking`), or everything that the service has (`Everything`)."""

from __future__ import annotations

import json
import random
from pathlib import Path

from locust import FastHttpUser, task

_FILES = sorted((Path(__file__).parents[1] / "questions").glob("dev*.jsonl"))
QUESTIONS = [json.loads(line)["question"] for file in _FILES for line in file.read_text(encoding="utf-8").splitlines()]
WORDS = ("在线教育", "无人工厂", "智慧交通", "人才公寓", "直播电商")


class _Client(FastHttpUser):
    abstract = True

    def question(self) -> str:
        return str(random.choice(QUESTIONS))

    def ask(self) -> str | None:
        with self.rest("POST", "/api/ask", json={"question": self.question()}) as response:
            return response.js.get("trace_id") if response.js else None


class Asking(_Client):
    @task
    def asks(self) -> None:
        self.ask()


class Everything(_Client):
    @task(14)
    def asks(self) -> None:
        self.ask()

    @task(3)
    def votes(self) -> None:
        if identity := self.ask():
            self.client.post("/api/feedback", json={"answer_id": identity, "vote": "down", "reason": "其他"})

    @task(3)
    def searches(self) -> None:
        self.client.get("/api/search", params={"q": random.choice(WORDS)}, name="/api/search")

    @task(2)
    def streams(self) -> None:
        with self.client.post("/api/ask/stream", json={"question": self.question()}, stream=True) as response:
            while response.stream.read(4096):
                pass

    @task(1)
    def reads(self) -> None:
        self.client.get("/d/jiading-2021")

    @task(1)
    def chats(self) -> None:
        self.client.post(
            "/v1/chat/completions",
            json={"messages": [{"role": "user", "content": self.question()}], "model": "policyqa"},
        )
