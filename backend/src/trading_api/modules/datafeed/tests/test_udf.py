"""The UDF protocol, asked by a strict client of our own, against markets of every kind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from trading_api.modules.datafeed.tests.small_market import FRIDAY, write_small_market
from trading_api.modules.datafeed.tests.test_datafeed_api import ODD_NUMBERS, application
from trading_api.modules.datafeed.tests.udf_client import BarPoll, UdfClient, UdfRefused

PATHS = (
    "config", "symbols", "search", "symbol_info", "history", "time", "quotes", "marks", "timescale_marks"
)  # fmt: skip
PARAMETERS = (
    "symbol", "resolution", "from", "to", "countback", "currencyCode", "unitId", "query", "type", "exchange",
    "limit", "group", "symbols", "accountId", "else",
)  # fmt: skip
DAY = 86_400


def get_of(http: TestClient) -> Any:
    return lambda path: http.get(f"udf/{path}").text


def client_of(http: TestClient) -> UdfClient:
    client = UdfClient(get_of(http))
    client.ready()
    return client


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("simulated"), "simulated") as http:
        yield http


@pytest.fixture(scope="module")
def udf(simulated: TestClient) -> UdfClient:
    return client_of(simulated)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The small recorded market, paused on its Monday."""
    root = write_small_market(tmp_path_factory.mktemp("played"))
    with application(root, "replay", replay_paused=True, replay_start="2013-10-07T13:30:59Z") as http:
        yield http


def test_the_configuration(udf: UdfClient) -> None:
    assert udf.config["supports_search"] is True
    assert udf.config["supports_group_request"] is False
    assert udf.config["supports_time"] is udf.config["supports_marks"] is True
    assert udf.config["supports_timescale_marks"] is True


@pytest.mark.parametrize("name", ["ALFA", "SIM:ALFA", "sim:alfa"])
def test_a_symbol_by_each_of_its_names(udf: UdfClient, name: str) -> None:
    info = udf.resolve(name)
    assert (info["ticker"], info["base_name"]) == ("ALFA", ["SIM:ALFA"])


def test_both_spellings(simulated: TestClient, udf: UdfClient) -> None:
    told = json.loads(udf.get("symbols?symbol=FUTR"))
    assert told["minmov"] == told["minmovement"] == 25
    assert told["minmove2"] == told["minmovement2"] == 0
    assert told["exchange"] == told["exchange-traded"] == told["exchange-listed"] == "SIM"
    assert told["session"] == told["session-regular"]
    assert told["has_intraday"] is told["has-intraday"] is True
    assert told["intraday_multipliers"] == told["intraday-multipliers"]
    assert set(told["intraday_multipliers"]) >= {"1", "5", "15", "60"}
    assert told["daily_multipliers"] == ["1"]
    assert "s" not in told
    assert "trading" not in told
    assert told["name"] == simulated.get("resolve/FUTR").json()["name"]


def test_every_symbol_can_be_charted(udf: UdfClient) -> None:
    now = udf.server_time()
    for hit in udf.search(""):
        info = udf.resolve(hit["ticker"])
        page = udf.bars(info, "1", now - 3 * DAY, now, 300)
        assert len(page.bars) >= 300
        assert ("v" in page.bars[0]) == (info["visible_plots_set"] == "ohlcv")


def test_the_search_is_ranked(udf: UdfClient) -> None:
    assert udf.search("fund")[0]["ticker"] == "FUND"
    assert udf.search("fund")[0]["full_name"] == "SIM:FUND"
    assert {hit["type"] for hit in udf.search("", kind="forex")} == {"forex"}
    assert udf.search("", exchange="NYSE") == []
    assert udf.search("no such thing") == []


def test_group_mode(udf: UdfClient) -> None:
    groups = UdfClient(udf.get)
    groups.read_groups()
    assert groups.table == {}  # none of the groups of the stock client is here, and that is no fault
    groups.config = udf.config
    groups.read_groups(("SIM",))
    for name, info in groups.table.items():
        single = udf.resolve(name)
        assert info == {key: single[key] for key in info}
    assert sorted(groups.search_here("usd")) == sorted(hit["symbol"] for hit in udf.search("usd"))


