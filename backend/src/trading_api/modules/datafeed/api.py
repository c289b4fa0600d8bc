"""REST routes of the datafeed. Times are seconds UTC where a name ends in `_time`, as chart libraries ask."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from pydantic import Field

from trading_api.models.market.bars import Adjustment, BarsPage
from trading_api.models.market.marks import Mark, TimescaleMark
from trading_api.models.market.quotes import Depth, QuoteData, TradeData
from trading_api.models.market.status import FeedStatus, ReplayControl, ReplayState
from trading_api.models.market.symbols import DatafeedConfiguration, SearchResult, SymbolInfo
from trading_api.modules.datafeed.bars.window import MAX_BARS
from trading_api.modules.datafeed.errors import (
    AccountUnknown,
    ReplayUnavailable,
    ResolutionUnsupported,
    SymbolUnknown,
    TimeRangeInvalid,
)
from trading_api.modules.datafeed.marks import MarkRange
from trading_api.modules.datafeed.service import DatafeedService
from trading_api.shared.errors import BodyTooLarge, JsonInvalid, Unavailable, ValidationFailed
from trading_api.shared.routing import ModuleRouter, answering, problems

LAST_SECOND = 253_402_300_799
"""9999-12-31: no time on the wire may be later."""
MAX_SYMBOLS = 100

router = ModuleRouter(responses=problems(Unavailable))


async def _service(request: Request) -> DatafeedService:
    service = request.app.state.service
    assert isinstance(service, DatafeedService)
    return service


async def _symbol_list(
    symbols: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=8_000)]],
        Query(
            min_length=1,
            max_length=MAX_SYMBOLS,
            description="Each one name, or several with commas.",
            examples=[["SPY", "IBM"]],
        ),
    ],
) -> list[str]:
    names = [name for text in symbols for name in text.split(",")]
    if len(names) > MAX_SYMBOLS:
        raise ValidationFailed(f"symbols: at most {MAX_SYMBOLS} may be asked for, not {len(names)}.")
    return names


Service = Annotated[DatafeedService, Depends(_service)]
NAMES = "Name, ticker or EXCHANGE:NAME."
Symbol = Annotated[str, Query(min_length=1, max_length=64, description=NAMES, examples=["SPY"])]
Seconds = Annotated[
    int,
    Query(ge=0, le=LAST_SECOND, description="Seconds since 1970-01-01 UTC.", examples=[1380893460]),
]
ResolutionText = Annotated[str, Query(min_length=1, max_length=16, examples=["1", "60", "1D"])]
MarkAccount = Annotated[
    str | None,
    Query(
        alias="accountId",
        min_length=1,
        max_length=48,
        description="Default: the demo account.",
        examples=["DEMO"],
    ),
]


@router.get("/config")
async def config(service: Service) -> DatafeedConfiguration:
    """What the datafeed can do."""
    return service.configuration()


@router.get("/search")
async def search(
    service: Service,
    user_input: Annotated[str, Query(max_length=64)] = "",
    exchange: Annotated[str, Query(max_length=64)] = "",
    symbol_type: Annotated[str, Query(max_length=64)] = "",
    max_results: Annotated[int, Query(ge=1, le=100)] = 30,
) -> list[SearchResult]:
    """Symbols whose name or description contains the input: exact, prefix, inside the name, description."""
    return service.search(user_input, exchange, symbol_type, max_results)


@router.get("/resolve/{symbol:path}", responses=problems(SymbolUnknown))
async def resolve(
    service: Service, symbol: Annotated[str, Path(description=NAMES, examples=["SPY"])]
) -> SymbolInfo:
    """Everything about one symbol."""
    return service.resolve(symbol)


@router.get(
    "/bars",
    response_model=BarsPage,
    responses=problems(SymbolUnknown, ResolutionUnsupported, TimeRangeInvalid, ValidationFailed),
)
async def bars(
    service: Service,
    symbol: Symbol,
    resolution: ResolutionText,
    to_time: Seconds,
    from_time: Annotated[
        int | None,
        Query(
            ge=0,
            le=LAST_SECOND,
            description="Needed unless count_back is given.",
            examples=[1380892800],
        ),
    ] = None,
    count_back: Annotated[int, Query(ge=0, le=MAX_BARS, description="Outranks from_time.")] = 0,
    adjustment: Annotated[
        Adjustment | None, Query(description="Default: `adjustment` of the symbol.", examples=["split"])
    ] = None,
) -> Response:
    """Bars in [from_time, to_time), and at least `count_back` before `to_time`; none of the future."""
    page = await service.bars(symbol, resolution, from_time, to_time, count_back, adjustment)
    return Response(page, media_type="application/json")


@router.get("/quotes")
async def quotes(service: Service, symbols: Annotated[list[str], Depends(_symbol_list)]) -> list[QuoteData]:
    """One quote for each of the symbols, in that order."""
    return await service.quotes(symbols)


@router.get("/trades", responses=problems(SymbolUnknown))
async def trades(
    service: Service, symbol: Symbol, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[TradeData]:
    """The last trades, oldest first, as far as the feed remembers them."""
    return await service.trades(symbol, limit)


@router.get("/depth", responses=problems(SymbolUnknown))
async def depth(service: Service, symbol: Symbol, levels: Annotated[int, Query(ge=1, le=1000)] = 10) -> Depth:
    """The book now, as many levels as the feed has."""
    return await service.depth(symbol, levels)


@router.get(
    "/marks", responses=problems(SymbolUnknown, AccountUnknown, ResolutionUnsupported, TimeRangeInvalid)
)
async def marks(
    service: Service,
    symbol: Symbol,
    from_time: Seconds,
    to_time: Seconds,
    resolution: ResolutionText,
    account_id: MarkAccount = None,
) -> list[Mark]:
    """The account's executions on the bars in [from_time, to_time), at most ten a bar.

    Without a broker, or while it does not answer, there are none.
    """
    return await service.marks(symbol, MarkRange(from_time, to_time, resolution), account_id)


@router.get("/timescale-marks", responses=problems(SymbolUnknown, ResolutionUnsupported, TimeRangeInvalid))
async def timescale_marks(
    service: Service, symbol: Symbol, from_time: Seconds, to_time: Seconds, resolution: ResolutionText
) -> list[TimescaleMark]:
    """Splits and dividends on the bars in [from_time, to_time), one mark a bar."""
    return await service.timescale_marks(symbol, MarkRange(from_time, to_time, resolution))


@router.get("/time", responses=answering(1380893400))
async def time(service: Service) -> int:
    """The market's time, whole seconds UTC."""
    return service.time_seconds()


@router.get("/status")
async def status(service: Service) -> FeedStatus:
    """Where the data comes from and how fresh it is."""
    return await service.status()


@router.get("/replay", responses=problems(ReplayUnavailable))
async def replay(service: Service) -> ReplayState:
    """Where the replay is and how it runs."""
    return service.replay_state()


_REPLAY_PROBLEMS = problems(
    ReplayUnavailable, SymbolUnknown, ResolutionUnsupported, ValidationFailed, JsonInvalid, BodyTooLarge
)


@router.post("/replay", responses=_REPLAY_PROBLEMS, status_code=200)
async def control_replay(service: Service, control: ReplayControl) -> ReplayState:
    """Pause or play, change the speed, go to another moment, or choose what is played."""
    return service.change_replay(control)


@router.put("/replay", responses=_REPLAY_PROBLEMS)
async def change_replay(service: Service, control: ReplayControl) -> ReplayState:
    """The same as POST."""
    return service.change_replay(control)
