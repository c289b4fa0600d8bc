"""Both kinds of connection keep the same promises, whatever the application at the other end does."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import pytest
import uvicorn

from trading_api.clients import ws_in_process
from trading_api.clients.endpoint import ASGIApp, Endpoint, Message, Receive, Scope, Send
from trading_api.clients.stream import open_socket
from trading_api.clients.ws_transport import MAX_HEARD_BYTES, HandshakeRefused, SocketClosed

PATH = "/api/v1/small"
ACCEPT = {"type": "websocket.accept"}


@asynccontextmanager
async def in_process(app: ASGIApp) -> AsyncIterator[Endpoint]:
    """The application without a socket."""
    yield Endpoint(f"http://in-process{PATH}", app)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[Endpoint]:
    """The application behind a real server on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listener]), name="served-streams")
        try:
            yield Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}")
        finally:
            server.should_exit = True
            await serving


both = pytest.mark.parametrize("serve", [in_process, served])
Serve: TypeAlias = Callable[[ASGIApp], AbstractAsyncContextManager[Endpoint]]


def application(converse: Callable[[Receive, Send], Awaitable[None]]) -> ASGIApp:
    """An application that accepts the connection and then does this."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send(ACCEPT)
        await converse(receive, send)

    return app


async def nothing_more(receive: Receive, send: Send) -> None:
    """Read until the client goes."""
    while (await receive())["type"] != "websocket.disconnect":
        pass


@both
async def test_frames_go_both_ways_in_order(serve: Serve) -> None:
    async def echo(receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})

    texts = ["", "one", "Größe € 日本", "x" * (MAX_HEARD_BYTES - 10), *map(str, range(100))]
    async with serve(application(echo)) as endpoint:
        connection = await open_socket(endpoint)
        for text in texts:
            await connection.send(text)
            assert await connection.receive() == text
        await connection.aclose()


@both
async def test_the_application_sees_where_it_is_called(serve: Serve) -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)
        await receive()
        await send(ACCEPT)
        await nothing_more(receive, send)

    async with serve(app) as endpoint:
        await (await open_socket(endpoint)).aclose()
    (scope,) = seen
    headers = dict(scope["headers"])
    assert (scope["type"], scope["path"], scope["scheme"]) == ("websocket", f"{PATH}/ws", "ws")
    assert headers[b"host"].decode() == endpoint.url.split("/")[2]
    assert b"origin" not in headers


@both
async def test_bytes_are_handed_on(serve: Serve) -> None:
    async def converse(receive: Receive, send: Send) -> None:
        await send({"type": "websocket.send", "bytes": b"\x00\xff"})
        await nothing_more(receive, send)

    async with serve(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        assert await connection.receive() == b"\x00\xff"
        await connection.aclose()


@both
@pytest.mark.parametrize("code", [1000, 1001, 4401, 4408, 4503])
async def test_a_close_comes_after_the_frames_before_it(serve: Serve, code: int) -> None:
    async def converse(receive: Receive, send: Send) -> None:
        for text in "abc":
            await send({"type": "websocket.send", "text": text})
        await send({"type": "websocket.close", "code": code, "reason": "because"})

    async with serve(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        assert [await connection.receive() for _ in range(3)] == ["a", "b", "c"]
        for _ in range(2):
            with pytest.raises(SocketClosed, match=f"{code} because") as closed:
                await connection.receive()
            assert (closed.value.code, closed.value.reason) == (code, "because")
        with pytest.raises(SocketClosed):
            await connection.send("too late")
        await connection.aclose()


@both
@pytest.mark.parametrize("fails", [True, False])
async def test_an_application_that_ends_is_a_lost_connection(serve: Serve, fails: bool) -> None:
    async def converse(receive: Receive, send: Send) -> None:
        assert not fails

    async with serve(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        with pytest.raises(SocketClosed) as closed:
            await connection.receive()
        assert closed.value.code == 1006
        await connection.aclose()


@both
@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        ([{"type": "websocket.close", "code": 1000}], 403, b""),
        (
            [
                {"type": "websocket.http.response.start", "status": 404, "headers": []},
                {"type": "websocket.http.response.body", "body": b'{"code":', "more_body": True},
                {"type": "websocket.http.response.body", "body": b'"x"}'},
            ],
            404,
            b'{"code":"x"}',
        ),
        ([], 500, None),
        (None, 500, None),
    ],
    ids=["closes", "answers", "returns", "fails"],
)
async def test_an_application_may_refuse(
    serve: Serve, answer: list[Message] | None, status: int, body: bytes | None
) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        assert answer is not None
        for message in answer:
            await send(message)

    async with serve(app) as endpoint:
        with pytest.raises(HandshakeRefused) as refused:
            await open_socket(endpoint)
    assert refused.value.status == status
    assert body in {None, refused.value.body}


@both
async def test_the_application_hears_of_the_clients_leaving(serve: Serve) -> None:
    left = asyncio.Event()

    async def converse(receive: Receive, send: Send) -> None:
        await nothing_more(receive, send)
        left.set()

    async with serve(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        await connection.send("hello")
        await connection.aclose()
        await connection.aclose()
        await asyncio.wait_for(left.wait(), 5)
        with pytest.raises(SocketClosed):
            await connection.receive()
        with pytest.raises(SocketClosed):
            await connection.send("too late")


@both
async def test_an_application_that_talks_on_is_no_hindrance_to_leaving(serve: Serve) -> None:
    async def converse(receive: Receive, send: Send) -> None:
        while True:
            await send({"type": "websocket.send", "text": "x" * 10_000})

    async with serve(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        await connection.receive()
        await connection.aclose()


@both
async def test_an_application_waits_for_a_client_that_does_not_read(serve: Serve) -> None:
    sent = 0

    async def converse(receive: Receive, send: Send) -> None:
        nonlocal sent
        for _ in range(100_000):
            await send({"type": "websocket.send", "text": "x" * 1_000})
            sent += 1
        await nothing_more(receive, send)

    async with serve(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        before = -1
        while before != sent:
            before = sent
            for _ in range(2_000):
                await asyncio.sleep(0)
        assert sent < 100_000
        for _ in range(100_000):
            await connection.receive()
        await connection.aclose()


async def test_an_application_that_does_not_go_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ws_in_process, "CLOSE_SECONDS", 0.01)
    stopped = asyncio.Event()

    async def converse(receive: Receive, send: Send) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with in_process(application(converse)) as endpoint:
        await (await open_socket(endpoint)).aclose()
        assert stopped.is_set()
        assert [task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


@asynccontextmanager
async def raw_server(answer: bytes) -> AsyncIterator[Endpoint]:
    """Reads one request, answers with these bytes and cuts the connection."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        yield Endpoint(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{PATH}")


