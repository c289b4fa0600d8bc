"""What is published: the same bytes by every server, of one length, so that a load can count without parsing.

Only the standard library: servers of any environment import it.
"""

import json
import time
from typing import Any, NamedTuple

ROUTE = "ticks"
JOURNAL_ROUTE = "events"
SEQ_BASE = 1_000_000_000
STAMP_BASE = 10**18
SEQ_DIGITS, STAMP_DIGITS = 10, 19
BID, ASK = 101.25, 101.75
UPDATE_START = b'{"type":"ticks.update"'


class Tick(NamedTuple):
    """One update of one topic: its topic's number, its round, and when it was due."""

    topic: int
    round: int
    stamp: int


def now() -> int:
    """Nanoseconds of the clock that all processes of the machine share, always of 19 digits."""
    return STAMP_BASE + time.monotonic_ns()


def symbol(topic: int) -> str:
    """What a client asks for to get the topic of that number."""
    return f"S{topic:05d}"


def topic_of(asked: str) -> int:
    """The number in a symbol."""
    return int(asked[1:])


def topic_name(asked: str, route: str = ROUTE) -> str:
    """The topic string of the streaming protocol."""
    return f'{route}:{{"symbol":"{asked}"}}'


def fields(tick: Tick) -> dict[str, Any]:
    """The data of a tick as it is on the wire."""
    return {
        "symbol": symbol(tick.topic),
        "bid": BID,
        "ask": ASK,
        "stamp": tick.stamp,
        "seq": SEQ_BASE + tick.round,
    }


def update_text(tick: Tick) -> str:
    """The whole message, as a server without an encoder of its own would write it."""
    payload = {"topic": topic_name(symbol(tick.topic)), "payload": fields(tick)}
    return json.dumps({"type": f"{ROUTE}.update", "payload": payload}, separators=(",", ":"))


def subscription_text(topic: int, route: str = ROUTE, options: dict[str, Any] | None = None) -> str:
    """The message with which a client asks for a topic."""
    message: dict[str, Any] = {"type": f"{route}.subscribe", "payload": {"symbol": symbol(topic)}}
    if options is not None:
        message["options"] = options
    return json.dumps(message, separators=(",", ":"))


def subscribed_text(route: str = ROUTE) -> str:
    """What a peer answers."""
    return json.dumps({"type": f"{route}.subscribe.response", "payload": {"status": "ok"}})


class Template:
    """The message of one topic with room for stamp and round: encoding that costs next to nothing."""

    def __init__(self, topic: int) -> None:
        holes = update_text(Tick(topic, 0, STAMP_BASE)).replace("%", "%%")
        holes = holes.replace(f'"stamp":{STAMP_BASE}', '"stamp":%d').replace(f'"seq":{SEQ_BASE}', '"seq":%d')
        self._holes = holes.encode()

    def filled(self, tick: Tick) -> bytes:
        """The same bytes as `update_text`."""
        return self._holes % (tick.stamp, SEQ_BASE + tick.round)
