"""What of the framework is open, and to whom."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import Mount, Route

from app_ui import window_app
from eval.benchmark import Benchmark
from index.settings import IndexSettings
from rag.live import LiveQa
from records.book import open_records
from records.keys import ANONYMOUS, Holder
from records.services import services_of
from tests.api.serving import answers_of, sqlite
from tests.builders import a_corpus, a_policy
from tests.window.conftest import Window, serving_window
from window.doors import is_open
from window.evaluators import Evaluators
from window.uploads import FILE, UploadError, Uploads, the_folder

USED = {  # what the page was seen to ask for; Gradio's pattern of each
    ("GET", "/"), ("HEAD", "/"), ("GET", "/assets/{path:path}"), ("GET", "/theme.css"), ("GET", "/favicon.ico"),
    ("GET", "/gradio_api/app_id"), ("GET", "/gradio_api/heartbeat/{session_hash}"), ("POST", "/gradio_api/queue/join"),
    ("GET", "/gradio_api/queue/data"), ("POST", "/gradio_api/cancel"), ("POST", "/gradio_api/reset"),
    ("POST", "/gradio_api/upload"), ("GET", "/gradio_api/upload_progress"),
}  # fmt: skip
FILED = "/gradio_api/file="
CHANGING = ("duties-body", "bench-run", "bench-before")  # lists to choose from
AWAY = {"x-forwarded-for": "198.51.100.7"}  # what makes a request come from elsewhere
QUESTIONS = b'{"id": "q1", "kind": "lookup", "question": "\xe9\x97\xae", "answerable": false, "status": "refused"}\n'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with serving_window(answers_of(a_corpus()), tmp_path_factory.mktemp("doors")) as started:
        yield started


@pytest.fixture
def here(served: Window) -> Iterator[httpx.Client]:
    """Somebody at the machine."""
    with httpx.Client(base_url=served.address, timeout=20) as client:
        yield client


@pytest.fixture
def away(served: Window) -> Iterator[httpx.Client]:
    """Anybody, through a proxy on the same machine."""
    with httpx.Client(base_url=served.address, timeout=20, headers=AWAY) as client:
        yield client


@pytest.fixture
def staff(served: Window) -> Iterator[httpx.Client]:
    key = served.records.keys.make("热线", "staff")[1]
    with httpx.Client(base_url=served.address, timeout=20, headers=AWAY | {"authorization": f"Bearer {key}"}) as client:
        yield client


def routes_of_the_framework(tmp_path: Path) -> list[tuple[str, str]]:
    live, records = LiveQa(answers_of(a_corpus())), open_records(sqlite(tmp_path))
    try:
        window = window_app(services_of(live, records), Benchmark(live, IndexSettings(embedder="none"), tmp_path))
    finally:
        records.close()
    mounted = next(route.app for route in window.routes if isinstance(route, Mount))
    found: list[tuple[str, str]] = []

    def walk(routes: Any) -> None:
        for route in routes:
            if isinstance(route, Route) or hasattr(route, "methods"):
                found.extend((method, route.path) for method in route.methods or ())
            else:
                walk(route.original_router.routes)  # as FastAPI keeps one that was included

    walk(mounted.routes)  # type: ignore[attr-defined]
    return sorted(set(found))


def test_each_route_of_the_framework_that_the_page_does_not_use_is_closed(tmp_path: Path) -> None:
    """A new version's route is closed until somebody opens it here and in the table."""
    routes = routes_of_the_framework(tmp_path)
    assert len(routes) > 60
    opened = set()
    for method, pattern in routes:
        for filling in ("predict", "a1", "x.js"):
            if is_open(method, re.sub(r"\{[^}]*\}", filling, pattern)):
                opened.add((method, pattern))
    predict = {("POST", "/gradio_api/run/{api_name}")}
    frames = {("GET", "/static/{path:path}")}
    assert opened - predict - frames == USED
    assert not is_open("POST", "/gradio_api/run/ask")
    assert not is_open("GET", "/static/img/logo.svg")