async def test_a_page_is_a_refusal() -> None:
    page = b"<!doctype html><title>Hello</title>"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    async with raw_server(head.encode() + page) as endpoint:
        with pytest.raises(HandshakeRefused) as refused:
            await open_socket(endpoint)
    assert (refused.value.status, refused.value.body) == (200, page)


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b"HTTP/1.1 200 OK\r\n"],
    ids=["nothing", "ssh", "no key", "cut"],
)
async def test_what_is_no_answer_is_a_lost_connection(answer: bytes) -> None:
    async with raw_server(answer) as endpoint:
        with pytest.raises(SocketClosed) as closed:
            await open_socket(endpoint)
    assert closed.value.code == 1006
    assert closed.value.reason


async def test_nobody_there_is_a_lost_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SocketClosed) as closed:
        await open_socket(Endpoint(f"http://127.0.0.1:{port}{PATH}"))
    assert closed.value.code == 1006


async def test_a_frame_too_large_ends_the_connection() -> None:
    async def converse(receive: Receive, send: Send) -> None:
        await send({"type": "websocket.send", "text": "x" * (MAX_HEARD_BYTES + 1)})
        await nothing_more(receive, send)

    async with served(application(converse)) as endpoint:
        connection = await open_socket(endpoint)
        with pytest.raises(SocketClosed, match="1009"):
            await connection.receive()
        await connection.aclose()
