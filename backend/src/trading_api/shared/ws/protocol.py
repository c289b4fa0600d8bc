"""Reading what clients send: envelopes, requests and the limits on both. No I/O."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import ValidationError

from trading_api.models.streaming import ClientMessage, SubscribeOptions
from trading_api.shared.errors import TradingError, validation_failure
from trading_api.shared.ws.hub import Terms
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import Topic

HEARTBEAT_SECONDS = 15.0
SILENCE_SECONDS = 30.0


class BadMessage(TradingError):
    """The client sent something that is not of the protocol."""

    code, status, title = "message-invalid", 422, "Message invalid"


class TooManyTopics(TradingError):
    """The connection holds as many topics as one may."""

    code, status, title = "too-many-topics", 422, "Too many topics"


@dataclass(frozen=True)
class Subscribe:
    """Asks for a topic."""

    topic: Topic
    terms: Terms


@dataclass(frozen=True)
class Unsubscribe:
    """Lets go of a topic."""

    topic: Topic


@dataclass(frozen=True)
class Heartbeat:
    """A `ping` to be echoed, or the `pong` to one of ours."""

    kind: str
    payload: Any


Request = Subscribe | Unsubscribe | Heartbeat


def read_envelope(text: str, max_bytes: int) -> ClientMessage:
    """The message in a text frame; raises BadMessage naming what is wrong with it."""
    if len(text) > max_bytes or len(text.encode()) > max_bytes:
        raise BadMessage(f"The message is larger than {max_bytes} bytes.", code="message-too-large")
    try:
        return ClientMessage.model_validate_json(text)
    except ValidationError as error:
        raise _bad(error) from error


def read_request(envelope: ClientMessage, routes: Mapping[str, WsRouter[Any, Any]]) -> Request:
    """What the message asks for; raises BadMessage for an unknown type or a payload that does not fit."""
    if envelope.type in {"ping", "pong"}:
        return Heartbeat(envelope.type, envelope.payload)
    name, _, action = envelope.type.rpartition(".")
    route = routes.get(name)
    if route is None or action not in {"subscribe", "unsubscribe"}:
        raise BadMessage(f"There is no message type '{envelope.type}'.", code="message-type-unknown")
    try:
        topic = route.topic(route.request.model_validate(envelope.payload or {}))
        if action == "unsubscribe":
            return Unsubscribe(topic)
        return Subscribe(topic, _terms(route, SubscribeOptions.model_validate(envelope.options or {})))
    except ValidationError as error:
        raise _bad(error) from error


class Beat(Enum):
    """What a heartbeat calls for."""

    NONE = "none"
    PING = "ping"
    CLOSE = "close"


def heartbeat(silent_seconds: float, frames_sent: int) -> Beat:
    """What to do every HEARTBEAT_SECONDS with a client that has been silent for `silent_seconds`, when
    `frames_sent` have gone to it since the last time.

    A client that hears a lot and says nothing is asked as well, so that answering pings is enough to stay;
    early enough that a heartbeat which comes late closes nobody who was not asked.
    """
    if silent_seconds > SILENCE_SECONDS:
        return Beat.CLOSE
    if frames_sent == 0 or silent_seconds >= HEARTBEAT_SECONDS / 2:
        return Beat.PING
    return Beat.NONE


class TokenBucket:
    """So many events a second on the long run, and as many at once; time is a parameter, in seconds."""

    __slots__ = ("_at", "_rate", "_tokens")

    def __init__(self, rate: float, now: float) -> None:
        self._rate = self._tokens = rate
        self._at = now

    def take(self, now: float) -> bool:
        """Whether one more event at `now` is within the rate."""
        self._tokens = min(self._rate, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Rate:
    """At most `count` events in any `window_ms`; time is a parameter."""

    def __init__(self, count: int, window_ms: int) -> None:
        self._count, self._window = count, window_ms
        self._times: deque[int] = deque()

    def exceeded(self, now_ms: int) -> bool:
        """Note one event at `now_ms`; whether that is one too many."""
        while self._times and self._times[0] <= now_ms - self._window:
            self._times.popleft()
        self._times.append(now_ms)
        return len(self._times) > self._count


def _terms(route: WsRouter[Any, Any], options: SubscribeOptions) -> Terms:
    if options.max_rate_hz is not None and not route.conflatable:
        raise BadMessage(
            f"options.maxRateHz: every update of {route.route} is delivered.", code="validation-failed"
        )
    return Terms(options.recover, options.max_rate_hz)


def _bad(error: ValidationError) -> BadMessage:
    problem = validation_failure(error.errors(include_url=False))
    return BadMessage(problem.detail, problem.fields, code=problem.problem_code)
