"""The journal as Server-Sent Events over a real server: live, resumed, and ended when the server stops."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.server_process import ServerProcess

PATIENCE_SECONDS = 30
LIMIT = {"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 10, "limitPrice": 1.5}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path) as process:
        yield process


def place(server: ServerProcess) -> str:
    """Place an order that stays open; returns its id."""
    body = json.dumps(LIMIT).encode()
    headers = {"Content-Type": "application/json"}
    url = f"{server.url}/api/v1/broker/orders"
    with urlopen(Request(url, body, headers), timeout=PATIENCE_SECONDS) as answer:
        return str(json.load(answer)["orderId"])


@contextmanager
def followed(server: ServerProcess, **headers: str) -> Iterator[HTTPResponse]:
    """The journal as a stream."""
    given = {"Accept": "text/event-stream"} | {name.replace("_", "-"): text for name, text in headers.items()}
    request = Request(f"{server.url}/api/v1/broker/events", headers=given)
    with urlopen(request, timeout=PATIENCE_SECONDS) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        yield stream


def next_event(stream: HTTPResponse) -> tuple[str, dict[str, Any]]:
    """Id and data of the next event; comments are passed over."""
    event_id = ""
    while line := stream.readline().decode():
        if line.startswith("id: "):
            event_id = line.removeprefix("id: ").strip()
        if line.startswith("data: "):
            data: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return event_id, data
    raise EOFError("the stream has ended")


def test_a_stream_is_live_resumes_and_ends_with_the_server(server: ServerProcess) -> None:
    first = place(server)
    with followed(server) as stream:
        assert next_event(stream)[1]["type"] == "AccountOpened"
        last_id, accepted = next_event(stream)
        assert accepted["data"]["order"]["id"] == first
        second = place(server)
        assert next_event(stream)[1]["data"]["order"]["id"] == second
    with followed(server, Last_Event_ID=last_id) as stream:
        assert next_event(stream)[1]["data"]["order"]["id"] == second
        assert server.terminate() in {0, 130, -15}
        with pytest.raises(EOFError):
            next_event(stream)
    assert "Traceback" not in "".join(server.said)
