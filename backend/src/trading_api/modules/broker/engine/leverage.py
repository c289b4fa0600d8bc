"""How much of a position is borrowed: the leverage of a symbol, and what another one would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from trading_api.modules.broker.engine.checks import check_buying_power
from trading_api.modules.broker.engine.commands import SetLeverage
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.events import LeverageChanged
from trading_api.modules.broker.engine.exact import exact, is_multiple, quotient, tidy
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.margin import Margin, margin_of
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.refusals import CheckFailure, OrderRefused, RefusalCode
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import AccountState

LEAST = Decimal(1)
STEP = Decimal(1)
MOST_WITHOUT_RATE = Decimal(500)
"""The highest leverage of an instrument that has no margin rate of its own."""


@dataclass(frozen=True, slots=True)
class LeverageInfo:
    """The leverages of a symbol; those between are `step` apart."""

    least: Decimal
    most: Decimal
    step: Decimal
    current: Decimal
    """What has effect: the leverage of the account, where the symbol has none of its own, up to `most`."""


@dataclass(frozen=True, slots=True)
class LeveragePreview:
    """The margin of a symbol before and after a change of its leverage, and why it would be refused."""

    before: Margin
    after: Margin
    warnings: tuple[str, ...]
    failures: tuple[CheckFailure, ...]


def leverage_info(state: AccountState, instrument: Instrument) -> LeverageInfo:
    """From 1 to what the margin rate allows: margin is notional x max(margin rate, 1/leverage).

    A higher leverage than one divided by the margin rate would change nothing, so it is not offered.
    """
    with exact():
        most = MOST_WITHOUT_RATE
        if instrument.margin_rate > 0:
            whole = quotient(LEAST, instrument.margin_rate).to_integral_value(ROUND_FLOOR)
            most = max(LEAST, tidy(whole))
        current = min(most, state.leverage_of(instrument.symbol))
        return LeverageInfo(LEAST, most, STEP, current)


def set_leverage(draft: Draft, command: SetLeverage, instruments: Instruments, market: Market) -> None:
    """Trade the symbol with another leverage; raises OrderRefused with every failed check."""
    instrument = instruments[command.symbol]
    after, failures = _changed(draft.state, instrument, command.leverage, market)
    if failures:
        raise OrderRefused(failures)
    leverage = after.leverage_of(command.symbol)
    if draft.state.leverages.get(command.symbol) != leverage:
        time = draft.not_before(market.time)
        draft.record([LeverageChanged(draft.next_offset, time, command.symbol, leverage)])


def preview_leverage(
    state: AccountState, instrument: Instrument, leverage: Decimal, market: Market
) -> LeveragePreview:
    """What `set_leverage` would do to the margin of the symbol; nothing changes."""
    with exact():
        after, failures = _changed(state, instrument, leverage, market)
        before = margin_of(state, instrument.symbol, market)
        then = margin_of(after, instrument.symbol, market)
        return LeveragePreview(before, then, tuple(_warnings(before, then)), failures)


def _changed(
    state: AccountState, instrument: Instrument, leverage: Decimal, market: Market
) -> tuple[AccountState, tuple[CheckFailure, ...]]:
    failures = tuple(_check_range(leverage_info(state, instrument), leverage))
    if failures:
        return state, failures
    symbol = instrument.symbol
    after = replace(state, leverages=state.leverages.set(symbol, tidy(leverage)))
    unaffordable = check_buying_power(state, after, symbol, market)
    return after, tuple(replace(failure, field="leverage", value=leverage) for failure in unaffordable)


def _check_range(info: LeverageInfo, leverage: Decimal) -> Iterator[CheckFailure]:
    in_range = leverage.is_finite() and info.least <= leverage <= info.most
    if not in_range or not is_multiple(leverage, info.step):
        message = (
            f"leverage={leverage} must be from min={info.least:f} to max={info.most:f} "
            f"in steps of step={info.step:f}"
        )
        yield CheckFailure("leverage", RefusalCode.LEVERAGE_OUT_OF_RANGE, message, leverage)


def _warnings(before: Margin, after: Margin) -> Iterator[str]:
    if after.used > before.used:
        yield f"The open positions block more margin: {tidy(after.used):f} instead of {tidy(before.used):f}."
    if after.reserved > before.reserved:
        yield (
            f"The open orders reserve more margin: {tidy(after.reserved):f} "
            f"instead of {tidy(before.reserved):f}."
        )
