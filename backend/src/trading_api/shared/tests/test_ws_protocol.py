"""The messages of the streaming protocol, as a client sees them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from trading_api.shared.clock import PlaybackClock
from trading_api.shared.tests.in_memory_socket import InMemoryClient, settle
from trading_api.shared.tests.journal_source import EPOCH, LAST, LINES, JournalSource
from trading_api.shared.ws import protocol
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.limits import WsLimits
from trading_api.shared.ws.protocol import Beat, Rate, heartbeat

TOPIC = 'lines:{"name":"a"}'


@pytest.fixture
def source() -> JournalSource:
    return JournalSource()


@pytest.fixture
async def client(source: JournalSource) -> AsyncIterator[InMemoryClient]:
    client = InMemoryClient(WsApplication([LINES, LAST], source, PlaybackClock(1_000)))
    yield client
    client.vanish()
    await client.task


async def test_snapshot_comes_first_and_updates_follow_without_a_gap(
    client: InMemoryClient, source: JournalSource
) -> None:
    source.append("a", "one")
    client.ask("lines.subscribe", {"name": "a"}, id="s1")
    await settle()
    source.append("a", "two")
    await settle()
    reply, update = client.received
    assert reply == {
        "type": "lines.subscribe.response",
        "id": "s1",
        "payload": {
            "status": "ok",
            "message": "subscribed",
            "topic": TOPIC,
            "epoch": EPOCH,
            "offset": 1,
            "recovered": False,
            "snapshot": [{"text": "one"}],
        },
    }
    assert update == {
        "type": "lines.update",
        "payload": {"topic": TOPIC, "payload": {"text": "two"}, "offset": 4, "prev": 1},
    }


async def test_recovery_brings_exactly_what_was_missed(client: InMemoryClient, source: JournalSource) -> None:
    for text in ("one", "two", "three"):
        source.append("a", text)
    client.ask("lines.subscribe", {"name": "a"}, options={"recover": {"epoch": EPOCH, "offset": 1}})
    await settle()
    reply = client.of_type("lines.subscribe.response")[0]
    assert (reply["recovered"], reply["snapshot"], reply["offset"]) == (True, [], 1)
    missed = [(u["prev"], u["offset"], u["payload"]["text"]) for u in client.of_type("lines.update")]
    assert missed == [(1, 4, "two"), (4, 7, "three")]


async def test_recovery_of_another_epoch_brings_the_whole_state(
    client: InMemoryClient, source: JournalSource
) -> None:
    source.append("a", "one")
    client.ask("lines.subscribe", {"name": "a"}, options={"recover": {"epoch": "old", "offset": 90}})
    await settle()
    reply = client.of_type("lines.subscribe.response")[0]
    assert (reply["recovered"], reply["snapshot"]) == (False, [{"text": "one"}])


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("{", "json-invalid", "not JSON"),
        ("[]", "validation-failed", "object"),
        ('{"type":"lines.subscribe","payload":{"nam":"a"}}', "validation-failed", "nam"),
        ('{"type":"lines.subscribe","payload":{"name":5}}', "validation-failed", "name"),
        ('{"type":"orders.subscribe","payload":{}}', "message-type-unknown", "orders.subscribe"),
        (
            '{"type":"lines.subscribe","payload":{"name":"a"},"options":{"recover":{}}}',
            "validation-failed",
            "epoch",
        ),
        ('{"type":"ping","unknown":1}', "validation-failed", "unknown"),
        ('{"type":"ping","payload":1e999}', "json-invalid", "payload"),
        ('{"type":"ping","payload":[{"a":-1e999}]}', "json-invalid", "payload"),
        ('{"type":"ping","payload":NaN}', "json-invalid", "payload"),
        ('{"type":"ping","payload":' + "9" * 5_000 + "}", "json-invalid", "not JSON"),
        ('{"type":"ping","payload":"\\ud800"}', "json-invalid", "not JSON"),
        ("[" * 10_000 + "]" * 10_000, "json-invalid", "not JSON"),
        ('{"type":"lines.subscribe","payload":{"name":1e999}}', "validation-failed", "name"),
        (
            '{"type":"last.subscribe","payload":{"name":"a"},"options":{"maxRateHz":NaN}}',
            "validation-failed",
            "maxRateHz",
        ),
        (
            '{"type":"lines.subscribe","payload":{"name":"a"},'
            '"options":{"recover":{"epoch":"e1","offset":1e999}}}',
            "validation-failed",
            "offset",
        ),
        ('{"type":"ping","payload":"' + "x" * WsLimits().frame_bytes + '"}', "message-too-large", "larger"),
    ],
)
async def test_a_bad_message_is_named_and_the_connection_stays_open(
    client: InMemoryClient, text: str, code: str, named: str
) -> None:
    client.say(text)
    client.ask("ping", {"still": "here"}, id=7)
    await settle()
    error, pong = client.received
    assert (error["type"], error["payload"]["code"]) == ("error", code)
    assert named in error["payload"]["message"]
    assert pong == {"type": "pong", "payload": {"still": "here"}, "id": 7}


async def test_twenty_bad_messages_close_the_connection(client: InMemoryClient) -> None:
    for _ in range(19):
        client.say("{")
    await settle()
    assert client.close_code is None
    client.say("{")
    await settle()
    assert client.close_code == 4507


async def test_a_refused_subscription_leaves_nothing(client: InMemoryClient, source: JournalSource) -> None:
    client.ask("lines.subscribe", {"name": "refused"}, id=1)
    client.ask("lines.subscribe", {"name": "broken"}, id=2)
    await settle()
    codes = [reply["code"] for reply in client.of_type("lines.subscribe.response")]
    assert codes == ["not-found", "internal-error"]
    assert source.active == {}


async def test_a_connection_holds_a_bounded_number_of_topics(source: JournalSource) -> None:
    application = WsApplication([LINES], source, PlaybackClock(), WsLimits(topics=2))
    client = InMemoryClient(application)
    for name in ("a", "b", "c", "a"):
        client.ask("lines.subscribe", {"name": name})
    await settle()
    replies: list[dict[str, Any]] = client.of_type("lines.subscribe.response")
    assert [reply.get("code") for reply in replies] == [None, None, "too-many-topics", None]
    client.vanish()
    await client.task


async def test_a_client_that_does_not_read_is_closed_as_too_slow(source: JournalSource) -> None:
    application = WsApplication([LINES], source, PlaybackClock())
    client = InMemoryClient(application)
    client.ask("lines.subscribe", {"name": "a"})
    await settle()
    for _ in range(11):
        source.append("a", "x" * 100_000)  # nothing is written between these: the writer has no turn
    await client.task
    assert client.close_code == 4408
    assert source.active == {}


@pytest.mark.parametrize(
    ("silent", "frames_sent", "beat"),
    [
        (0.0, 0, Beat.PING),
        (14.9, 0, Beat.PING),
        (7.4, 1, Beat.NONE),
        (7.5, 1, Beat.PING),
        (14.9, 1, Beat.PING),
        (15.0, 1_000, Beat.PING),
        (30.0, 1_000, Beat.PING),
        (30.1, 1_000, Beat.CLOSE),
        (30.1, 0, Beat.CLOSE),
    ],
)
def test_heartbeat(silent: float, frames_sent: int, beat: Beat) -> None:
    assert heartbeat(silent, frames_sent) is beat


async def test_pings_tell_how_far_the_journals_are(
    source: JournalSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEARTBEAT_SECONDS", 0.0)
    client = InMemoryClient(WsApplication([LINES], source, PlaybackClock(1_000)))
    source.append("a", "one")
    client.ask("lines.subscribe", {"name": "a"})
    late = InMemoryClient(client.application)
    await settle()
    assert late.of_type("ping")[0] == {"serverTime": 1_000, "offsets": {}}
    late.ask("lines.subscribe", {"name": "a"})
    await settle()
    assert late.of_type("ping")[-1] == {"serverTime": 1_000, "offsets": {TOPIC: 1}}
    for each in (client, late):
        each.vanish()
        await each.task


def test_rate_counts_within_its_window() -> None:
    rate = Rate(2, 1_000)
    assert [rate.exceeded(now) for now in (0, 10, 20, 1_015, 1_016)] == [False, False, True, False, True]
    assert not rate.exceeded(3_000)


def test_envelope_limits_count_bytes() -> None:
    text = json.dumps({"type": "ping", "payload": "é" * 40_000}, ensure_ascii=False)
    with pytest.raises(protocol.BadMessage, match="larger"):
        protocol.read_envelope(text, WsLimits().frame_bytes)
