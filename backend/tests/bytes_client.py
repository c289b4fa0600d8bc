"""A WebSocket client that sends any bytes whatever, and reads what a server really answers."""

import json
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from trading_api.shared.tests.wire_frames import CLOSE, PING, PONG, TEXT, WireFrame, client_frame, read_frames

PATIENCE_SECONDS = 20.0
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class BytesClient:
    """One TCP connection; every wait ends within PATIENCE_SECONDS, by an error if need be."""

    def __init__(self, server_url: str) -> None:
        parts = urlsplit(server_url)
        self._socket = socket.socket()
        # Otherwise the system reads megabytes for a client that reads nothing, and no server calls it slow.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self._socket.settimeout(PATIENCE_SECONDS)
        self._socket.connect((parts.hostname, parts.port))
        self._rest = b""
        self.frames: list[WireFrame] = []
        """All that has come, in order."""

    @classmethod
    def upgraded(cls, server_url: str, module: str) -> Self:
        """One that has shaken hands with a module's streams."""
        client = cls(server_url)
        client.send(HANDSHAKE.format(path=f"/api/v1/{module}/ws").encode())
        head = client.read_head()
        if not head.startswith(b"HTTP/1.1 101 "):
            client.close()
            raise AssertionError(head)
        return client

    def send(self, data: bytes) -> None:
        """Send these bytes; a server that has closed already does not have to take them."""
        try:
            self._socket.sendall(data)
        except ConnectionError:
            return

    def ask(self, kind: str, payload: Any = None, **rest: Any) -> None:
        """Send one message of the envelope."""
        self.send(message(kind, payload, **rest))

    def half_close(self) -> None:
        """Say that nothing more will be sent."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def reset(self) -> None:
        """Cut the connection without a word."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._socket.close()

    def read_head(self) -> bytes:
        """The head of an HTTP answer, or what came before the server closed."""
        head, data = b"", b"-"
        while b"\r\n\r\n" not in head and data:
            data = self._receive()
            head += data
        head, _, self._rest = head.partition(b"\r\n\r\n")
        return head

    def read_to_end(self) -> bytes:
        """All bytes until the server closes."""
        data = b""
        while more := self._receive():
            data += more
        return data

    def read_until(self, wanted: Callable[[WireFrame], bool]) -> WireFrame:
        """The first frame like that from now on; AssertionError if the server closes before."""
        while True:
            found, self._rest = read_frames(self._rest)
            for place, frame in enumerate(found):
                self.frames.append(frame)
                if wanted(frame):
                    later = found[place + 1 :]
                    self._rest = b"".join(_again(each) for each in later) + self._rest
                    return frame
            data = self._receive()
            assert data, f"the server closed after {self.frames[-3:]}"
            self._rest += data

    def read_to_end_of_frames(self) -> None:
        """All whole frames until the server closes, or dies."""
        found, self._rest = read_frames(self._rest + self.read_to_end())
        self.frames += found

    def message(self, kind: str) -> dict[str, Any]:
        """The next message of that type."""
        return decoded(self.read_until(lambda frame: frame.opcode == TEXT and decoded(frame)["type"] == kind))

    def answer(self) -> dict[str, Any]:
        """The next message that is not an update."""
        frame = self.read_until(
            lambda frame: frame.opcode == TEXT and not decoded(frame)["type"].endswith(".update")
        )
        return decoded(frame)

    def close_code(self) -> int:
        """Of the close frame that comes, after which nothing may; the server ends the connection then."""
        found = self.read_until(lambda frame: frame.opcode == CLOSE)
        self.send(client_frame(found.payload, CLOSE))
        self.half_close()
        assert self._rest + self.read_to_end() == b""
        return found.close_code

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(65_536)
        except ConnectionError:
            return b""


class Bystander:
    """Another client, which hears all ticks of the market while others misbehave."""

    def __init__(self, server_url: str) -> None:
        self._client = BytesClient.upgraded(server_url, "datafeed")
        self._arrived = threading.Condition()
        self._times: list[int] = []
        self._problem = ""
        self._client.ask("ticks.subscribe", {})
        self._client.ask("quotes.subscribe", {"symbol": "ALFA"})
        for _ in range(2):
            assert self._client.answer()["payload"]["status"] == "ok"
        self._reader = threading.Thread(target=self._read, name="bystander", daemon=True)
        self._reader.start()

    def assert_undisturbed(self) -> None:
        """Wait for three more ticks; all that came were in order."""
        with self._arrived:
            wanted = len(self._times) + 3
            came = self._arrived.wait_for(
                lambda: bool(self._problem) or len(self._times) >= wanted, PATIENCE_SECONDS
            )
        assert not self._problem, self._problem
        assert came, "no tick comes any more"

    def leave(self) -> None:
        """Go, and look at all that came once more."""
        self._client.half_close()
        self._reader.join(PATIENCE_SECONDS)
        assert not self._reader.is_alive()
        self._client.close()
        assert self._times == sorted(self._times)

    def _read(self) -> None:
        try:
            while True:
                frame = self._client.read_until(lambda frame: frame.opcode in {TEXT, PING})
                self._client.frames.clear()
                if frame.opcode == PING:
                    self._client.send(client_frame(frame.payload, PONG))
                else:
                    self._take(decoded(frame))
        except (AssertionError, OSError) as error:
            with self._arrived:
                self._problem = repr(error)
                self._arrived.notify_all()

    def _take(self, heard: dict[str, Any]) -> None:
        if heard["type"] == "ping":
            self._client.ask("pong")
        elif heard["type"] == "ticks.update":
            with self._arrived:
                self._times.append(heard["payload"]["payload"]["time"])
                if self._times[-2:] != sorted(self._times[-2:]):
                    self._problem = f"{self._times[-2:]} are out of order"
                self._arrived.notify_all()


def message(kind: str, payload: Any = None, **rest: Any) -> bytes:
    """One message of the envelope as a masked frame."""
    return client_frame(json.dumps({"type": kind, "payload": payload, **rest}).encode())


def decoded(frame: WireFrame) -> dict[str, Any]:
    """A text frame's message; ValueError if it is not JSON as the standard has it."""
    found: dict[str, Any] = json.loads(frame.payload, parse_constant=_refuse)
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _again(frame: WireFrame) -> bytes:
    length = len(frame.payload)
    if length < 126:
        return bytes((frame.first, length)) + frame.payload
    if length < 65_536:
        return bytes((frame.first, 126)) + length.to_bytes(2, "big") + frame.payload
    return bytes((frame.first, 127)) + length.to_bytes(8, "big") + frame.payload
