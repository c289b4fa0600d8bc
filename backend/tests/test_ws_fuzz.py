"""Bytes that no client should send, to a real server: it answers or closes, and nobody else notices."""

import json
import re
from collections.abc import Callable, Iterator
from typing import ClassVar

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bytes_client import HANDSHAKE, Bystander, BytesClient, decoded, message
from tests.plain_server import PlainServerProcess
from tests.server_process import ServerProcess
from trading_api.shared.tests.effort import EFFORT
from trading_api.shared.tests.wire_frames import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    client_frame,
    read_frames,
)

pytestmark = pytest.mark.integration

KIB_64 = 64 * 1024
NESTED = "[" * 10_000 + "]" * 10_000
NINES = "9" * 5_000


class Target:
    """A server under fire, and one who only wants to hear the market."""

    COMPLAINTS: ClassVar[dict[type[ServerProcess], re.Pattern[str]]] = {
        ServerProcess: re.compile("error|exception|traceback", re.IGNORECASE),
        PlainServerProcess: re.compile("Exception in ASGI application"),  # uvicorn itself tells of bad UTF-8
    }

    def __init__(self, server: ServerProcess) -> None:
        self._server = server
        self._bystander = Bystander(server.url)
        self._heard = 0
        self.url = server.url

    @property
    def is_plain(self) -> bool:
        """Whether it runs without our protocol class."""
        return isinstance(self._server, PlainServerProcess)

    def client(self, module: str = "datafeed") -> BytesClient:
        """One that has shaken hands."""
        return BytesClient.upgraded(self.url, module)

    def assert_unharmed(self) -> None:
        """It lives, has complained of nothing, and the other client goes on hearing."""
        assert httpx.get(f"{self.url}/livez", trust_env=False, timeout=20).status_code == 200
        self._bystander.assert_undisturbed()
        said = self._server.said[self._heard :]
        self._heard += len(said)
        complaint = self.COMPLAINTS[type(self._server)]
        assert [line for line in said if complaint.search(line)] == [], "".join(said)

    def leave(self) -> None:
        """The other client goes."""
        self._bystander.leave()


