"""The journal as it is written."""

from typing import Any

from pydantic import Field

from trading_api.models.common import TimeMs, WireModel


class JournalEvent(WireModel):
    """One event of an account's journal, raw: its numbers are texts, as the journal keeps them."""

    offset: int = Field(examples=[7])
    epoch: str = Field(examples=["5fb6f146f57e2eeb"])
    type: str = Field(examples=["TradingStateChanged"])
    time: TimeMs
    data: dict[str, Any] = Field(examples=[{"trading_state": "halted"}])
    hash: str | None = Field(
        default=None,
        description="SHA-256 over its predecessor's hash and itself.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class EventsPage(WireModel):
    """Events after an offset, oldest first."""

    epoch: str = Field(examples=["5fb6f146f57e2eeb"])
    events: list[JournalEvent]
    last_offset: int = Field(
        description="Of the last event in the answer, or `after` without any.", examples=[7]
    )
