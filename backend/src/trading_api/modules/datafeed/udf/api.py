"""The routes of the protocol; times are seconds UTC, but `nextTime` is in ms, as its clients read it."""

from typing import Annotated

from fastapi import Query, Response

from trading_api.models.market.marks import TimescaleMark
from trading_api.models.market.udf import (
    UdfBars,
    UdfConfiguration,
    UdfMarks,
    UdfNoData,
    UdfQuotes,
    UdfSearchResult,
    UdfSymbol,
    UdfSymbolTable,
)
from trading_api.modules.datafeed.api import LAST_SECOND, MarkAccount, Service
from trading_api.modules.datafeed.bars.window import MAX_BARS
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.marks import MarkRange
from trading_api.modules.datafeed.requests import window_of
from trading_api.modules.datafeed.udf.columns import encoded_bars
from trading_api.modules.datafeed.udf.route import UdfRouter, answered, encoded
from trading_api.modules.datafeed.udf.symbols import search_answer, symbol_answer, symbol_table
from trading_api.shared.errors import ValidationFailed, echo

FARTHEST_BACK = -LAST_SECOND
MAX_QUOTES = 1_000
MAX_TEXT = 64

router = UdfRouter()

Symbol = Annotated[
    str, Query(max_length=MAX_TEXT, description="Name, ticker or EXCHANGE:NAME.", examples=["SPY"])
]
Resolution = Annotated[str, Query(max_length=16, examples=["60"])]
_FROM = Query(
    alias="from",
    ge=FARTHEST_BACK,
    le=LAST_SECOND,
    description="Seconds UTC; a chart may ask for times before 1970.",
    examples=[1380892800],
)
From = Annotated[int, _FROM]
To = Annotated[
    int,
    Query(ge=FARTHEST_BACK, le=LAST_SECOND, description="Seconds UTC, exclusive.", examples=[1380916200]),
]
Currency = Annotated[
    str | None,
    Query(
        alias="currencyCode",
        max_length=16,
        description="That of the symbol: nothing is converted.",
        examples=["USD"],
    ),
]
Unit = Annotated[str, Query(alias="unitId", max_length=16, description="Empty: there are no units.")]


@router.answers("/config", UdfConfiguration)
async def udf_config(service: Service) -> Response:
    """What the datafeed can do."""
    told = vars(service.configuration())
    return answered(UdfConfiguration(**told, supports_search=True, supports_group_request=False))


@router.answers("/symbols", UdfSymbol)
async def udf_symbols(
    service: Service, symbol: Symbol, currency: Currency = None, unit: Unit = ""
) -> Response:
    """Everything about one symbol."""
    info = service.resolve(symbol)
    _refuse_conversion(info.currency_code, currency, unit)
    return answered(symbol_answer(info))


@router.answers("/search", list[UdfSearchResult])
async def udf_search(
    service: Service,
    query: Annotated[str, Query(max_length=MAX_TEXT)] = "",
    kind: Annotated[str, Query(alias="type", max_length=MAX_TEXT)] = "",
    exchange: Annotated[str, Query(max_length=MAX_TEXT)] = "",
    limit: Annotated[int, Query(ge=1, le=1_000)] = 30,
) -> Response:
    """Symbols whose name or description contains the query: exact, prefix, inside the name, description."""
    return answered(list(search_answer(service.search(query, exchange, kind, limit))))


@router.answers("/symbol_info", UdfSymbolTable)
async def udf_symbol_info(
    service: Service, group: Annotated[str, Query(max_length=MAX_TEXT, examples=["ARCA"])]
) -> Response:
    """All symbols of one exchange as a table."""
    listed = await service.listed_on(group)
    if not listed:
        raise SymbolUnknown(f"There is no group '{echo(group)}'.")
    return answered(symbol_table(listed))


@router.answers("/history", UdfBars | UdfNoData)
async def udf_history(
    service: Service,
    symbol: Symbol,
    resolution: Resolution,
    to: To,
    start: Annotated[int | None, _FROM] = None,
    count_back: Annotated[
        int, Query(alias="countback", ge=0, le=MAX_BARS, description="Outranks `from`.")
    ] = 0,
    currency: Currency = None,
    unit: Unit = "",
) -> Response:
    """Bars in [`from`, `to`), and at least `countback` before `to`; none of the future."""
    _refuse_conversion(service.resolve(symbol).currency_code, currency, unit)
    window = window_of(start, to, count_back)
    instrument, found = await service.history(symbol, resolution, window)
    return encoded(encoded_bars(instrument, found))


@router.answers("/time", int, 1380893400)
async def udf_time(service: Service) -> Response:
    """The market's time in whole seconds."""
    return answered(service.time_seconds())


@router.answers("/quotes", UdfQuotes)
async def udf_quotes(
    service: Service,
    symbols: Annotated[
        str, Query(max_length=MAX_QUOTES * MAX_TEXT, description="Names with commas.", examples=["SPY,IBM"])
    ] = "",
) -> Response:
    """One quote for each of the symbols, in that order; none for none."""
    names = symbols.split(",") if symbols else []
    if len(names) > MAX_QUOTES:
        raise ValidationFailed(f"symbols: at most {MAX_QUOTES} may be asked for, not {len(names)}.")
    return answered(UdfQuotes(s="ok", d=await service.quotes(names)))


@router.answers("/marks", UdfMarks)
async def udf_marks(
    service: Service, symbol: Symbol, start: From, to: To, resolution: Resolution, account: MarkAccount = None
) -> Response:
    """The account's executions in [`from`, `to`), each on its bar."""
    marks = await service.marks(symbol, _range(start, to, resolution), account)
    columns = {name: [getattr(mark, name) for mark in marks] for name in UdfMarks.model_fields}
    return answered(UdfMarks(**columns))


@router.answers("/timescale_marks", list[TimescaleMark])
async def udf_timescale_marks(
    service: Service, symbol: Symbol, start: From, to: To, resolution: Resolution
) -> Response:
    """Corporate actions in [`from`, `to`), each on its bar."""
    return answered(list(await service.timescale_marks(symbol, _range(start, to, resolution))))


def _range(start: int, to: int, resolution: str) -> MarkRange:
    return MarkRange(start, to, resolution)


def _refuse_conversion(known: str, currency: str | None, unit: str) -> None:
    if currency and currency != known:
        raise ValidationFailed(
            f"currencyCode: prices are in {known} and not converted to '{echo(currency)}'."
        )
    if unit:
        raise ValidationFailed(f"unitId: there is no unit '{echo(unit)}'.")
