"""The little of RFC 6455 that a load and a bare server need: handshakes, and frames in one piece.

Only the standard library: servers of any environment import it.
"""

import base64
import hashlib
from collections.abc import Iterator

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KEY = base64.b64encode(b"streaming bench!").decode()
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
MASK = b"\x37\xfa\x21\x3d"


class WireError(Exception):
    """The other side does not speak the part of the protocol that is understood here."""


def accept_token(key: bytes) -> bytes:
    """What a server proves with that it understood the key."""
    return base64.b64encode(hashlib.sha1(key + MAGIC, usedforsecurity=False).digest())


ACCEPTED = accept_token(KEY.encode())


def upgrade_request(host: str, path: str) -> bytes:
    """A client's half of the handshake."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def upgrade_response(request: bytes) -> bytes:
    """A server's half. Raises WireError for a request without a key."""
    for line in request.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"sec-websocket-key":
            token = accept_token(value.strip())
            return (
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + token + b"\r\n\r\n"
            )
    raise WireError(f"no key in {request[:200]!r}")


def refusal(response: bytes) -> str | None:
    """What is wrong with a server's half of the handshake, if anything."""
    head = response.lower()
    if not head.startswith(b"http/1.1 101"):
        return f"the handshake was answered with {response[:200]!r}"
    if ACCEPTED.lower() not in head:
        return "the handshake was answered with another key"
    return None


def server_frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole frame of a server."""
    size = len(payload)
    if size < 126:
        return bytes((kind, size)) + payload
    if size < 65536:
        return bytes((kind, 126)) + size.to_bytes(2, "big") + payload
    return bytes((kind, 127)) + size.to_bytes(8, "big") + payload


def client_frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole frame of a client, of less than 64 KiB."""
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return bytes((kind,)) + length + MASK + _masked(payload, MASK)


def client_frames(data: bytearray) -> Iterator[tuple[int, bytes]]:
    """Take the whole frames of a client out of `data`: kind and payload of each."""
    while len(data) >= 2:
        size, start = data[1] & 0x7F, 2
        if size == 127:
            raise WireError("no client of the bench sends that much")
        if size == 126:
            size, start = int.from_bytes(data[2:4], "big"), 4
        end = start + 4 + size
        if len(data) < end:
            return
        kind, payload = data[0], _masked(bytes(data[start + 4 : end]), bytes(data[start : start + 4]))
        del data[:end]
        yield kind, payload


def _masked(payload: bytes, mask: bytes) -> bytes:
    size = len(payload)
    pattern = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")).to_bytes(size, "big")