CLOSED = [
    ("GET", "/config"), ("GET", "/gradio_api/info"), ("GET", "/gradio_api/openapi.json"), ("GET", "/gradio_api/runs"),
    ("POST", "/gradio_api/call/ask"), ("POST", "/gradio_api/api/predict"), ("POST", "/gradio_api/run/ask"),
    ("GET", "/gradio_api/proxy=https://evil.example/"), ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/stream/x"), ("GET", "/gradio_api/file=/etc/passwd"), ("GET", "/gradio_api/file/etc/passwd"),
    ("GET", "/gradio_api/file=https://evil.example/"), ("GET", "/monitoring"), ("GET", "/monitoring/summary"),
    ("POST", "/login"), ("GET", "/logout"), ("GET", "/mcp"), ("POST", "/gradio_api/mcp/"), ("GET", "/gradio_api/deep_link"),
    ("GET", "/gradio_api/queue/status"), ("GET", "/gradio_api/startup-events"), ("GET", "/svelte/svelte.js"),
    ("GET", "/gradio_api/token"), ("GET", "/gradio_api/user"), ("POST", "/gradio_api/vibe-edit"), ("GET", "/manifest.json"),
    ("GET", "/robots.txt"), ("GET", "/docs"), ("GET", "/redoc"), ("GET", "/static/img/logo.svg"), ("OPTIONS", "/"),
    ("POST", "/"), ("DELETE", "/gradio_api/upload"), ("TRACE", "/"), ("GET", "/scripts/../pages.py"),
    # the open ones under other names
    ("HEAD", "/gradio_api/app_id"), ("HEAD", "/theme.css"), ("GET", "/gradio_api/app_id/"), ("GET", "//gradio_api/app_id"),
    ("GET", "/gradio_api//app_id"), ("GET", "/gradio_api/%61pp_id"), ("GET", "/gradio_api%2fapp_id"),
    ("GET", "/gradio_api/./app_id"), ("GET", "/assets/../gradio_api/info"), ("GET", "/assets/%2e%2e/gradio_api/info"),
    ("GET", "/assets/..%2findex.html"), ("GET", "/assets//x.js"), ("GET", "/GRADIO_API/app_id"), ("GET", "/theme.css%00"),
    ("GET", "/theme.css%0a"), ("POST", "/gradio_api/run/predict/"), ("POST", "/gradio_api/upload/"),
    ("POST", "/gradio_api/%75pload"), ("GET", "/gradio_api/heartbeat/A%2e"), ("GET", "/gradio_api/queue/data/"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_what_the_page_does_not_use_is_not_there(method: str, path: str, here: httpx.Client) -> None:
    host, port = here.base_url.host, here.base_url.port
    # as it is written: a client would tidy the path up
    with socket.create_connection((host, port), timeout=10) as connection:
        head = f"{method} {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        answer = connection.recv(65536)
    assert answer.split(b" ")[1] in (b"404", b"400"), answer[:80]


def test_the_page_takes_nothing_from_its_query(here: httpx.Client) -> None:
    assert '"deep_link_state":"none"' in here.get("/?deep_link=abc&page=x").text


def test_each_page_has_a_nonce_of_its_own_on_every_script_and_no_text_can_obtain_it(tmp_path: Path) -> None:
    title = '</script><script>alert(1)</script><script nonce="{{ request.scope.state.nonce }}">'
    qa = answers_of(a_corpus(a_policy(title=title, jurisdiction=title)))
    with serving_window(qa, tmp_path) as started:
        first, second = httpx.get(started.address), httpx.get(started.address)
    nonces = [re.findall("'nonce-([^']+)'", given.headers["content-security-policy"]) for given in (first, second)]
    assert [len(given) for given in nonces] == [1, 1]
    assert nonces[0] != nonces[1]
    scripts = re.findall("<script[^>]*>", first.text)
    assert len(scripts) >= 7
    assert all(f'nonce="{nonces[0][0]}"' in script for script in scripts)
    assert first.text.count(nonces[0][0]) == len(scripts)
    assert "alert(1)" in first.text
    directives = dict(part.strip().split(" ", 1) for part in first.headers["content-security-policy"].split(";"))
    assert "'unsafe-inline'" not in directives["script-src"]
    assert (directives["object-src"], directives["base-uri"], directives["form-action"]) == (
        "'none'",
        "'self'",
        "'self'",
    )
    assert directives["frame-ancestors"] == "'self'"


def send_file(client: httpx.Client, name: str = "q.jsonl", content: bytes = QUESTIONS, **more: Any) -> httpx.Response:
    return client.post("/gradio_api/upload", files={"files": (name, content)}, **more)


def test_only_evaluators_bring_files(here: httpx.Client, away: httpx.Client, staff: httpx.Client) -> None:
    assert send_file(away).status_code == 403
    assert "登录" in send_file(away).json()["detail"]
    for allowed in (here, staff):
        (path,) = send_file(allowed).json()
        assert Path(path).read_bytes() == QUESTIONS
        assert Path(path).is_relative_to(the_folder())
    assert the_folder().stat().st_mode & 0o777 == 0o700


def test_unless_the_operator_says_so_nobody_is_at_the_machine(tmp_path: Path) -> None:
    """A proxy that hands on no header, or another user of the machine, looks like whoever sits at it."""
    with serving_window(answers_of(a_corpus()), tmp_path, evaluate_here=False) as started:
        key = started.records.keys.make("热线", "staff")[1]
        with httpx.Client(base_url=started.address, timeout=20) as client:
            assert send_file(client).status_code == 403
            assert "登录" in send_file(client).json()["detail"]
            compare = a_call(of(functions(client), "click", 2), [None, None])
            assert "登录" in client.post("/gradio_api/run/predict", json=compare).text
            (path,) = send_file(client, headers={"authorization": f"Bearer {key}"}).json()
            assert client.get(f"{FILED}{path}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("q.exe", QUESTIONS, 415),
        ("q", QUESTIONS, 415),
        (".jsonl", QUESTIONS, 415),
        ("q.jsonl.html", QUESTIONS, 415),
        ("q.xlsx", QUESTIONS, 415),
        ("q.csv", b"PK\x03\x04rest", 415),
        ("q.jsonl", b"\x7fELF\x00", 415),
        ("q.jsonl", b"x" * (FILE + 1), 413),
    ],
)
def test_what_is_no_question_file_is_not_taken(name: str, content: bytes, status: int, here: httpx.Client) -> None:
    before = sorted(the_folder().rglob("*"))
    assert send_file(here, name, content).status_code == status
    assert sorted(the_folder().rglob("*")) == before


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_question_file_is_taken_in_any_encoding_that_is_read(encoding: str, tmp_path: Path) -> None:
    content = "question\n谁负责夜市？\n".encode(encoding)
    assert Uploads(tmp_path.resolve()).keep("题库.csv", content).read_bytes() == content


def test_one_file_a_request_and_nothing_beside_it(here: httpx.Client) -> None:
    two = [("files", ("a.csv", b"a")), ("files", ("b.csv", b"b"))]
    assert here.post("/gradio_api/upload", files=two).status_code == 400
    assert send_file(here, data={"a": "b"}).status_code == 400
    assert here.post("/gradio_api/upload", content=b"no form").status_code == 400
    endless = (b"x" * 65536 for _ in range(400))
    form = {"content-type": "multipart/form-data; boundary=b"}
    assert here.post("/gradio_api/upload", content=endless, headers=form).status_code in (400, 413)


def test_a_files_name_leads_nowhere_and_holds_no_markup(here: httpx.Client) -> None:
    (path,) = send_file(here, "../../<img src=x>.jsonl").json()
    assert Path(path).name == "_img src_x_.jsonl"
    assert Path(path).parent.parent == the_folder()


def test_the_folder_is_bounded_and_what_is_old_goes(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path.resolve(), most=100)
    first = uploads.keep("a.csv", b"a" * 60)
    with pytest.raises(UploadError) as full:
        uploads.keep("b.csv", b"b" * 60, "key:another")
    assert full.value.status == 507
    old = time.time() - 4000
    for path in (first, first.parent):
        os.utime(path, (old, old))
    second = uploads.keep("b.csv", b"b" * 60)
    assert uploads.holds(str(second))
    assert not first.exists()
    assert second.stat().st_mode & 0o777 == 0o600
    uploads.close()
    assert not tmp_path.exists()


def test_one_visitors_files_push_out_his_own_and_no_others(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path.resolve(), most=100, each=40)
    others = uploads.keep("o.csv", b"o" * 40, "key:other")
    own = [uploads.keep(f"{number}.csv", b"a" * 15, "key:greedy") for number in range(16)]  # 15 + 15 <= 40 < 15 * 3
    assert [path.exists() for path in own] == [False] * 14 + [True] * 2
    assert others.exists()
    third = uploads.keep("t.csv", b"t" * 30, "key:third")  # 40 + 30 + 30 = 100
    assert third.exists()
    with pytest.raises(UploadError):
        uploads.keep("f.csv", b"f", "key:fourth")
    own[-2].unlink()
    assert uploads.keep("u.csv", b"u" * 10, "key:third").exists()
    assert third.exists()
    assert uploads.keep("v.csv", b"v" * 40, "key:other").exists()
    assert not others.exists()


def test_a_visitors_share_is_counted_by_whoever_sends_it(here: httpx.Client, staff: httpx.Client) -> None:
    large = b"x" * (FILE - 1)
    (of_staff,) = send_file(staff).json()
    for _ in range(17):  # 17 * 8 MiB would be more than the folder holds
        assert send_file(here, content=large).status_code == 200
    assert staff.get(f"{FILED}{of_staff}").status_code == 200
    assert sum(path.stat().st_size for path in the_folder().rglob("*.jsonl")) < 40 * 1024 * 1024


def test_what_a_killed_process_left_behind_goes_and_a_living_ones_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    names = {f"policyqa-window-{gone.pid}-a": False, f"policyqa-window-{os.getpid()}-b": True,
             "policyqa-window-x-c": True, f"other-{gone.pid}-d": True}  # fmt: skip
    for name in names:
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - 4000,) * 2)
    fresh = the_folder.__wrapped__()
    assert {name: (tmp_path / name).exists() for name in names} == names
    assert fresh.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "x", "", "\0", "{folder}", "{folder}/../{folder.name}/a/q.csv", "{folder}/link"]
)
def test_only_files_of_the_folder_are_held(name: str, tmp_path: Path) -> None:
    folder = tmp_path.resolve() / "kept"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "q.csv").write_text("x")
    (folder / "link").symlink_to("/etc/passwd")
    uploads = Uploads(folder)
    assert uploads.holds(str(folder / "a" / "q.csv"))
    assert not uploads.holds(name.format(folder=folder))