def test_what_is_unknown(udf: UdfClient) -> None:
    with pytest.raises(UdfRefused, match="unknown_symbol"):
        udf.resolve("NOPE")
    with pytest.raises(UdfRefused, match="There is no symbol 'NOPE'"):
        udf.bars({"ticker": "NOPE"}, "1", 0, 10)
    with pytest.raises(UdfRefused, match="There is no symbol ''"):
        udf.bars({}, "1", 0, 10)
    with pytest.raises(UdfRefused, match="'7X'"):
        udf.bars({"ticker": "ALFA"}, "7X", 0, 10)
    with pytest.raises(UdfRefused, match="not converted to 'EUR'"):
        udf.bars({"ticker": "ALFA", "currency_code": "EUR"}, "1", 0, 10)


@pytest.mark.parametrize(
    ("path", "errmsg"),
    [
        ("history?symbol=ALFA&resolution=1&to=x", "to: Input should be a valid integer"),
        ("history?symbol=ALFA&resolution=1", "to: Field required"),
        ("history?symbol=ALFA&resolution=1&to=9&from=9", "from_time 9 must be before"),
        ("history?symbol=ALFA&resolution=1&to=9&from=1&unitId=oz", "no unit 'oz'"),
        ("history?symbol=ALFA&resolution=1&to=9&from=1&count_back=1", "no parameter 'count_back'"),
        ("symbols", "symbol: Field required"),
        ("symbols?symbol=%F0%9F%92%A5", "no symbol '💥'"),
        ("symbol_info?group=NYSE", "no group 'NYSE'"),
        ("search?limit=0", "limit: Input should be greater"),
        ("marks?symbol=NOPE&from=1&to=2&resolution=1", "no symbol 'NOPE'"),
        ("time?zone=UTC", "no parameter 'zone'"),
    ],
)
def test_refusals_have_status_200(simulated: TestClient, path: str, errmsg: str) -> None:
    answer = simulated.get(f"udf/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    told = answer.json()
    assert set(told) == {"s", "errmsg"}
    assert told["s"] == "error"
    assert errmsg in told["errmsg"]


def walked(client: UdfClient, symbol: str, resolution: str, step: int, count_back: int | None) -> list[int]:
    """Bar times from the newest back to the end of history, as a chart that is scrolled asks for them."""
    info, to = client.resolve(symbol), client.server_time() + 2 * DAY
    times: list[int] = []
    for _ in range(3_000):
        page = client.bars(info, resolution, to - step, to, count_back)
        if page.no_data and page.next_time is None:
            return times
        if page.no_data:
            assert page.next_time is not None
            to = page.next_time // 1000 + 1
            continue
        times = [bar["time"] for bar in page.bars] + times
        to = times[0] // 1000
    raise AssertionError("the history has no end")


@pytest.mark.parametrize(("resolution", "step"), [("1D", 300 * DAY), ("1W", 900 * DAY), ("60", 40 * DAY)])
def test_all_history_without_a_hole_or_a_duplicate(udf: UdfClient, resolution: str, step: int) -> None:
    times = walked(udf, "ALFA", resolution, step, 200)
    assert times == sorted(set(times))
    assert times == walked(udf, "ALFA", resolution, step * 3, None)


@pytest.mark.parametrize("resolution", ["1", "1D"])
def test_all_history_of_a_recording(played: TestClient, resolution: str) -> None:
    client = client_of(played)
    times = walked(client, "SPY", resolution, 3_600, 2)
    assert times == sorted(set(times))
    assert times == walked(client, "SPY", resolution, DAY, None)
    assert len(times) == 4
    assert times[-1] <= client.server_time() * 1000


def test_an_empty_window_names_the_bar_before_it(played: TestClient) -> None:
    client = client_of(played)
    info = client.resolve("SPY")
    saturday = FRIDAY // 1000 + DAY
    gap = client.bars(info, "1", saturday, saturday + 3_600)
    assert (gap.bars, gap.no_data) == ([], True)
    assert gap.next_time == FRIDAY + 600_000
    filled = client.bars(info, "1", saturday, saturday + 3_600, 2)
    assert [bar["time"] for bar in filled.bars] == [FRIDAY + 60_000, FRIDAY + 600_000]
    assert client.bars(info, "1", -DAY, 0, 5).next_time is None


def test_the_end_is_exclusive_and_prices_are_exact(played: TestClient) -> None:
    client = client_of(played)
    info = client.resolve(f"{client.resolve('SPY')['exchange']}:SPY")
    start = FRIDAY // 1000
    (bar,) = client.bars(info, "1", start, start + 60).bars
    assert bar == {"time": FRIDAY, "o": 100.0, "h": 100.3, "l": 99.8, "c": 100.1, "v": 1003}


def test_polling_gives_the_bars_of_history(tmp_path: Path) -> None:
    root = write_small_market(tmp_path)
    with application(root, "replay", replay_paused=True) as http:
        client = client_of(http)
        info = client.resolve("SPY")
        poll = BarPoll(client, info, "1")
        http.put("replay", json={"playing": True, "speed": 1000})
        while http.get("replay").json()["finished"] is False:
            poll.poll(client.server_time() + 1)
        poll.poll(client.server_time() + 1)
        history = client.bars(info, "1", 0, client.server_time() + DAY).bars
    last = {bar["time"]: bar for bar in poll.emitted}
    assert [bar["time"] for bar in poll.emitted] == sorted(bar["time"] for bar in poll.emitted)
    assert last == {bar["time"]: bar for bar in history if bar["time"] in last}
    assert last


def test_quotes(udf: UdfClient) -> None:
    known, unknown = udf.quotes(["sim:ALFA", "nope"])
    assert (known["s"], unknown["s"], unknown["v"]) == ("ok", "error", {})
    assert [quote["s"] for quote in udf.quotes(["", "ALFA"])] == ["error", "ok"]
    assert json.loads(udf.get("quotes?symbols=")) == {"s": "ok", "d": []}
    assert json.loads(udf.get("quotes")) == {"s": "ok", "d": []}
    assert len(udf.quotes(["ALFA"] * 300)) == 300
    with pytest.raises(UdfRefused, match="at most 1000"):
        udf.quotes(["A"] * 1001)


def test_marks_without_a_broker(udf: UdfClient) -> None:
    now = udf.server_time()
    assert udf.marks(udf.resolve("ALFA"), now - DAY, now, "60") == []
    assert udf.timescale_marks(udf.resolve("ALFA"), now - DAY, now, "1D") == []


@pytest.mark.parametrize("name", ["from", "to", "countback"])
@pytest.mark.parametrize("value", ODD_NUMBERS)
def test_odd_numbers(simulated: TestClient, name: str, value: str) -> None:
    parameters = {"symbol": "ALFA", "resolution": "1", "from": "0", "to": "9", "countback": "1"}
    answer = simulated.get("udf/history", params=parameters | {name: value})
    assert answer.status_code == 200
    assert answer.json()["s"] in {"error", "no_data"}


values = st.one_of(
    st.sampled_from(["ALFA", "SIM", "1", "1D", "15S", "", "0", "-1", "1e9", "99999999999999999999", "null"]),
    st.integers().map(str),
    st.text(max_size=20),
)


@given(
    st.sampled_from(PATHS),
    st.lists(st.tuples(st.sampled_from(PARAMETERS), values), max_size=8),
)
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_whatever_is_asked_the_answer_is_of_the_protocol(
    simulated: TestClient, path: str, parameters: list[tuple[str, Any]]
) -> None:
    try:
        answer = simulated.get(f"udf/{path}", params=parameters)
    except UnicodeEncodeError:
        return  # half a surrogate, which no client can send
    assert answer.status_code == 200
    told = answer.json()
    if isinstance(told, dict) and "s" in told:
        assert told["s"] in {"ok", "no_data", "error"}
        assert (told["s"] == "error") == ("errmsg" in told)
    else:
        assert isinstance(told, (int, list)) or {"id", "symbol", "name", "supports_search"} & set(told)


def test_the_protocol_is_documented(simulated: TestClient) -> None:
    paths = simulated.get("openapi.json").json()["paths"]
    for path in PATHS:
        operation = paths[f"/udf/{path}"]["get"]
        assert set(operation["responses"]) == {"200", "4XX", "500"}
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert {"$ref": "#/components/schemas/UdfError"} in schema["anyOf"]
