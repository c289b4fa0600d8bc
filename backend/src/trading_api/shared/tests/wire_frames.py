"""A small reader and writer of WebSocket frames (RFC 6455, 5.2), independent of the one that is tested."""

from dataclasses import dataclass

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
CONTINUATION = 0x0


@dataclass(frozen=True, slots=True)
class WireFrame:
    """One frame as it was on the wire."""

    first: int
    payload: bytes

    @property
    def opcode(self) -> int:
        """What kind of frame it is."""
        return self.first & 0x0F

    @property
    def close_code(self) -> int:
        """Of a close frame."""
        return int.from_bytes(self.payload[:2], "big")


def read_frames(data: bytes) -> tuple[list[WireFrame], bytes]:
    """The whole unmasked frames at the start of `data`, and what is left of it."""
    found: list[WireFrame] = []
    while (frame := _read_one(data)) is not None:
        found.append(frame[0])
        data = data[frame[1] :]
    return found, data


def _read_one(data: bytes) -> tuple[WireFrame, int] | None:
    if len(data) < 2:
        return None
    assert not data[1] & 0x80, "a server does not mask"
    start = {126: 4, 127: 10}.get(data[1], 2)
    if len(data) < start:
        return None
    length = data[1] if start == 2 else int.from_bytes(data[2:start], "big")
    end = start + length
    return None if len(data) < end else (WireFrame(data[0], data[start:end]), end)


def client_frame(
    payload: bytes,
    opcode: int = TEXT,
    *,
    final: bool = True,
    reserved: int = 0,
    mask: bytes | None = b"\1\2\3\4",
) -> bytes:
    """One frame of a client; unmasked, which is forbidden, if `mask` is None."""
    first = (0x80 if final else 0) | reserved << 4 | opcode
    masked = 0 if mask is None else 0x80
    length = len(payload)
    if length < 126:
        head = bytes((first, masked | length))
    elif length < 65_536:
        head = bytes((first, masked | 126)) + length.to_bytes(2, "big")
    else:
        head = bytes((first, masked | 127)) + length.to_bytes(8, "big")
    if mask is None:
        return head + payload
    stream = (mask * (length // 4 + 1))[:length]
    return (
        head + mask + (int.from_bytes(payload, "big") ^ int.from_bytes(stream, "big")).to_bytes(length, "big")
    )
