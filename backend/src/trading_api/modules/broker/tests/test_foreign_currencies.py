"""Accounts in another currency than what they trade, in a running broker."""

from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.models.broker.accounts import AccountOpening
from trading_api.models.broker.orders import OrderType, PreOrder, Side
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.errors import OrderRefusal
from trading_api.modules.broker.tests.service_cases import (
    Floor,
    SmallDatafeed,
    symbol_info,
    trading_floor,
)

BUYING = PreOrder(symbol="AAA", type=OrderType.MARKET, side=Side.BUY, qty=Decimal(100))
SELLING = PreOrder(symbol="AAA", type=OrderType.MARKET, side=Side.SELL, qty=Decimal(100))
EURO = AccountOpening(id="EURO", currency="EUR", opening_balance=Decimal(1000))


def with_pair() -> SmallDatafeed:
    """A datafeed that has the pair."""
    return SmallDatafeed({name: symbol_info(name) for name in ("AAA", "EURUSD")})


async def last_event(floor: Floor) -> str:
    """Type of the last event of the account in euro, once the ticks so far are applied."""
    for _ in range(2):
        await floor.snapshot("orders", account_id="EURO")
    return (await floor.service.events("EURO", 0, 1000)).events[-1].type


async def money(floor: Floor) -> tuple[object, ...]:
    """Balance, unrealized profit and margin used of the account in euro."""
    equity = (await floor.service.account("EURO")).equity
    return equity.balance, equity.unrealized_pl, equity.margin_used


async def test_the_rate_is_asked_for_and_then_followed(tmp_path: Path) -> None:
    async with trading_floor(tmp_path, with_pair()) as floor:
        await floor.service.open_account(EURO)
        await floor.quote("9.98", "10.00")
        await floor.quote("1.25", "1.25", symbol="EURUSD")
        await floor.service.place("EURO", BUYING)
        assert await money(floor) == (1000, Decimal("-1.6"), Decimal("199.6"))
        await floor.quote("1.00", "1.00", symbol="EURUSD")
        assert await money(floor) == (1000, -2, Decimal("249.5"))
        await floor.quote("12.00", "12.01")
        await floor.service.place("EURO", SELLING)
        assert await money(floor) == (1200, 0, 0)


async def test_a_rate_that_no_tick_has_shown_comes_from_the_datafeed(tmp_path: Path) -> None:
    datafeed = with_pair()
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.service.open_account(EURO)
        await floor.quote("9.98", "10.00")
        datafeed.quotes["EURUSD"] = Quote("EURUSD", floor.clock.now_ms(), Decimal("1.25"), Decimal("1.25"))
        await floor.service.place("EURO", BUYING)
        assert (await money(floor))[2] == Decimal("199.6")


async def test_without_a_rate_orders_are_refused(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.service.open_account(EURO)
        await floor.quote("9.98", "10.00")
        with pytest.raises(OrderRefusal) as refused:
            await floor.service.place("EURO", BUYING)
        assert refused.value.problem_code == "currency-unsupported"


async def test_a_rate_alone_warns_of_the_margin(tmp_path: Path) -> None:
    async with trading_floor(tmp_path, with_pair()) as floor:
        await floor.service.open_account(EURO)
        await floor.quote("10.00", "10.00")
        await floor.quote("1.25", "1.25", symbol="EURUSD")
        await floor.service.place("EURO", BUYING.model_copy(update={"qty": Decimal(480)}))  # 960 of 1000
        await floor.quote("1.24", "1.24", symbol="EURUSD")  # 967.74 of 1000
        assert await last_event(floor) == "PositionChanged"
        await floor.quote("1.19", "1.19", symbol="EURUSD")  # 1008.40 of 1000
        assert await last_event(floor) == "MarginWarned"
        await floor.quote("1.21", "1.21", symbol="EURUSD")
        assert await last_event(floor) == "MarginRecovered"
