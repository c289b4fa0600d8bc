"""A client that comes back notices every gap and every repetition."""

from typing import Any

import pytest

from benchmarks.streaming.resume import Reader


def reply(offset: int, *, recovered: bool) -> dict[str, Any]:
    payload = {"status": "ok", "epoch": "bench", "offset": offset, "recovered": recovered}
    return {"type": "events.subscribe.response", "payload": payload}


def update(offset: int, prev: int) -> dict[str, Any]:
    return {"type": "events.update", "payload": {"offset": offset, "prev": prev}}


@pytest.mark.parametrize(
    ("heard", "lost", "repeated"),
    [
        ([reply(5, recovered=True), update(6, 5), update(7, 6)], 0, 0),
        ([reply(5, recovered=True), update(7, 6)], 1, 0),
        ([reply(5, recovered=True), update(8, 5)], 2, 0),
        ([reply(5, recovered=True), update(6, 5), update(6, 5), update(7, 6)], 0, 1),
        ([reply(7, recovered=False)], 2, 0),
    ],
)
def test_gaps_and_repetitions(heard: list[dict[str, Any]], lost: int, repeated: int) -> None:
    reader = Reader(topic=1)
    reader.hear(reply(5, recovered=False))
    for message in heard:
        reader.hear(message)
    assert (reader.lost, reader.repeated) == (lost, repeated)
