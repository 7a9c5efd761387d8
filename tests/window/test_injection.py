"""What people, documents, staff, models and files write is shown as text, wherever the window shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from corpus.types import Department, Document, Period
from rag.answer import PolicyQa
from rag.llm.types import Limits, Message
from records.feedback import Given
from records.pins import Wanted
from tests.builders import a_corpus, a_policy, an_index
from tests.rag.builders import PairEmbedder
from tests.window.conftest import Open, Visit, Window, serving_window
from tests.window.payloads import LOOK_OUT, PAYLOADS

LINES = [payload.replace("\n", " ") for payload in PAYLOADS]
GROUPS = [LINES[start : start + 7] for start in range(0, len(LINES), 7)]
NUMERALS = "一二三四五六七"
CONVERSATIONS = ["a" * 32, "b" * 32]
PINNED = "固定答复怎么写？"


def hostile_document(number: int, lines: Sequence[str]) -> Document:
    """A clause for each line, and the lines in everything that a document says about itself and its bodies."""
    text = "".join(f"{numeral}、事项{numeral}{line}。\n" for numeral, line in zip(NUMERALS, lines, strict=False))
    joined, turned = " ".join(lines), " ".join(reversed(lines))
    document = a_policy(
        text, f'demo-{number}"><x-pq>', title=f"{joined}方案", jurisdiction=turned, issuer=turned, document_number=joined,
        period=Period(date(2020, 1, 1), date(2021, 1, 1), turned, "text"),
    )  # fmt: skip
    body = Department(joined, turned, "responsible", "department", "bracket", jurisdiction=turned)
    return replace(document, nodes=tuple(replace(node, departments=(body,)) for node in document.nodes))


@dataclass(frozen=True)
class Hostile:
    """A model that says what it is told to, and nothing of the texts."""

    name: str = "openai:<x-pq>"

    def stream(self, messages: Sequence[Message], _limits: Limits) -> Said:
        number = sum(len(message.content) for message in messages) % len(GROUPS)
        return Said(" ".join(GROUPS[number]))


@dataclass(frozen=True)
class Said:
    text: str

    def __iter__(self) -> Iterator[str]:
        yield from (self.text, "事项一[1]。", *LINES, "[1]。")

    def close(self) -> None:
        """Nothing is open."""


def qa_of(model: Hostile | None = None) -> PolicyQa:
    corpus = a_corpus(*(hostile_document(number, lines) for number, lines in enumerate(GROUPS)))
    return PolicyQa(corpus, an_index(corpus, PairEmbedder()), model, Limits() if model else None)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with serving_window(qa_of(), tmp_path_factory.mktemp("hostile")) as started:
        yield started


def found(page: Page) -> list[str]:
    return list(page.evaluate("window.found"))


def ask(page: Page, question: str, number: int) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer .notice, .answer.error")).to_have_count(number, timeout=20_000)


def test_the_look_out_sees_what_it_is_for(hostile: Window, visit: Open) -> None:
    """Without it the tests below would say nothing: each text is put into the page as HTML, as none of ours may be."""
    seen = visit(hostile.address, before=LOOK_OUT)
    unseen = seen.page.evaluate(
        """async (texts) => {
            const unseen = [];
            for (const text of texts) {
                window.found.length = 0;
                document.body.insertAdjacentHTML('beforeend', text);
                await new Promise((done) => setTimeout(done));
                if (!window.found.length) unseen.push(text);
            }
            return unseen;
        }""",
        [line for line in LINES if "http-equiv" not in line],  # which would lead away
    )
    assert len(LINES) - len(unseen) >= 50
    assert [text for text in unseen if re.search("<(img src|svg.onload|iframe|x-pq)[^>]*>", text)] == []
    seen.faults.clear()  # the policy has stopped what they would have loaded and run


def test_a_question_is_text_on_the_page_and_to_a_screen_reader(hostile: Window, visit: Open) -> None:
    seen = visit(hostile.address, before=LOOK_OUT)
    page = seen.page
    for start in range(0, len(LINES), 20):
        pairs = zip(LINES[start : start + 20 : 2], LINES[start + 1 : start + 20 : 2], strict=False)
        for number, (named, said) in enumerate(pairs, start=1):
            ask(page, f"《{named}》规定了什么{said}", number)
            expect(page.locator(".asked p").last).to_contain_text("规定了什么")
            assert page.locator(".asked p").last.text_content() == f"《{named}》规定了什么{said}"
        page.get_by_role("button", name="新的对话").click()
        expect(page.locator(".asked")).to_have_count(0)
    assert found(page) == []


def test_a_conversation_that_is_taken_up_again_is_text(hostile: Window, visit: Open) -> None:
    for conversation, lines in zip(CONVERSATIONS, (LINES[::2], LINES[1::2]), strict=True):
        for line in lines:
            hostile.services.answers.ask(f"《{line}》事项一是什么", (), channel="window", conversation=conversation)
    for conversation, lines in zip(CONVERSATIONS, (LINES[::2], LINES[1::2]), strict=True):
        stored = f"localStorage.setItem('policyqa-conversation', '{conversation}')"
        seen = visit(hostile.address, before=LOOK_OUT + stored)
        expect(seen.page.locator(".asked")).to_have_count(len(lines))
        for card in seen.page.locator(".answer details").all():
            card.evaluate("(node) => { node.open = true; }")
        for mark in seen.page.locator("a.mark").all()[:5]:
            mark.click()
        assert found(seen.page) == []


def test_documents_places_and_bodies_are_text_on_the_desk(hostile: Window, visit: Open) -> None:
    seen = visit(hostile.address, before=LOOK_OUT)
    page = seen.page
    assert page.title() == "政策问答"
    page.locator("#place input").click()
    expect(page.get_by_role("option")).to_have_count(len(GROUPS) + 1)
    page.keyboard.press("Escape")
    seen.tab("热线工作台")
    for label in ("地区", "部门", "文件"):
        page.locator("#filters").get_by_label(label).click()
        expect(page.get_by_role("option")).to_have_count(len(GROUPS) + 1)
        page.get_by_role("option").nth(3).click()
        page.locator("#filters").get_by_label(label).click()
        page.get_by_role("option").first.click()
    search = page.locator("#desk-search input, #desk-search textarea")
    for lines in GROUPS:
        search.fill(f"事项一 {lines[0]}")
        expect(page.locator("#result-1")).to_be_visible()
        search.fill(" ".join(lines))
        page.keyboard.press("Enter")
        expect(page.locator(".desk-answer, #desk-answer .warning").first).to_be_visible()
        search.fill("")
        expect(page.locator("#result-1")).to_have_count(0)
    seen.tab("部门职责")
    for number in range(len(GROUPS)):
        page.locator("#duties-place input").click()
        page.get_by_role("option").nth(number).click()
        page.wait_for_timeout(100)
        page.locator("#duties-body input").click()
        page.get_by_role("option").first.click()
        expect(page.locator("#duties tbody tr").first).to_contain_text(
            GROUPS[number][0].split("\u2028")[0].strip()[:12]
        )
    seen.tab("文件目录")
    expect(page.locator(".catalogue > li")).to_have_count(len(GROUPS))
    page.evaluate("document.querySelectorAll('.catalogue details').forEach((node) => { node.open = true; })")
    assert found(page) == []


def test_what_the_framework_says_of_a_wrong_choice_is_text(hostile: Window, visit: Open) -> None:
    """Its own message holds every choice there is, and stands in a notice that is read as HTML."""
    seen = visit(hostile.address, before=LOOK_OUT)
    page = seen.page

    def chosen_wrongly(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        body["data"][1] = "别处"
        route.continue_(post_data=json.dumps(body))

    page.route("**/gradio_api/queue/join*", chosen_wrongly)
    page.fill("#question textarea", "事项一是什么")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("toast-text")).to_have_text("页面已过期，请重新载入页面。")
    assert found(page) == []
    seen.faults.clear()  # the browser writes the 422 to its console


def test_the_page_of_a_document_has_no_script_whatever_it_holds(hostile: Window, visit: Open) -> None:
    seen = visit(hostile.address, before=LOOK_OUT)
    for document in hostile.services.qa.corpus.documents:
        answer = seen.page.goto(f"{hostile.address}/d/{document.id}")
        assert answer is not None
        assert answer.status == 200
        assert "script-src" not in answer.headers["content-security-policy"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert seen.page.locator("section").count() == len(document.nodes)
        assert found(seen.page) == []


def test_what_staff_see_of_votes_and_pins_is_text(hostile: Window, visit: Open) -> None:
    services, corpus = hostile.services, hostile.services.qa.corpus
    for line in LINES:
        answer = services.answers.ask(f"{line}事项一是什么")
        services.records.feedback.give(Given(answer.trace_id, "down", "答非所问", line))
    for document, lines in zip(corpus.documents, GROUPS, strict=True):
        cited = tuple((node.clause_id, node.text) for node in document.nodes)
        words = "".join(f"{line}[{number}]" for number, line in enumerate(lines, start=1))
        services.records.pins.keep(Wanted((*lines, f"{document.id}{PINNED}"), words, cited), "审核", corpus)
    seen = visit(hostile.address, before=LOOK_OUT)
    page = seen.page
    for number, document in enumerate(corpus.documents, start=1):
        ask(page, f"{document.id}{PINNED}", number)
    expect(page.locator(".badge.reviewed").first).to_be_visible()
    seen.tab("热线工作台")
    seen.tab("审核")
    page.locator("#sign-in input").fill(hostile.records.keys.make("<x-pq onclick=alert(1)>", "staff")[1])
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#who")).to_have_text("<x-pq onclick=alert(1)>（工作人员）")
    expect(page.locator("#pins li")).to_have_count(len(GROUPS))
    assert page.locator("#votes li").count() >= 40
    page.get_by_role("button", name="修改").first.click()
    page.get_by_role("button", name="写固定答复").first.click()
    assert found(page) == []


def test_a_models_words_are_text(tmp_path: Path, visit: Open) -> None:
    with serving_window(qa_of(Hostile()), tmp_path) as started:
        seen = visit(started.address, before=LOOK_OUT)
        for number in (1, 2):
            ask(seen.page, f"事项{NUMERALS[number]}有什么内容？", number)
        assert found(seen.page) == []


def upload(seen: Visit, name: str, content: str) -> None:
    seen.page.locator("#questions-file input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/jsonl", "buffer": content.encode()}
    )


def test_a_question_file_its_name_and_its_rows_are_text(hostile: Window, visit: Open) -> None:
    rows = [
        {"id": f"{number}{line}", "kind": line, "question": f"{line}事项一是什么", "answerable": True,
         "gold": [{"clause_id": 'demo-0"><x-pq>#一', "quote": line}]}
        for number, line in enumerate(LINES)
    ]  # fmt: skip
    broken = [json.dumps({line: line}, ensure_ascii=False) for line in LINES]
    content = "\n".join([*(json.dumps(row, ensure_ascii=False) for row in rows), *broken])
    seen = visit(hostile.address, before=LOOK_OUT)
    page = seen.page
    seen.tab("评测")
    upload(seen, "<img src=x onerror=alert(1)>'\"><x-pq onclick=alert(1)>.jsonl", content)
    expect(page.locator("#questions-file")).to_contain_text(".jsonl")
    page.locator("#bench-start").click()
    expect(page.locator("#bench-progress")).to_contain_text("完成：", timeout=30_000)
    expect(page.locator("#bench-outcome .warning li")).to_have_count(len(broken))
    for miss in page.locator(".miss summary").all()[:5]:
        miss.click()
    page.get_by_label("查看的运行").click()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    assert page.locator("#bench-outcome img").count() == 3
    assert found(page) == []


def test_no_handler_in_the_page_runs_even_if_html_got_in(hostile: Window, visit: Open) -> None:
    """The second wall: the policy. The page is given by hand what no text of ours could put there."""
    seen = visit(hostile.address)
    page = seen.page
    page.evaluate("window.ran = 0")
    for html in (
        '<img src="/favicon.ico?x" onerror="window.ran++" onload="window.ran++">',
        '<svg onload="window.ran++"></svg>', '<details open ontoggle="window.ran++"></details>',
        '<a id="by-hand" href="javascript:void(window.ran++)">x</a>', '<iframe srcdoc="<script>top.ran++</script>"></iframe>',
    ):  # fmt: skip
        page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", html)
    page.evaluate("document.getElementById('by-hand').click()")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran++'; document.body.append(s); }"
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") == 0
    assert sum("Content Security Policy" in fault for fault in seen.faults) >= 4
    seen.faults.clear()
    ask(page, "事项一是什么？", 1)
    assert seen.faults == []