def test_files_are_given_back_to_evaluators_alone(here: httpx.Client, away: httpx.Client, staff: httpx.Client) -> None:
    (path,) = send_file(here).json()
    assert here.get(f"{FILED}{path}").content == QUESTIONS
    assert staff.get(f"{FILED}{path}").status_code == 200
    assert away.get(f"{FILED}{path}").status_code == 404
    for other in ("/etc/passwd", f"{path}/../../../../../etc/passwd", "//etc/passwd", f"{Path(path).parent}"):
        assert here.get(f"{FILED}{other}").status_code == 404


def functions(client: httpx.Client) -> list[dict[str, Any]]:
    written = re.search(r"window\.gradio_config = (\{.*?\});</script>", client.get("/").text, re.S)
    assert written is not None
    rows: list[dict[str, Any]] = json.loads(written[1])["dependencies"]
    return rows


def of(rows: list[dict[str, Any]], event: str, inputs: int) -> int:
    return next(row["id"] for row in rows if row["targets"][0][1] == event and len(row["inputs"]) == inputs)


def a_call(function: int, data: list[Any], **changes: Any) -> dict[str, Any]:
    return {"data": data, "fn_index": function, "session_hash": "person1", "trigger_id": None} | changes


@pytest.mark.parametrize("path", ["/etc/passwd", "https://evil.example/x.jsonl", "{own}"])
def test_an_event_names_no_file_that_was_not_brought(path: str, here: httpx.Client, away: httpx.Client) -> None:
    """The framework copies any path, and fetches any address, before the function is asked whether it may."""
    (own,) = send_file(here).json()
    run = of(functions(here), "click", 3)
    file = {"path": path.format(own=own), "url": "https://evil.example/", "meta": {"_type": "gradio.FileData"}}
    call = a_call(run, [file, "内置开发集", "摘录"])
    assert away.post("/gradio_api/queue/join", json=call).status_code == 403
    assert here.post("/gradio_api/queue/join", json=call).status_code == (200 if path == "{own}" else 403)
    if path == "{own}":
        here.post("/gradio_api/cancel", json={"event_id": "0" * 32, "session_hash": "person1", "fn_index": run})