@pytest.fixture(scope="module", params=[ServerProcess, PlainServerProcess], ids=["serve", "plain"])
def target(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    kind: type[ServerProcess] = request.param
    with kind(tmp_path_factory.mktemp("fuzzed")) as server:
        target = Target(server)
        yield target
        target.leave()


def text(content: str) -> bytes:
    return client_frame(content.encode())


REFUSED = {
    "not-json": (text("{"), "json-invalid"),
    "empty": (text(""), "json-invalid"),
    "no-object": (text("[]"), "validation-failed"),
    "deep": (text(NESTED), "json-invalid"),
    "deep-payload": (text('{"type":"ping","payload":' + NESTED + "}"), "json-invalid"),
    "deep-objects": (text('{"a":' * 10_000 + "1" + "}" * 10_000), "json-invalid"),
    "infinite": (text('{"type":"ping","payload":1e999}'), "json-invalid"),
    "no-number": (text('{"type":"ping","payload":NaN}'), "json-invalid"),
    "many-digits": (text('{"type":"ping","payload":' + NINES + "}"), "json-invalid"),
    "many-digits-id": (text('{"type":"ping","id":' + NINES + "}"), "json-invalid"),
    "surrogate": (text('{"type":"ping","payload":"\\ud800"}'), "json-invalid"),
    "too-large": (text('{"type":"ping","payload":"'.ljust(KIB_64 - 1, "x") + '"}'), "message-too-large"),
    "binary": (client_frame(b'{"type":"ping"}', BINARY), "message-invalid"),
    "unknown-type": (message("orders.explode", {}), "message-type-unknown"),
    "foreign-module": (message("orders.subscribe", {"accountId": "DEMO"}), "message-type-unknown"),
    "huge-rate": (
        message("quotes.subscribe", {"symbol": "ALFA"}, options={"maxRateHz": 10**300}),
        "validation-failed",
    ),
    "huge-offset": (
        message(
            "quotes.subscribe", {"symbol": "ALFA"}, options={"recover": {"epoch": "e", "offset": "1e999"}}
        ),
        "validation-failed",
    ),
}
"""Whole messages that are answered by an error; the connection stays open."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_message_is_refused(target: Target, name: str) -> None:
    sent, code = REFUSED[name]
    with target.client() as client:
        client.send(sent)
        client.ask("ping", "still here")
        assert client.message("error")["payload"]["code"] == code
        assert client.message("pong")["payload"] == "still here"
    target.assert_unharmed()


WELL_FORMED = {
    "64-KiB": text('{"type":"ping","payload":"'.ljust(KIB_64 - 2, "x") + '"}'),
    "fragments": client_frame(b'{"type":', final=False)
    + client_frame(b'"pi', CONTINUATION, final=False)
    + client_frame(b'ng"}', CONTINUATION),
    "empty-fragments": client_frame(b"", final=False)
    + client_frame(b"", CONTINUATION, final=False) * 5_000
    + client_frame(b'{"type":"ping"}', CONTINUATION),
    "a-fragment-a-byte": client_frame(b"{", final=False)
    + b"".join(client_frame(bytes((byte,)), CONTINUATION, final=False) for byte in b'"type":"ping"')
    + client_frame(b"}", CONTINUATION),
    "control-between": client_frame(b'{"type":', final=False)
    + client_frame(b"are you there?", PING)
    + client_frame(b"nobody asked", PONG)
    + client_frame(b'"ping"}', CONTINUATION),
    "unmasked-by-zeros": client_frame(b'{"type":"ping"}', mask=b"\0\0\0\0"),
    "longest-control": client_frame(b"x" * 125, PING) + message("ping"),
    "duplicate-keys": text('{"type":"nothing","type":"ping"}'),
    "a-character-split": client_frame(b'{"type":"ping","payload":"\xc3', final=False)
    + client_frame(b'\xa9"}', CONTINUATION),
}
"""Unusual, and allowed."""


@pytest.mark.parametrize("name", WELL_FORMED)
def test_what_is_unusual_but_allowed_is_answered(target: Target, name: str) -> None:
    with target.client() as client:
        client.send(WELL_FORMED[name])
        client.message("pong")
        pongs = [frame.payload for frame in client.frames if frame.opcode == PONG]
        expected = {"control-between": [b"are you there?"], "longest-control": [b"x" * 125]}
        assert pongs == expected.get(name, [])
    target.assert_unharmed()


def close_frame(code: int, reason: bytes = b"") -> bytes:
    return client_frame(code.to_bytes(2, "big") + reason, CLOSE)


BROKEN = {
    "not-utf-8": (client_frame(b'{"type":"\xff"}'), 1007),
    "not-utf-8-in-fragments": (
        client_frame(b'{"type":"\xc3', final=False) + client_frame(b'"}', CONTINUATION),
        1007,
    ),
    "unmasked": (client_frame(b'{"type":"ping"}', mask=None), 1002),
    "unmasked-control": (client_frame(b"", PING, mask=None), 1002),
    "long-ping": (client_frame(b"x" * 126, PING), 1002),
    "long-pong": (client_frame(b"x" * 70_000, PONG), 1002),
    "long-close": (close_frame(1000, b"x" * 124), 1002),
    "fragmented-ping": (client_frame(b"", PING, final=False), 1002),
    "continuation-of-nothing": (client_frame(b"{}", CONTINUATION), 1002),
    "message-within-a-message": (client_frame(b"{", final=False) + message("ping"), 1002),
    "far-too-large": (b"\x81\xff" + (2**40).to_bytes(8, "big") + b"\1\2\3\4", 1009),
    "negative-length": (b"\x81\xff" + b"\xff" * 8 + b"\1\2\3\4", 1009),
    "half-a-close-code": (client_frame(b"\x03", CLOSE), 1002),
    "close-reason-not-utf-8": (close_frame(1000, b"\xff"), 1007),
    **{f"reserved-bits-{bits}": (client_frame(b"{}", reserved=bits), 1002) for bits in range(1, 8)},
    **{f"opcode-{code}": (client_frame(b"{}", code), 1002) for code in (*range(3, 8), *range(11, 16))},
    **{
        f"close-{code}": (close_frame(code), 1002)
        for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535)
    },
}
"""Against RFC 6455, with the code that it demands."""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_frame_ends_the_connection(target: Target, name: str) -> None:
    sent, code = BROKEN[name]
    with target.client() as client:
        client.ask("quotes.subscribe", {"symbol": "ALFA"})
        client.message("quotes.subscribe.response")
        client.send(sent + message("ping"))
        assert client.close_code() == code
        assert "pong" not in [decoded(frame)["type"] for frame in client.frames if frame.opcode == TEXT]
    target.assert_unharmed()


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1011, 3000, 4408, 4999])
def test_a_goodbye_is_returned(target: Target, code: int) -> None:
    with target.client() as client:
        client.ask("ticks.subscribe", {})
        client.send(close_frame(code, "goodbye, \u00e9".encode()))
        assert client.close_code() == code
    target.assert_unharmed()


def test_a_goodbye_without_a_code_is_returned(target: Target) -> None:
    with target.client() as client:
        client.send(client_frame(b"", CLOSE))
        assert client.close_code() == 0
    target.assert_unharmed()


def test_a_thousand_subscriptions_in_one_write(target: Target) -> None:
    with target.client() as client:
        client.send(b"".join(message("quotes.subscribe", {"symbol": f"S{n}"}, id=n) for n in range(1_000)))
        assert client.close_code() == 4507
        answers = [decoded(frame) for frame in client.frames if frame.opcode == TEXT]
        served = [each for each in answers if each["type"] == "quotes.subscribe.response"]
        ids = [each["id"] for each in served]
        assert ids[:100] == list(range(100))
        assert ids == sorted(set(ids))
        assert {each["payload"]["code"] for each in served} == {"symbol-unknown"}
        refused = [each["payload"]["code"] for each in answers if each["type"] == "error"]
        assert refused == ["rate-limited"] * 20
    target.assert_unharmed()


def test_a_hundred_subscriptions_to_one_topic_in_one_write(target: Target) -> None:
    with target.client() as client:
        client.send(message("quotes.subscribe", {"symbol": "ALFA"}, id=1) * 50)
        client.send(message("quotes.unsubscribe", {"symbol": "ALFA"}, id=2) * 2)
        statuses: list[tuple[str, str]] = []
        while len(statuses) < 52:
            answer = client.answer()
            statuses.append((answer["type"].split(".")[1], answer["payload"]["status"]))
    assert statuses == [("subscribe", "ok")] * 50 + [("unsubscribe", "ok"), ("unsubscribe", "error")]
    target.assert_unharmed()


@pytest.mark.parametrize("account", ["NOPE", "demo", "' or 1=1 --", "\u0000", "x" * 48, "x" * 4_000, ""])
@pytest.mark.parametrize("route", ["orders", "positions", "executions", "equity"])
def test_accounts_of_others_are_refused(target: Target, route: str, account: str) -> None:
    with target.client("broker") as client:
        client.ask(f"{route}.subscribe", {"accountId": account})
        answer = client.answer()["payload"]
        assert answer["code"] in {"account-unknown", "validation-failed"}
        client.ask(f"{route}.unsubscribe", {"accountId": account})
        assert client.answer()["payload"]["code"] in {"not-subscribed", "validation-failed"}
    target.assert_unharmed()


def head(**changes: str) -> bytes:
    """A handshake with some headers changed, or left out where they are empty."""
    lines = HANDSHAKE.format(path="/api/v1/datafeed/ws").split("\r\n")
    named = dict(line.split(": ") for line in lines[1:] if line)
    named |= {name.replace("_", "-"): value for name, value in changes.items()}
    rest = [f"{name}: {value}" for name, value in named.items() if value]
    return "\r\n".join([lines[0], *rest, "", ""]).encode()


BEFORE = {
    "noise": b"\x00\xff\x13\x37" * 64 + b"\r\n\r\n",
    "tls": bytes.fromhex("160301012801000124030390b1") + b"\r\n\r\n",
    "frames-at-once": message("ping") * 100 + b"\r\n\r\n",
    "no-key": head(Sec_WebSocket_Key=""),
    "bad-key": head(Sec_WebSocket_Key="%%%"),
    "short-key": head(Sec_WebSocket_Key="c2hvcnQ="),
    "old-version": head(Sec_WebSocket_Version="8"),
    "no-version": head(Sec_WebSocket_Version=""),
    "foreign-host": head(Host="foreign.test"),
    "foreign-page": head(Origin="http://foreign.test"),
    "other-protocol": head(Upgrade="h2c"),
    "many-headers": head(**{f"X_{number}": "x" for number in range(300)}),
    "long-header": head(X_Long="x" * 10_000),
    "longer-header": head(X_Long="x" * 200_000),
    "header-not-ascii": head(X_Odd="\u00e9\u4e00"),
    "extension-garbage": head(Sec_WebSocket_Extensions=";;==,,"),
    "subprotocol-garbage": head(Sec_WebSocket_Protocol=",,,(),"),
    "with-a-body": head(Content_Length="5") + b"hello",
    "nowhere": HANDSHAKE.format(path="/api/v1/datafeed/nowhere").encode(),
    "path-not-utf-8": HANDSHAKE.format(path="/api/v1/%ff%fe/ws").encode(),
    "path-endless": HANDSHAKE.format(path="/" + "a" * 100_000).encode(),
    "post": head().replace(b"GET", b"POST"),
}
"""Instead of a handshake."""
NEVER_ANSWERED = {"many-headers", "long-header", "longer-header", "with-a-body", "path-endless"}
"""Those of them on which uvicorn's own protocol waits for ever."""


@pytest.mark.parametrize("name", BEFORE)
def test_garbage_before_the_handshake(target: Target, name: str) -> None:
    if target.is_plain and name in NEVER_ANSWERED:
        pytest.skip("uvicorn does not answer")
    with BytesClient(target.url) as client:
        client.send(BEFORE[name])
        answered = client.read_head()
        assert not answered.startswith(b"HTTP/1.1 5"), answered
        assert answered.startswith(b"HTTP/1.1 ") or not answered
        client.half_close()
        client.read_to_end()
    target.assert_unharmed()


def leave_at_once(client: BytesClient) -> None:
    client.reset()


def leave_while_asking(client: BytesClient) -> None:
    client.send(b"".join(message("bars.subscribe", {"symbol": "ALFA", "resolution": "1"}) for _ in range(20)))
    client.reset()


def leave_half_way_through_a_frame(client: BytesClient) -> None:
    client.send(message("ping")[:7])
    client.reset()


def say_goodbye_while_asking(client: BytesClient) -> None:
    client.send(
        message("quotes.subscribe", {"symbol": "ALFA"}) * 20 + close_frame(1000) + message("ping") * 20
    )
    client.half_close()
    client.read_to_end()


def stop_sending(client: BytesClient) -> None:
    client.ask("ticks.subscribe", {})
    client.half_close()
    client.read_to_end()


def say_goodbye_and_vanish(client: BytesClient) -> None:
    client.ask("ticks.subscribe", {})
    client.send(close_frame(1000))
    client.reset()


@pytest.mark.parametrize(
    "leave",
    [
        leave_at_once,
        leave_while_asking,
        leave_half_way_through_a_frame,
        say_goodbye_while_asking,
        stop_sending,
        say_goodbye_and_vanish,
    ],
)
def test_clients_that_leave_in_any_way(target: Target, leave: Callable[[BytesClient], None]) -> None:
    for _ in range(25):
        with target.client() as client:
            leave(client)
    target.assert_unharmed()


def test_clients_that_leave_during_the_handshake(target: Target) -> None:
    whole = head()
    for end in (1, 20, len(whole) - 2, len(whole), len(whole), len(whole)):
        for _ in range(10):
            with BytesClient(target.url) as client:
                client.send(whole[:end])
                client.reset()
    target.assert_unharmed()


FRAMES = st.builds(
    client_frame,
    st.one_of(st.binary(max_size=200), st.sampled_from([b'{"type":"ping"}', b'{"type":"ticks.subscribe"}'])),
    st.sampled_from([TEXT, TEXT, BINARY, CONTINUATION, PING, PONG, CLOSE, 3, 11]),
    final=st.booleans(),
    reserved=st.sampled_from([0, 0, 0, 0, 4]),
    mask=st.one_of(st.just(b"\1\2\3\4"), st.none(), st.binary(min_size=4, max_size=4)),
)
MESSAGES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
).map(lambda value: client_frame(json.dumps(value).encode()))
ENVELOPES = st.fixed_dictionaries(
    {"type": st.sampled_from(["ping", "pong", "quotes.subscribe", "bars.subscribe", "ticks.unsubscribe"])},
    optional={
        "payload": st.one_of(
            st.none(), st.floats(), st.dictionaries(st.sampled_from(["symbol", "x"]), st.text(max_size=5))
        ),
        "id": st.one_of(st.text(max_size=5), st.integers(), st.floats(), st.none()),
        "options": st.dictionaries(
            st.sampled_from(["maxRateHz", "recover", "x"]), st.one_of(st.floats(), st.none(), st.integers())
        ),
    },
).map(lambda envelope: client_frame(json.dumps(envelope).encode()))
SENT = st.lists(st.one_of(st.binary(max_size=50), FRAMES, MESSAGES, ENVELOPES), max_size=12)
FUZZ = settings(
    max_examples=40 * EFFORT,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@FUZZ
@given(sent=SENT)
def test_any_bytes_after_the_handshake(target: Target, sent: list[bytes]) -> None:
    with target.client() as client:
        client.send(b"".join(sent))
        client.half_close()
        frames, rest = read_frames(client.read_to_end())
    assert rest == b""
    for place, frame in enumerate(frames):
        if frame.opcode == TEXT:
            decoded(frame)
        assert frame.opcode != CLOSE or place == len(frames) - 1
    target.assert_unharmed()


@FUZZ
@given(sent=st.lists(st.one_of(st.binary(max_size=100), st.just(head()), FRAMES), max_size=5))
def test_any_bytes_instead_of_the_handshake(target: Target, sent: list[bytes]) -> None:
    with BytesClient(target.url) as client:
        client.send(b"".join(sent))
        client.half_close()
        assert not client.read_to_end().startswith(b"HTTP/1.1 5")
    target.assert_unharmed()
