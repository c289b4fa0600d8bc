"""nautilus_trader's simulated exchange, in its own environment: `python -m ... SCENARIO OUTCOME`.

The exchange is called directly, without the data engine in front of it; its fill model is the one of its own
that ours corresponds to: everything fills at the best price.
"""

import gc
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

# nautilus_trader is installed in an environment of its own.
from nautilus_trader.backtest.engine import SimulatedExchange  # type: ignore[import-not-found]
from nautilus_trader.backtest.execution_client import BacktestExecClient  # type: ignore[import-not-found]
from nautilus_trader.backtest.models import (  # type: ignore[import-not-found]
    BestPriceFillModel,
    LatencyModel,
    MakerTakerFeeModel,
)
from nautilus_trader.cache.cache import Cache  # type: ignore[import-not-found]
from nautilus_trader.common.component import MessageBus, TestClock  # type: ignore[import-not-found]
from nautilus_trader.config import (  # type: ignore[import-not-found]
    ExecEngineConfig,
    RiskEngineConfig,
    StrategyConfig,
)
from nautilus_trader.data.engine import DataEngine  # type: ignore[import-not-found]
from nautilus_trader.execution.engine import ExecutionEngine  # type: ignore[import-not-found]
from nautilus_trader.model.currencies import BTC, USDT  # type: ignore[import-not-found]
from nautilus_trader.model.data import QuoteTick  # type: ignore[import-not-found]
from nautilus_trader.model.enums import (  # type: ignore[import-not-found]
    AccountType,
    OmsType,
    OrderSide,
    OrderStatus,
    OrderType,
    TimeInForce,
    TriggerType,
    liquidity_side_to_str,
    order_side_to_str,
)
from nautilus_trader.model.identifiers import (  # type: ignore[import-not-found]
    ClientOrderId,
    InstrumentId,
    TraderId,
    Venue,
)
from nautilus_trader.model.instruments import CurrencyPair  # type: ignore[import-not-found]
from nautilus_trader.model.objects import Money as Cash  # type: ignore[import-not-found]
from nautilus_trader.model.objects import Price, Quantity
from nautilus_trader.portfolio.portfolio import Portfolio  # type: ignore[import-not-found]
from nautilus_trader.risk.engine import RiskEngine  # type: ignore[import-not-found]
from nautilus_trader.trading.strategy import Strategy  # type: ignore[import-not-found]

from benchmarks.engine.scenario import Action, Ending, Filled, Money, Outcome, RecordedQuote, Scenario, Terms

VENUE = Venue("SIM")
OPENING = 10_000_000
"""More, and its doubles cannot hold the eighth decimal."""
BASIS_POINT = Decimal("0.0001")
SIDES = {"buy": OrderSide.BUY, "sell": OrderSide.SELL}
DURATIONS = {
    "gtc": TimeInForce.GTC,
    "gtd": TimeInForce.GTD,
    "ioc": TimeInForce.IOC,
    "fok": TimeInForce.FOK,
}
STATUSES = {
    OrderStatus.SUBMITTED: "inactive",
    OrderStatus.FILLED: "filled",
    OrderStatus.CANCELED: "canceled",
    OrderStatus.EXPIRED: "expired",
    OrderStatus.REJECTED: "rejected",
    OrderStatus.DENIED: "rejected",
}


def instrument_of(terms: Terms) -> Any:
    """A pair quoted in USDT, whose money has eight decimals."""
    return CurrencyPair(
        instrument_id=InstrumentId.from_str(f"{terms.symbol}.{VENUE}"),
        raw_symbol=InstrumentId.from_str(f"{terms.symbol}.{VENUE}").symbol,
        base_currency=BTC,
        quote_currency=USDT,
        price_precision=terms.price_digits,
        size_precision=terms.qty_digits,
        price_increment=Price.from_str(terms.tick),
        size_increment=Quantity.from_str(terms.qty_step),
        margin_init=Decimal("0.01"),
        margin_maint=Decimal("0.01"),
        maker_fee=Decimal(terms.maker_bps) * BASIS_POINT,
        taker_fee=Decimal(terms.taker_bps) * BASIS_POINT,
        ts_event=0,
        ts_init=0,
    )


class Recorder(Strategy):  # type: ignore[misc]
    """The one who places the orders; writes down what fills."""

    def __init__(self) -> None:
        super().__init__(StrategyConfig(manage_gtd_expiry=False))
        self.fills: list[Filled] = []
        self.quote = 0

    def on_order_filled(self, event: Any) -> None:
        """Called by nautilus_trader."""
        self.fills.append(
            Filled(
                order=str(event.client_order_id),
                side=order_side_to_str(event.order_side).lower(),
                qty=str(event.last_qty),
                price=str(event.last_px),
                commission=str(event.commission.as_decimal()),
                liquidity=liquidity_side_to_str(event.liquidity_side).lower(),
                quote=self.quote,
            )
        )


