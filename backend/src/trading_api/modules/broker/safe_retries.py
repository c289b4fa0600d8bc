"""Commands that a caller may repeat: the key that says it is the same one, and the answer it had."""

import hashlib
from dataclasses import dataclass
from typing import Any, Self

from trading_api.models.common import WireModel
from trading_api.models.topics import compact_json
from trading_api.modules.broker.errors import IdempotencyKeyReused

KEY_LIFE_MS = 24 * 60 * 60 * 1000
UNDER_WAY = 102
"""In place of the status of an answer, while a command of many steps is under way; nobody is sent it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One command under the caller's key; `now` is real time in ms, whatever the market's time is."""

    key: str
    fingerprint: str
    now: int

    @classmethod
    def of(cls, key: str | None, command: str, request: Any, now: int) -> Self | None:
        """The attempt at `command` with `request` (JSON, or a model), if the caller gave a key."""
        if key is None:
            return None
        asked = request.to_wire() if isinstance(request, WireModel) else request
        text = f"{command} {compact_json(asked)}"
        return cls(key, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), now)

    @property
    def kept_until(self) -> int:
        """When the answer may be forgotten."""
        return self.now + KEY_LIFE_MS


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command is answered: JSON text, with its HTTP status."""

    body: str
    status: int = 200

    @property
    def is_under_way(self) -> bool:
        """Whether it is no answer yet, but says how far the command has come."""
        return self.status == UNDER_WAY


NO_ANSWER = Answer("")
"""Of what nobody asked for: a tick."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a command under a key was answered, and the journal's offset at which it was done."""

    fingerprint: str
    offset: int
    answer: Answer

    def check(self, attempt: Attempt) -> None:
        """Raises IdempotencyKeyReused if the key was given to another request."""
        if self.fingerprint != attempt.fingerprint:
            raise IdempotencyKeyReused(f"The key {attempt.key} was used for another request.")
