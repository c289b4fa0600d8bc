"""The streams of the bench: one of newest values and one of a journal."""

from typing import Any, Final

from benchmarks.streaming.ticks import JOURNAL_ROUTE, ROUTE
from trading_api.models.common import JournalModel, RequestModel, WireModel
from trading_api.shared.ws.router import WsRouter


class SymbolRequest(RequestModel):
    """What a client subscribes with."""

    symbol: str


class TickData(WireModel):
    """A newest value."""

    symbol: str
    bid: float
    ask: float
    stamp: int
    seq: int


class EventData(JournalModel):
    """An event of a journal."""

    symbol: str
    text: str


class TicksWsRouter(WsRouter[SymbolRequest, TickData]):
    """The route `ticks`."""

    route = ROUTE
    request = SymbolRequest
    data = TickData


class EventsWsRouter(WsRouter[SymbolRequest, EventData]):
    """The route `events`."""

    route = JOURNAL_ROUTE
    request = SymbolRequest
    data = EventData


TICKS = TicksWsRouter()
EVENTS = EventsWsRouter()
ROUTES: Final[tuple[WsRouter[Any, Any], ...]] = (TICKS, EVENTS)