class Venture:
    """The exchange with all that it needs around it."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.instrument = instrument_of(scenario.terms)
        self.clock = TestClock()
        trader = TraderId("TESTER-000")
        bus = MessageBus(trader_id=trader, clock=self.clock)
        self.cache = Cache(database=None)
        around = {"msgbus": bus, "cache": self.cache, "clock": self.clock}
        portfolio = Portfolio(**around)
        data = DataEngine(**around)
        execution = ExecutionEngine(**around, config=ExecEngineConfig())
        self._risk = RiskEngine(portfolio=portfolio, **around, config=RiskEngineConfig(bypass=True))
        self.exchange = self._exchange(portfolio, around, frozen=not scenario.audit)
        client = BacktestExecClient(exchange=self.exchange, **around, frozen_account=not scenario.audit)
        execution.register_client(client)
        self.exchange.register_client(client)
        self.cache.add_instrument(self.instrument)
        self.exchange.add_instrument(self.instrument)
        self.recorder = Recorder()
        self.recorder.register(trader_id=trader, portfolio=portfolio, **around)
        self.exchange.reset()
        for engine in (data, execution, self.recorder):
            engine.start()
        self.money: list[Money] = []

    def run(self) -> Outcome:
        """All quotes and actions."""
        ticks = [self._tick(quote) for quote in self._scenario.quotes]
        seconds = 0.0
        for indices, actions in self._scenario.segments():
            seconds += self._see(ticks, indices)
            for action in actions:
                self._act(action)
        return Outcome(seconds, self.recorder.fills, dict(self._endings()), self.money)

    def _see(self, ticks: list[Any], indices: range) -> float:
        """Processor time of these quotes."""
        process, recorder, audit = self.exchange.process_quote_tick, self.recorder, self._scenario.audit
        gc.collect()
        gc.freeze()
        started = time.process_time()
        for index in indices:
            recorder.quote = index
            process(ticks[index])
            if audit:
                self._audit()
        return time.process_time() - started

    def _act(self, action: Action) -> None:
        order_id = ClientOrderId(action.name)
        if action.verb == "place" and action.take_profit is not None:
            self.recorder.submit_order_list(self._bracket(action, order_id))
        elif action.verb == "place":
            self.recorder.submit_order(self._order(action, order_id))
        elif (order := self.cache.order(order_id)) is not None and not order.is_closed:
            if action.verb == "cancel":
                self.recorder.cancel_order(order)
            elif order.has_price:
                self.recorder.modify_order(
                    order, self._qty(action.qty), self._price(action.limit), self._price(action.stop)
                )
        self.exchange.process(self.clock.timestamp_ns())
        if self._scenario.audit:
            self._audit()

    def _order(self, action: Action, order_id: Any) -> Any:
        common: dict[str, Any] = {
            "instrument_id": self.instrument.id,
            "order_side": SIDES[action.side],
            "quantity": self._qty(action.qty),
            "client_order_id": order_id,
            "time_in_force": DURATIONS[action.duration],
        }
        if action.type == "market":
            return self.recorder.order_factory.market(**common)
        if action.end is not None:
            common["expire_time"] = _moment(action.end)
        if action.type == "limit":
            return self.recorder.order_factory.limit(**common, price=self._price(action.limit))
        if action.trail is not None:
            trailing = {"trailing_offset": Decimal(action.trail), "trigger_type": TriggerType.BID_ASK}
            return self.recorder.order_factory.trailing_stop_market(**common, **trailing)
        common["trigger_price"] = self._price(action.stop)
        if action.type == "stop":
            return self.recorder.order_factory.stop_market(**common)
        return self.recorder.order_factory.stop_limit(**common, price=self._price(action.limit))

    def _bracket(self, action: Action, order_id: Any) -> Any:
        """The order with its protection; each part fills to the other's cost."""
        return self.recorder.order_factory.bracket(
            instrument_id=self.instrument.id,
            order_side=SIDES[action.side],
            quantity=self._qty(action.qty),
            entry_order_type=OrderType.MARKET if action.type == "market" else OrderType.LIMIT,
            entry_price=self._price(action.limit),
            entry_client_order_id=order_id,
            tp_price=self._price(action.take_profit),
            tp_post_only=False,
            tp_client_order_id=ClientOrderId(f"{action.name}-take_profit"),
            sl_trigger_price=self._price(action.stop_loss),
            sl_client_order_id=ClientOrderId(f"{action.name}-stop_loss"),
        )

    def _audit(self) -> None:
        filled = len(self.recorder.fills)
        if filled == (self.money[-1].fills if self.money else 0):
            return
        account = self.exchange.get_account()
        held = self.cache.positions_open(instrument_id=self.instrument.id)
        position, average = (held[0].signed_decimal_qty(), held[0].avg_px_open) if held else (0, 0)
        balance = account.balance_total(USDT).as_decimal()
        self.money.append(Money(filled, str(balance), str(position), repr(average)))

    def _endings(self) -> Iterable[tuple[str, Ending]]:
        for order in self.cache.orders():
            average = None if order.avg_px is None or not order.filled_qty else repr(order.avg_px)
            status = STATUSES.get(order.status, "working")
            yield str(order.client_order_id), Ending(status, str(order.filled_qty), average)

    def _tick(self, quote: RecordedQuote) -> Any:
        return QuoteTick(
            self.instrument.id,
            Price.from_str(quote.bid),
            Price.from_str(quote.ask),
            Quantity.from_str(quote.bid_size),
            Quantity.from_str(quote.ask_size),
            quote.time * 1_000_000,
            quote.time * 1_000_000,
        )

    def _price(self, text: str | None) -> Any:
        return None if text is None else Price.from_str(text)

    def _qty(self, text: str | None) -> Any:
        return None if text is None else Quantity.from_str(text)

    @staticmethod
    def _exchange(portfolio: Any, around: dict[str, Any], *, frozen: bool) -> Any:
        return SimulatedExchange(
            venue=VENUE,
            oms_type=OmsType.NETTING,
            account_type=AccountType.MARGIN,
            starting_balances=[Cash(OPENING, USDT)],
            base_currency=USDT,
            default_leverage=Decimal(100),
            leverages={},
            modules=[],
            portfolio=portfolio,
            **around,
            fill_model=BestPriceFillModel(),
            fee_model=MakerTakerFeeModel(),
            latency_model=LatencyModel(0),
            frozen_account=frozen,
            reject_stop_orders=True,
        )


def _moment(time_ms: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=time_ms)


if __name__ == "__main__":
    Venture(Scenario.read(Path(sys.argv[1]))).run().write(Path(sys.argv[2]))
