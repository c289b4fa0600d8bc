"""Executions and corporate actions on the bars of a chart."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.models.broker.executions import Execution
from trading_api.models.broker.orders import Side
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import of_prints
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.execution_log import ExecutionLog
from trading_api.modules.datafeed.marks import BarPlaces, action_marks, execution_marks
from trading_api.modules.datafeed.providers.replay.listing import instrument_of, plain_hours
from trading_api.modules.datafeed.requests import resolution_of
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.tests.small_market import FRIDAY, MINUTE, MONDAY, new_york
from trading_api.settings import Settings
from trading_api.shared.module_interface import ModuleAddress

SPY = instrument_of(
    StoredSymbol("ARCA", "SPY", 4, 0, calendar="XNYS", tick_size=Decimal("0.01")), plain_hours
)
BASE = "http://localhost/api/v1/"
DAY_SECONDS = 86_400


def places(resolution: str, window: BarWindow, *times: int, previous: int | None = None) -> BarPlaces:
    column = np.array(times, dtype=np.int64)
    return BarPlaces(
        SPY, resolution_of(resolution), window, BarSlice(of_prints(column, column, column), previous)
    )


def execution(
    number: int, time: int, side: Side = Side.BUY, symbol: str = "SPY", qty: str = "100"
) -> Execution:
    return Execution(
        id=f"X{number}",
        order_id=f"O{number}",
        symbol=symbol,
        side=side,
        qty=Decimal(qty),
        price=Decimal("168.120"),
        time=time,
        commission=Decimal(0),
        offset=number,
    )


def test_an_execution_is_on_the_bar_that_contains_it() -> None:
    window = BarWindow(FRIDAY, FRIDAY + 10 * MINUTE)
    bars = places("1", window, FRIDAY, FRIDAY + MINUTE, FRIDAY + 3 * MINUTE)
    times = [FRIDAY, FRIDAY + MINUTE + 59_999, FRIDAY + 2 * MINUTE + 1, FRIDAY + 10 * MINUTE, FRIDAY - 1]
    found = execution_marks([execution(n, time) for n, time in enumerate(times)], bars, SPY)
    assert [(mark.id, mark.time) for mark in found] == [
        ("X0", FRIDAY // 1000),
        ("X1", FRIDAY // 1000 + 60),
        ("X2", FRIDAY // 1000 + 60),  # its own minute has no bar
    ]


def test_an_execution_before_the_first_bar_of_the_range_is_on_the_bar_before_it() -> None:
    window = BarWindow(FRIDAY + MINUTE, FRIDAY + 3 * MINUTE)
    (found,) = execution_marks(
        [execution(1, FRIDAY + MINUTE + 5)],
        places("1", window, FRIDAY + 2 * MINUTE, previous=FRIDAY),
        SPY,
    )
    assert found.time == FRIDAY // 1000
    assert execution_marks([execution(1, FRIDAY + MINUTE)], places("1", window), SPY) == []


def test_neighbouring_ranges_share_no_execution_and_miss_none() -> None:
    bars = [FRIDAY + n * MINUTE for n in range(0, 60, 2)]
    executions = [execution(n, FRIDAY + n * 37_000) for n in range(60)]
    seen: list[str] = []
    for start, stop in pairwise([FRIDAY, FRIDAY + 5 * MINUTE, FRIDAY + 20 * MINUTE, FRIDAY + 60 * MINUTE]):
        within = [time for time in bars if start <= time < stop]
        before = max((time for time in bars if time < start), default=None)
        part = places("1", BarWindow(start, stop), *within, previous=before)
        seen += [mark.id for mark in execution_marks(executions, part, SPY)]
    assert seen == [each.id for each in executions]


def test_daily_and_weekly_marks() -> None:
    monday = new_york(2013, 10, 7, 11)
    midnight = 1_381_104_000_000
    (daily,) = execution_marks(
        [execution(1, monday)], places("1D", BarWindow(midnight, midnight + 1), midnight), SPY
    )
    assert daily.time == midnight // 1000
    (weekly,) = execution_marks(
        [execution(1, new_york(2013, 10, 10, 12))],
        places("1W", BarWindow(midnight, midnight + 1), midnight),
        SPY,
    )
    assert weekly.time == midnight // 1000


def test_a_bar_has_at_most_ten_marks() -> None:
    window = BarWindow(FRIDAY, FRIDAY + MINUTE)
    sides = [Side.BUY, Side.SELL, Side.SELL]
    many = [execution(n, FRIDAY + n, sides[n % 3], qty="1.50") for n in range(25)]
    found = execution_marks(reversed(many), places("1", window, FRIDAY), SPY)
    assert len(found) == 10
    assert len({mark.id for mark in found}) == 10
    assert found[0].text == "16 more executions of SPY<br>9 bought, 15 sold"
    assert [mark.id for mark in found[1:]] == [f"X{n}" for n in range(16, 25)]
    assert {mark.time for mark in found} == {FRIDAY // 1000}


def test_what_a_mark_says() -> None:
    window = BarWindow(FRIDAY, FRIDAY + MINUTE)
    bought, sold = execution_marks(
        [execution(1, FRIDAY + 5_000), execution(2, FRIDAY + 6_000, Side.SELL, symbol="<b>&")],
        places("1", window, FRIDAY),
        SPY,
    )
    assert bought.text == "Bought 100 SPY at 168.12<br>2013-10-04 09:30:05"
    assert (bought.label, bought.color, sold.label, sold.color) == ("B", "green", "S", "red")
    assert sold.text.startswith("Sold 100 &lt;b&gt;&amp; at")
    assert set(bought.to_wire()) == {"id", "time", "color", "text", "label", "labelFontColor", "minSize"}


def test_actions_of_one_bar_are_one_mark() -> None:
    stamp = 1_401_667_200_000  # Monday, 2014-06-02
    actions = [
        CorporateAction(date(2014, 6, 3), dividend_factor=Decimal("0.995"), dividend=Decimal("0.470")),
        CorporateAction(date(2014, 6, 4), split=Decimal("0.05")),
        CorporateAction(date(2014, 6, 5), split=Decimal("1.5")),
        CorporateAction(date(2014, 6, 6), split=Decimal("1.0027")),
        CorporateAction(date(2014, 6, 6), dividend_factor=Decimal("0.98765")),
    ]
    opened = [(new_york(2014, 6, action.ex_date.day, 9, 30), action) for action in actions]
    (mark,) = action_marks(opened, places("1W", BarWindow(stamp, stamp + 1), stamp), SPY)
    assert (mark.id, mark.time, mark.label, mark.shape) == ("SPY:2014-06-03", stamp // 1000, "S", "circle")
    assert mark.tooltip == [
        "2014-06-03", "Dividend 0.47 USD a share", "2014-06-04", "Split 1 for 20", "2014-06-05",
        "Split 3 for 2", "2014-06-06", "Split 1.0027 for 1", "2014-06-06", "Dividend of 1.24 %",
    ]  # fmt: skip
    (alone,) = action_marks(opened[:1], places("1W", BarWindow(stamp, stamp + 1), stamp), SPY)
    assert (alone.label, alone.color) == ("D", "blue")


@pytest.fixture
def traded(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="core,datafeed,broker")
    with TestClient(AppFactory(installed=False).create(settings), base_url=BASE) as http:
        yield http


def asked(http: TestClient, path: str, **changes: Any) -> Any:
    now = http.get("datafeed/time").json()
    params = {
        "symbol": "ALFA", "from_time": now - DAY_SECONDS, "to_time": now + 120, "resolution": "1", **changes
    }  # fmt: skip
    return http.get(f"datafeed/{path}", params=params)


def test_the_executions_of_the_account(traded: TestClient) -> None:
    assert asked(traded, "marks").json() == []
    for side in ("buy", "sell", "buy"):
        order = {"symbol": "ALFA", "type": "market", "side": side, "qty": 10}
        assert traded.post("broker/orders", json=order).status_code == 201
    executions = traded.get("broker/executions").json()["executions"]
    assert executions
    marks = asked(traded, "marks", symbol="SIM:alfa").json()
    assert [mark["id"] for mark in marks] == [each["id"] for each in reversed(executions)]
    now = traded.get("datafeed/time").json()
    bars = traded.get(
        "datafeed/bars",
        params={"symbol": "ALFA", "resolution": "1", "from_time": now - DAY_SECONDS, "to_time": now + 120},
    ).json()["bars"]
    assert {mark["time"] * 1000 for mark in marks} <= {bar["time"] for bar in bars}
    assert asked(traded, "marks", symbol="FUND").json() == []
    table = traded.get(
        "datafeed/udf/marks",
        params={"symbol": "ALFA", "from": now - DAY_SECONDS, "to": now + 120, "resolution": "1"},
    ).json()
    assert table["id"] == [mark["id"] for mark in marks]
    assert table["minSize"] == [14] * len(marks)


def test_marks_of_another_account(traded: TestClient) -> None:
    unknown = asked(traded, "marks", accountId="NOBODY")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "account-unknown")
    params: dict[str, Any] = {"symbol": "ALFA", "from": 1, "to": 2, "resolution": "1", "accountId": "NOBODY"}
    assert traded.get("datafeed/udf/marks", params=params).json() == {
        "s": "error", "errmsg": "There is no account 'NOBODY'."
    }  # fmt: skip


@pytest.mark.parametrize("path", ["marks", "timescale-marks"])
def test_marks_refused(traded: TestClient, path: str) -> None:
    def code(**changes: Any) -> str:
        return str(asked(traded, path, **changes).json()["code"])

    assert code(symbol="NOPE") == "symbol-unknown"
    assert code(resolution="7X") == "resolution-unsupported"
    assert code(from_time=10, to_time=10) == "time-range-invalid"
    assert code(to_time="soon") == "validation-failed"


async def test_a_broker_that_does_not_answer_is_no_error() -> None:
    async def broken(*_: object) -> None:
        raise OSError("the line is dead")

    log = ExecutionLog(lambda _: ModuleAddress("http://localhost/api/v1/broker", broken))
    assert await log.since(MONDAY, "SPY", None) == []
    await log.close()
