"""Client of the module `datafeed`, generated; `make generate` writes it anew."""

from enum import StrEnum
from typing import Literal

from trading_api.clients.operation import Operation
from trading_api.clients.rest import RestClient
from trading_api.models.market.bars import BarsPage
from trading_api.models.market.marks import Mark, TimescaleMark
from trading_api.models.market.quotes import Depth, QuoteData, TradeData
from trading_api.models.market.status import FeedStatus, ReplayControl, ReplayState
from trading_api.models.market.symbols import DatafeedConfiguration, SearchResult, SymbolInfo

_CONFIG = Operation[DatafeedConfiguration]("GET", "/config", DatafeedConfiguration)
_SEARCH = Operation[list[SearchResult]]("GET", "/search", list[SearchResult])
_RESOLVE = Operation[SymbolInfo]("GET", "/resolve/{symbol}", SymbolInfo)
_BARS = Operation[BarsPage]("GET", "/bars", BarsPage)
_QUOTES = Operation[list[QuoteData]]("GET", "/quotes", list[QuoteData])
_TRADES = Operation[list[TradeData]]("GET", "/trades", list[TradeData])
_DEPTH = Operation[Depth]("GET", "/depth", Depth)
_MARKS = Operation[list[Mark]]("GET", "/marks", list[Mark])
_TIMESCALE_MARKS = Operation[list[TimescaleMark]]("GET", "/timescale-marks", list[TimescaleMark])
_TIME = Operation[int]("GET", "/time", int)
_STATUS = Operation[FeedStatus]("GET", "/status", FeedStatus)
_REPLAY = Operation[ReplayState]("GET", "/replay", ReplayState)
_CONTROL_REPLAY = Operation[ReplayState]("POST", "/replay", ReplayState)
_CHANGE_REPLAY = Operation[ReplayState]("PUT", "/replay", ReplayState)


class DatafeedErrorCode(StrEnum):
    """Codes of the problems with which the module `datafeed` refuses."""

    ACCOUNT_UNKNOWN = "account-unknown"
    BODY_TOO_LARGE = "body-too-large"
    HOST_NOT_ALLOWED = "host-not-allowed"
    INTERNAL_ERROR = "internal-error"
    JSON_INVALID = "json-invalid"
    REPLAY_UNAVAILABLE = "replay-unavailable"
    RESOLUTION_UNSUPPORTED = "resolution-unsupported"
    SYMBOL_UNKNOWN = "symbol-unknown"
    TIME_RANGE_INVALID = "time-range-invalid"
    UNAVAILABLE = "unavailable"
    VALIDATION_FAILED = "validation-failed"


class DatafeedClient(RestClient):
    """Instruments, bars, quotes and the market's time."""

    error_codes = DatafeedErrorCode

    async def config(self) -> DatafeedConfiguration:
        """What the datafeed can do."""
        return await self._ask(_CONFIG)

    async def search(
        self,
        *,
        user_input: str | None = None,
        exchange: str | None = None,
        symbol_type: str | None = None,
        max_results: int | None = None,
    ) -> list[SearchResult]:
        """Symbols whose name or description contains the input: exact, prefix, inside the name,
        description.
        """
        return await self._ask(
            _SEARCH,
            query={
                "user_input": user_input,
                "exchange": exchange,
                "symbol_type": symbol_type,
                "max_results": max_results,
            },
        )

    async def resolve(self, *, symbol: str) -> SymbolInfo:
        """Everything about one symbol."""
        return await self._ask(_RESOLVE, path={"symbol": symbol})

    async def bars(
        self,
        *,
        symbol: str,
        resolution: str,
        to_time: int,
        from_time: int | None = None,
        count_back: int | None = None,
        adjustment: Literal["raw", "split", "total"] | None = None,
    ) -> BarsPage:
        """Bars in [from_time, to_time), and at least `count_back` before `to_time`; none of the future."""
        return await self._ask(
            _BARS,
            query={
                "symbol": symbol,
                "resolution": resolution,
                "to_time": to_time,
                "from_time": from_time,
                "count_back": count_back,
                "adjustment": adjustment,
            },
        )

    async def quotes(self, *, symbols: list[str]) -> list[QuoteData]:
        """One quote for each of the symbols, in that order."""
        return await self._ask(_QUOTES, query={"symbols": symbols})

    async def trades(self, *, symbol: str, limit: int | None = None) -> list[TradeData]:
        """The last trades, oldest first, as far as the feed remembers them."""
        return await self._ask(_TRADES, query={"symbol": symbol, "limit": limit})

    async def depth(self, *, symbol: str, levels: int | None = None) -> Depth:
        """The book now, as many levels as the feed has."""
        return await self._ask(_DEPTH, query={"symbol": symbol, "levels": levels})

    async def marks(
        self,
        *,
        symbol: str,
        from_time: int,
        to_time: int,
        resolution: str,
        account_id: str | None = None,
    ) -> list[Mark]:
        """The account's executions on the bars in [from_time, to_time), at most ten a bar.

        Without a broker, or while it does not answer, there are none.
        """
        return await self._ask(
            _MARKS,
            query={
                "symbol": symbol,
                "from_time": from_time,
                "to_time": to_time,
                "resolution": resolution,
                "accountId": account_id,
            },
        )

    async def timescale_marks(
        self,
        *,
        symbol: str,
        from_time: int,
        to_time: int,
        resolution: str,
    ) -> list[TimescaleMark]:
        """Splits and dividends on the bars in [from_time, to_time), one mark a bar."""
        return await self._ask(
            _TIMESCALE_MARKS,
            query={"symbol": symbol, "from_time": from_time, "to_time": to_time, "resolution": resolution},
        )

    async def time(self) -> int:
        """The market's time, whole seconds UTC."""
        return await self._ask(_TIME)

    async def status(self) -> FeedStatus:
        """Where the data comes from and how fresh it is."""
        return await self._ask(_STATUS)

    async def replay(self) -> ReplayState:
        """Where the replay is and how it runs."""
        return await self._ask(_REPLAY)

    async def control_replay(self, control: ReplayControl) -> ReplayState:
        """Pause or play, change the speed, go to another moment, or choose what is played."""
        return await self._ask(_CONTROL_REPLAY, body=control)

    async def change_replay(self, control: ReplayControl) -> ReplayState:
        """The same as POST."""
        return await self._ask(_CHANGE_REPLAY, body=control)
