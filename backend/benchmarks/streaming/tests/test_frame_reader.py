"""The load counts what a server sent, however the network cuts it."""

import random
from array import array

import pytest

from benchmarks.streaming import wire
from benchmarks.streaming.frame_reader import FrameReader
from benchmarks.streaming.ticks import STAMP_BASE, Template, Tick, update_text
from benchmarks.streaming.wire import WireError

PING = wire.server_frame(b'{"type":"ping","payload":{}}')
LARGE = wire.server_frame(b'{"type":"ticks.subscribe.response","payload":"' + b"x" * 70_000 + b'"}')


def update(round_: int, topic: int = 3) -> bytes:
    """A frame as a server sends it."""
    return wire.server_frame(update_text(Tick(topic, round_, STAMP_BASE + round_)).encode())


def read_in_pieces(sent: bytes, sizes: random.Random) -> tuple[FrameReader, list[bytes]]:
    """Feed `sent` to a reader as a network would."""
    others: list[bytes] = []
    reader = FrameReader(lambda _, payload: others.append(payload))
    reader.delays = array("q")
    buffer, kept, place = bytearray(200_000), 0, 0
    while place < len(sent):
        piece = sent[place : place + sizes.choice((1, 3, 100, 1000, 5000))]
        buffer[kept : kept + len(piece)] = piece
        end = kept + len(piece)
        rest = reader.read(buffer, end)
        kept = end - rest
        buffer[:kept] = buffer[rest:end]
        place += len(piece)
    return reader, others


@pytest.mark.parametrize("seed", range(20))
def test_every_update_counts_once_and_nothing_else_does(seed: int) -> None:
    chance = random.Random(seed)
    sent, updates, others = [], 0, 0
    for round_ in range(1, 300):
        if chance.random() < 0.03:
            sent.append(chance.choice((PING, LARGE)))
            others += 1
        sent.append(update(round_, topic=chance.randrange(500)))
        updates += 1
    reader, heard = read_in_pieces(b"".join(sent), chance)
    assert (reader.updates, len(heard), reader.last_round) == (updates, others, 299)
    assert reader.delays is not None
    assert len(reader.delays) == updates


def test_a_masked_frame_is_refused() -> None:
    reader = FrameReader(lambda _, __: None)
    with pytest.raises(WireError, match="masked"):
        reader.read(bytearray(wire.client_frame(b"hello")), 11)


def test_a_template_makes_the_same_bytes_as_an_encoder() -> None:
    tick = Tick(7, 12, STAMP_BASE + 5)
    assert Template(7).filled(tick) == update_text(tick).encode()


@pytest.mark.parametrize("size", [0, 1, 125, 126, 1000])
def test_a_server_reads_what_a_client_frames(size: int) -> None:
    payloads = [bytes(range(256)) * 4] * 2
    data = bytearray(b"".join(wire.client_frame(payload[:size]) for payload in payloads) + b"\x81")
    assert [payload for _, payload in wire.client_frames(data)] == [p[:size] for p in payloads]
    assert data == b"\x81"