@pytest.mark.parametrize(
    "changes",
    [
        {"fn_index": 999}, {"fn_index": "1"}, {"fn_index": True}, {"fn_index": None}, {"session_hash": None},
        {"session_hash": "../x"}, {"session_hash": "a" * 33}, {"data": None}, {"data": [["a"]]}, {"data": [{"a": 1}]},
        {"data": ["x" * 9000, None, None, None]}, {"data": [None] * 9},
    ],
)  # fmt: skip
def test_a_call_that_the_page_would_not_make_is_refused(changes: dict[str, Any], here: httpx.Client) -> None:
    ask = of(functions(here), "submit", 4)
    call = a_call(ask, ["问", "全部", "", None]) | changes
    assert here.post("/gradio_api/queue/join", json=call).status_code == 422
    assert here.post("/gradio_api/run/predict", json=call).status_code == 422


def well_formed(
    rows: list[dict[str, Any]], components: dict[int, dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """(function, inputs as the page sends them) of each that the page asks the service for."""
    for row in rows:
        if row["backend_fn"]:
            shown = [components[number] for number in row["inputs"]]
            yield row, [None if one["type"] in ("state", "file") else one["props"].get("value") for one in shown]


def components(client: httpx.Client) -> dict[int, dict[str, Any]]:
    written = re.search(r"window\.gradio_config = (\{.*?\});</script>", client.get("/").text, re.S)
    assert written is not None
    return {row["id"]: row for row in json.loads(written[1])["components"]}


def send_call(client: httpx.Client, row: dict[str, Any], data: list[Any]) -> httpx.Response:
    path = "/gradio_api/queue/join" if row["queue"] else "/gradio_api/run/predict"
    written = json.dumps(a_call(row["id"], data, session_hash=f"f{row['id']}"))
    return client.post(path, content=written, headers={"content-type": "application/json"})


def test_each_functions_inputs_are_of_their_kind_and_number(
    here: httpx.Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    found = components(here)
    tried = 0
    for row, data in well_formed(functions(here), found):
        wrong = [[*data, None], [*data, ""], *([data[:-1]] if data else [])]
        for at, number in enumerate(row["inputs"]):
            kind = found[number]["type"]
            ugly: list[Any] = [5, 1.5, True, [], ["全部"], {}, {"path": 5}, {"a": 1}, "x" * 9000]
            ugly += [None] if kind in ("textbox", "radio") else []
            props = found[number]["props"]
            ugly += ["没有这一项", "", "\0"] if props.get("choices") and props.get("elem_id") not in CHANGING else []
            ugly += ["x"] if kind in ("file", "state") else []
            wrong += [[*data[:at], value, *data[at + 1 :]] for value in ugly]
        for inputs in wrong:
            refused = send_call(here, row, inputs)
            assert (row["id"], inputs, refused.status_code) == (row["id"], inputs, 422)
            assert refused.headers["content-type"] == "application/problem+json"
            tried += 1
    assert tried > 200
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    assert "Traceback" not in "".join(capfd.readouterr())


def test_whatever_is_well_formed_is_answered(
    here: httpx.Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """In place of each text and of each choice from a list that changes."""
    found = components(here)
    for row, data in well_formed(functions(here), found):
        if row["queue"]:
            continue
        assert send_call(here, row, data).status_code == 200
        for at, number in enumerate(row["inputs"]):
            if found[number]["type"] == "textbox" or found[number]["props"].get("elem_id") in CHANGING:
                for value in (" ", "\0", "\u200b", "../../etc", "a" * 8000, "\ud800", "问" * 4001, "%s{}", "？"):
                    answered = send_call(here, row, [*data[:at], value, *data[at + 1 :]])
                    assert (row["id"], value, answered.status_code) == (row["id"], value, 200)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_body_is_bounded_and_must_be_readable(here: httpx.Client) -> None:
    for body, status in (
        (b"{" * 70_000, 413),
        (b"{", 422),
        (b"[" * 50_000, 422),
        (b"5", 422),
        (b"\xff", 422),
        (b"", 422),
    ):
        assert here.post("/gradio_api/queue/join", content=body).status_code == status
        assert here.post("/gradio_api/cancel", content=body).status_code == status


def test_a_queued_function_is_not_run_past_the_queue(here: httpx.Client) -> None:
    ask = of(functions(here), "submit", 4)
    assert here.post("/gradio_api/run/predict", json=a_call(ask, ["问", "全部", "", None])).status_code == 422


def test_nobody_reads_anothers_stream(here: httpx.Client, away: httpx.Client) -> None:
    ask = of(functions(here), "submit", 4)
    call = a_call(ask, ["在线教育由谁负责？", "全部", "", None], session_hash="mine1")
    assert here.post("/gradio_api/queue/join", json=call).status_code == 200
    for client, session in ((here, "unknown"), (here, ""), (here, "a&session_hash=b")):
        assert client.get("/gradio_api/queue/data", params={"session_hash": session}).status_code in (404, 422)
    assert away.get("/gradio_api/queue/data", params={"session_hash": "mine1"}).status_code == 404
    with here.stream("GET", "/gradio_api/queue/data", params={"session_hash": "mine1"}) as events:
        assert any("process_completed" in line for line in events.iter_lines())


def test_a_page_is_the_first_visitors_on_every_way_to_it(here: httpx.Client, away: httpx.Client) -> None:
    """Who knows the name of a page that another has open gets nothing of it, and ends nothing on it."""
    ask = of(functions(here), "submit", 4)
    call = a_call(ask, ["在线教育由谁负责？", "全部", "", None], session_hash="victim1")
    joined = here.post("/gradio_api/queue/join", json=call).json()
    for path, body in (
        ("/gradio_api/queue/join", call),
        ("/gradio_api/run/predict", a_call(of(functions(here), "load", 1), [""], session_hash="victim1")),
        ("/gradio_api/cancel", {"event_id": joined["event_id"], "session_hash": "victim1", "fn_index": ask}),
        ("/gradio_api/cancel", {"event_id": "0" * 32, "session_hash": "victim1", "fn_index": ask}),
        ("/gradio_api/cancel", {"event_id": "0" * 32, "session_hash": "unknown1", "fn_index": ask}),
        ("/gradio_api/reset", {"event_id": "0" * 32, "session_hash": "victim1", "fn_index": ask}),
    ):
        assert (path, away.post(path, json=body).status_code) == (path, 404)
    for path in ("/gradio_api/heartbeat/victim1", "/gradio_api/queue/data?session_hash=victim1"):
        assert away.get(path).status_code == 404
    with here.stream("GET", "/gradio_api/queue/data", params={"session_hash": "victim1"}) as events:
        assert any("process_completed" in line for line in events.iter_lines())
    with here.stream("GET", "/gradio_api/heartbeat/beats1") as beating:
        assert beating.status_code == 200
        assert away.post("/gradio_api/queue/join", json=call | {"session_hash": "beats1"}).status_code == 404


def a_scope(client: Any = ("127.0.0.1", 1), caller: Holder = ANONYMOUS, **headers: str) -> dict[str, Any]:
    given = {"host": "localhost:7860"} | {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    return {"type": "http", "client": client, "state": {"caller": caller}, "headers": raw}


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (a_scope(), True),
        (a_scope(host="127.0.0.1:7860"), True),
        (a_scope(("::1", 1), host="[::1]:7860"), True),
        (a_scope(("198.51.100.7", 1)), False),
        (a_scope(("198.51.100.7", 1), Holder("staff", "k", "热线")), True),
        (a_scope(None), False),
        (a_scope(host="policy.example"), False),
        (a_scope(host="localhost.evil.example"), False),
        (a_scope(host=""), False),
        (a_scope(host="[::1"), False),
        (a_scope(x_forwarded_for="127.0.0.1"), False),
        (a_scope(x_forwarded_host="localhost"), False),
        (a_scope(x_real_ip="127.0.0.1"), False),
        (a_scope(forwarded="for=127.0.0.1"), False),
        (a_scope(via="1.1 proxy"), False),
        (a_scope(sec_fetch_site="same-origin"), True),
        (a_scope(sec_fetch_site="cross-site"), False),
    ],
)
def test_the_benchmark_is_for_staff_and_for_the_machine_itself(scope: dict[str, Any], may: bool) -> None:
    assert Evaluators(here=True).include(scope) is may
    signed_in = scope["state"]["caller"].may("staff")
    assert Evaluators().include(scope) is signed_in
