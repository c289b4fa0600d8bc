"""The bounds of a module's WebSocket."""

from dataclasses import dataclass, fields
from typing import Any

from trading_api.settings import Settings


def _default(name: str) -> Any:
    return Settings.model_fields[f"ws_{name}"].default


@dataclass(frozen=True)
class WsLimits:
    """What one connection, and one process, may use; each is the setting `ws_<name>`, which describes it."""

    topics: int = _default("topics")
    frame_bytes: int = _default("frame_bytes")
    messages_per_second: int = _default("messages_per_second")
    waiting_bytes: int = _default("waiting_bytes")
    connections: int = _default("connections")
    bad_messages_per_minute: int = _default("bad_messages_per_minute")
    life_seconds: float = _default("life_seconds")
    drain_seconds: float = _default("drain_seconds")

    @classmethod
    def of(cls, settings: Settings) -> "WsLimits":
        """The limits that `settings` set."""
        return cls(**{each.name: getattr(settings, f"ws_{each.name}") for each in fields(cls)})
