"""Every route of the datafeed over HTTP: valid, invalid, unknown."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS
from trading_api.modules.datafeed.tests.small_market import (
    DAILY,
    FRIDAY,
    MINUTE,
    write_small_market,
    write_zip,
)
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError

BASE = "http://localhost/api/v1/datafeed/"
ODD_NUMBERS = ["1e400", "NaN", "-1", "1.5", "", "Infinity", "9" * 30, "9" * 25_000, "0x10", "null", "💥"]


def application(root: Path, market: str, **options: Any) -> TestClient:
    settings = Settings(
        data_dir=root / "var",
        market=market,
        market_data=root,
        enabled_modules="core,datafeed",
        terminal_dir=root,
        **options,
    )
    return TestClient(AppFactory(installed=False).create(settings), base_url=BASE)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("simulated"), "simulated") as client:
        yield client


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[TestClient]:
    with application(write_small_market(tmp_path), "replay", replay_paused=True) as client:
        yield client


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_config(simulated: TestClient) -> None:
    config = simulated.get("config").json()
    assert config["supported_resolutions"] == [str(known) for known in RESOLUTIONS]
    assert config["supports_time"] is True
    assert {choice["value"] for choice in config["exchanges"]} == {"", "SIM"}


def test_search(simulated: TestClient) -> None:
    assert simulated.get("search", params={"user_input": "btc"}).json() == [
        {
            "symbol": "BTCUSD",
            "ticker": "BTCUSD",
            "description": "Bitcoin against US dollar (simulated)",
            "exchange": "SIM",
            "type": "crypto",
        }
    ]
    assert len(simulated.get("search", params={"max_results": 4}).json()) == 4
    assert simulated.get("search", params={"user_input": "💥"}).json() == []


@pytest.mark.parametrize("value", [*ODD_NUMBERS, "0", "101"])
def test_search_with_an_odd_limit(simulated: TestClient, value: str) -> None:
    assert code(simulated.get("search", params={"max_results": value})) == (422, "validation-failed")


def test_resolve(simulated: TestClient) -> None:
    info = simulated.get("resolve/sim:futr").json()
    assert (info["ticker"], info["pricescale"], info["minmov"]) == ("FUTR", 100, 25)
    assert (info["trading"]["tickSize"], info["trading"]["pointValue"]) == (0.25, 50)
    assert "reason" not in info["trading"]
    assert simulated.get("resolve/INDX").json()["trading"]["tradable"] is False


@pytest.mark.parametrize("symbol", ["NOPE", "NYSE:ALFA", "..%2Fconfig", "%00", "a" * 3_000])
def test_resolve_an_unknown_symbol(simulated: TestClient, symbol: str) -> None:
    answer = simulated.get(f"resolve/{symbol}")
    assert answer.status_code == 404
    assert answer.json()["code"] in {"symbol-unknown", "not-found"}


def test_bars(simulated: TestClient) -> None:
    now = simulated.get("time").json()
    params = {"symbol": "ALFA", "resolution": "1", "to_time": now - 3_600, "count_back": 5}
    page = simulated.get("bars", params=params).json()
    times = [bar["time"] for bar in page["bars"]]
    end = (now - 3_600) * 1000
    assert times == [(end - 1) // MINUTE * MINUTE - n * MINUTE for n in range(4, -1, -1)]
    assert page["noData"] is False
    assert set(page["bars"][0]) == {"time", "open", "high", "low", "close", "volume"}
    forex = simulated.get("bars", params=params | {"symbol": "EURUSD", "resolution": "D"}).json()
    assert "volume" not in forex["bars"][0]


def test_bars_at_the_edges(simulated: TestClient) -> None:
    now = simulated.get("time").json()
    future = {"symbol": "ALFA", "resolution": "60", "from_time": now + 86_400, "to_time": now + 172_800}
    page = simulated.get("bars", params=future).json()
    assert (page["bars"], page["noData"]) == ([], True)
    assert page["nextTime"] <= now * 1000 + 1000
    back = simulated.get("bars", params=future | {"count_back": 3}).json()
    assert [bar["time"] for bar in back["bars"]][-1] == page["nextTime"]
    past = simulated.get(
        "bars", params={"symbol": "ALFA", "resolution": "1D", "from_time": 0, "to_time": 86_400}
    )
    assert past.json() == {"bars": [], "noData": True}


@pytest.mark.parametrize("field", ["from_time", "to_time", "count_back"])
@pytest.mark.parametrize("value", ODD_NUMBERS)
def test_bars_with_odd_numbers(simulated: TestClient, field: str, value: str) -> None:
    params = {"symbol": "ALFA", "resolution": "1", "from_time": "0", "to_time": "9", "count_back": "1"}
    answer = simulated.get("bars", params=params | {field: value})
    assert code(answer) == (422, "validation-failed")
    assert answer.json()["fields"][0]["field"] == field


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"symbol": "NOPE"}, (404, "symbol-unknown")),
        ({"resolution": "1441"}, (422, "resolution-unsupported")),
        ({"resolution": "💥"}, (422, "resolution-unsupported")),
        ({"from_time": "10"}, (422, "time-range-invalid")),
        ({"from_time": "11"}, (422, "time-range-invalid")),
        ({"count_back": "25001"}, (422, "validation-failed")),
        ({"to_time": "253402300800"}, (422, "validation-failed")),
        ({"symbol": ""}, (422, "validation-failed")),
    ],
)
def test_bars_refused(simulated: TestClient, change: dict[str, str], expected: tuple[int, str]) -> None:
    params = {"symbol": "ALFA", "resolution": "1", "from_time": "0", "to_time": "10"}
    assert code(simulated.get("bars", params=params | change)) == expected


def test_bars_need_a_bound(simulated: TestClient) -> None:
    params = {"symbol": "ALFA", "resolution": "1", "to_time": "10"}
    assert code(simulated.get("bars", params=params)) == (422, "time-range-invalid")


def test_the_largest_answer(simulated: TestClient) -> None:
    now = simulated.get("time").json()
    params = {"symbol": "ALFA", "resolution": "1", "from_time": 0, "to_time": now}
    assert len(simulated.get("bars", params=params).json()["bars"]) == 25_000


def test_quotes(simulated: TestClient) -> None:
    answers = simulated.get("quotes", params={"symbols": "sim:ALFA,nope,INDX,,ALFA"}).json()
    assert [answer["n"] for answer in answers] == ["sim:ALFA", "nope", "INDX", "", "ALFA"]
    assert [answer["s"] for answer in answers] == ["ok", "error", "ok", "error", "ok"]
    assert answers[1]["v"] == {}
    values = answers[0]["v"]
    assert values["bid"] < values["ask"]
    assert values["low_price"] <= values["lp"] <= values["high_price"]
    assert values["ch"] == pytest.approx(values["lp"] - values["prev_close_price"])
    assert (values["data_kind"], values["market_status"]) == ("simulated", "open")
    assert "bid" not in answers[2]["v"]


def test_symbols_are_repeated_or_have_commas_between_them(simulated: TestClient) -> None:
    with_commas = simulated.get("quotes", params={"symbols": "ALFA,INDX,EURUSD"}).json()
    for symbols in (["ALFA", "INDX", "EURUSD"], ["ALFA,INDX", "EURUSD"]):
        repeated = simulated.get("quotes", params={"symbols": symbols}).json()
        assert [answer["n"] for answer in repeated] == [answer["n"] for answer in with_commas]


def test_quotes_are_bounded(simulated: TestClient) -> None:
    hundred = ",".join(["ALFA"] * 100)
    assert len(simulated.get("quotes", params={"symbols": hundred}).json()) == 100
    assert code(simulated.get("quotes", params={"symbols": hundred + ",ALFA"})) == (422, "validation-failed")
    for symbols in (["ALFA"] * 101, ["ALFA,ALFA"] * 51, ["ALFA", ""], [""]):
        refused = simulated.get("quotes", params={"symbols": symbols})
        assert code(refused) == (422, "validation-failed")
    assert code(simulated.get("quotes")) == (422, "validation-failed")


def test_depth(simulated: TestClient) -> None:
    book = simulated.get("depth", params={"symbol": "EURUSD", "levels": 4}).json()
    prices = [level["price"] for level in [*book["bids"], *book["asks"]]]
    assert len(prices) == 8
    assert prices == sorted(set(prices))
    assert simulated.get("depth", params={"symbol": "INDX"}).json()["bids"] == []
    assert code(simulated.get("depth", params={"symbol": "NOPE"})) == (404, "symbol-unknown")
    for value in [*ODD_NUMBERS, "0", "1001"]:
        assert code(simulated.get("depth", params={"symbol": "ALFA", "levels": value})) == (
            422,
            "validation-failed",
        )


def test_status_and_readiness(simulated: TestClient) -> None:
    status = simulated.get("status").json()
    assert (status["provider"], status["kind"]) == ("simulated", "simulated")
    assert {symbol["status"] for symbol in status["symbols"]} == {"simulated"}
    assert "problem" not in status
    assert simulated.get("http://localhost/readyz").json()["ready"] is True


def test_a_simulated_market_has_no_replay(simulated: TestClient) -> None:
    assert code(simulated.get("replay")) == (404, "replay-unavailable")
    assert code(simulated.put("replay", json={"playing": True})) == (404, "replay-unavailable")


def test_nothing_but_the_past_of_a_replay(replay: TestClient) -> None:
    assert replay.get("time").json() == FRIDAY // 1000
    (hit,) = replay.get("search", params={"user_input": "s&p"}).json()
    assert hit["ticker"] == "SPY"
    (quote,) = replay.get("quotes", params={"symbols": f"{hit['exchange']}:SPY"}).json()
    assert quote["v"]["lp"] == 100
    assert quote["v"]["market_status"] == "closed"
    assert "bid" not in quote["v"]
    params: dict[str, str | int] = {"symbol": "SPY", "resolution": "1", "from_time": 0}
    params["to_time"] = FRIDAY // 1000 + 10**8
    assert replay.get("bars", params=params).json() == {"bars": [], "noData": True}
    days = replay.get("bars", params=params | {"resolution": "1D"}).json()["bars"]
    assert [bar["volume"] for bar in days] == [20131002, 20131003]
    expected = {"symbol": "SPY", "status": "waiting", "staleAfterMs": 300_000}
    assert replay.get("status").json()["symbols"] == [expected]
    assert replay.get("depth", params={"symbol": "SPY"}).json()["asks"] == []


def test_the_controls_of_a_replay(replay: TestClient) -> None:
    state = replay.get("replay").json()
    assert (state["time"], state["playing"], state["finished"], state["speed"]) == (FRIDAY, False, False, 1)
    assert replay.put("replay", json={}).json() == state
    assert replay.put("replay", json={"speed": 2.5}).json()["speed"] == 2.5
    assert replay.put("replay", json={"playing": True, "speed": 1000}).json()["playing"] is True


@pytest.mark.parametrize(
    "body",
    [
        '{"speed": -0.5}',
        '{"speed": 1001}',
        '{"speed": 1e400}',
        '{"speed": NaN}',
        '{"speed": "10"}',
        '{"speed": true}',
        '{"playing": "yes please"}',
        '{"pace": 2}',
        "[]",
    ],
)
def test_odd_controls(replay: TestClient, body: str) -> None:
    answer = replay.put("replay", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["code"] in {"validation-failed", "json-invalid"}
    assert replay.get("replay").json()["speed"] == 1


def test_updates_of_a_playing_market_over_the_socket(replay: TestClient) -> None:
    with replay.websocket_connect("ws://localhost/api/v1/datafeed/ws", headers={"host": "localhost"}) as ws:
        ws.send_json({"type": "bars.subscribe", "payload": {"symbol": "SPY", "resolution": "1"}})
        assert ws.receive_json()["payload"]["snapshot"] == []
        ws.send_json({"type": "quotes.subscribe", "payload": {"symbol": "SPY"}})
        assert ws.receive_json()["payload"]["snapshot"][0]["v"]["lp"] == 100
        ws.send_json({"type": "quotes.subscribe", "payload": {"symbol": "NOPE"}})
        assert ws.receive_json()["payload"]["code"] == "symbol-unknown"
        ws.send_json({"type": "bars.subscribe", "payload": {"symbol": "SPY", "resolution": "7H"}})
        assert ws.receive_json()["payload"]["code"] == "resolution-unsupported"
        replay.put("replay", json={"playing": True, "speed": 1000})
        kinds: set[str] = set()
        while kinds != {"bars.update", "quotes.update"}:
            update = ws.receive_json()
            kinds.add(update["type"])
            if update["type"] == "bars.update":
                assert update["payload"]["payload"]["time"] >= FRIDAY
        ws.close()


def test_data_that_cannot_be_read_stops_the_start(tmp_path: Path) -> None:
    write_small_market(tmp_path)
    write_zip(tmp_path / DAILY, "20131002 00:00,1,2\n")
    client = application(tmp_path, "replay")

    async def start() -> None:
        async with client.app.router.lifespan_context(client.app):  # type: ignore[attr-defined]
            raise AssertionError("the application has started")

    with pytest.raises(StartupError, match=r"spy\.zip, line 1: has 3 columns instead of 6\."):
        asyncio.run(start())
