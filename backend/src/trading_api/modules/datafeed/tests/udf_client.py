"""A client of the UDF protocol, written from its description and as strict as that is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlencode

Get: TypeAlias = Callable[[str], str]
"""The body of the answer at a path below the base URL; nothing else of it is looked at."""
GROUPS = ("NYSE", "FOREX", "AMEX")
RESOLUTIONS = ["1", "5", "15", "30", "60", "1D", "1W", "1M"]
MINUTES = ["1", "5", "15", "30", "60"]
TYPES = {
    "stock", "index", "forex", "futures", "bitcoin", "crypto", "undefined", "expression", "spread", "cfd",
    "economic", "equity", "dr", "bond", "right", "warrant", "fund", "structured", "commodity", "fundamental",
    "spot", "swap", "option",
}  # fmt: skip
MARK_KEYS = {"id", "time", "color", "text", "label", "labelFontColor", "minSize"}
COLUMN_OF = {
    "ticker": "ticker", "description": "description", "listed_exchange": "exchange-listed",
    "exchange": "exchange-traded", "minmov": "minmovement", "minmove2": "minmove2",
    "fractional": "fractional", "pricescale": "pricescale", "type": "type", "timezone": "timezone",
    "session": "session-regular", "session_holidays": "session-holidays", "corrections": "corrections",
    "has_intraday": "has-intraday", "has_daily": "has-daily",
    "has_weekly_and_monthly": "has-weekly-and-monthly", "has_empty_bars": "has-empty-bars",
    "supported_resolutions": "supported-resolutions", "intraday_multipliers": "intraday-multipliers",
    "visible_plots_set": "visible-plots-set", "volume_precision": "volume-precision",
    "currency_code": "currency-code",
}  # fmt: skip


class UdfRefused(Exception):
    """The server has told an error."""


@dataclass(frozen=True)
class Bars:
    """What a chart is given: bars of ms, `no_data`, and the time in ms of the next older bar."""

    bars: list[dict[str, Any]]
    no_data: bool = False
    next_time: int | None = None


@dataclass
class UdfClient:
    """Talks as the stock client does. Raises AssertionError for an answer that is not of the protocol."""

    get: Get
    config: dict[str, Any] = field(default_factory=dict)
    table: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ready(self) -> None:
        """Read the configuration; of a server that only knows groups, read those."""
        told = self._ask("config")
        assert told["supports_search"] is True or told["supports_group_request"] is True
        for key in ("supports_marks", "supports_timescale_marks", "supports_time"):
            assert isinstance(told[key], bool), key
        assert all(isinstance(name, str) for name in told["supported_resolutions"])
        assert all({"value", "name", "desc"} <= set(choice) for choice in told.get("exchanges", []))
        self.config = {"exchanges": [], **told}

    def read_groups(self, groups: tuple[str, ...] = GROUPS) -> None:
        """Group mode: all symbols of some exchanges; a group that fails is skipped."""
        for group in groups:
            table = self._ask("symbol_info", group=group)
            if table.get("s") != "error":
                self._add_table(table)

    def resolve(self, symbol: str) -> dict[str, Any]:
        """Symbol info as a chart gets it."""
        told = self._ask("symbols", symbol=symbol)
        if "s" in told:
            assert told["s"] == "error"
            assert isinstance(told["errmsg"], str)
            raise UdfRefused("unknown_symbol")
        return checked_symbol(self._with_defaults(told))

    def search(self, text: str, kind: str = "", exchange: str = "") -> list[dict[str, Any]]:
        """Hits for the text as it is typed."""
        told = self._ask("search", limit=30, query=text.upper(), type=kind, exchange=exchange)
        if isinstance(told, dict):
            assert told["s"] == "error"
            return []
        assert len(told) <= 30
        for hit in told:
            assert all(isinstance(hit[key], str) for key in ("symbol", "description", "exchange", "type"))
        return list(told)

    def search_here(self, text: str, kind: str = "", exchange: str = "") -> list[str]:
        """Group mode: names that contain the text, then descriptions that do."""
        wanted = text.upper()
        found = [
            info
            for info in self.table.values()
            if kind in {"", info["type"]} and exchange in {"", info["exchange"]}
        ]
        by_name = [info for info in found if wanted in info["name"].upper()]
        rest = [info for info in found if info not in by_name and wanted in info["description"].upper()]
        return [info["name"] for info in (*by_name, *rest)]

    def bars(
        self, info: dict[str, Any], resolution: str, start: int, to: int, count_back: int | None = None
    ) -> Bars:
        """Bars in [start, to) seconds, and `count_back` of them if there are so many."""
        parameters = {"symbol": info.get("ticker", ""), "resolution": resolution, "from": start, "to": to}
        if count_back is not None:
            parameters["countback"] = count_back
        if "currency_code" in info:
            parameters["currencyCode"] = info["currency_code"]
        told = self._ask("history", **parameters)
        if told["s"] not in {"ok", "no_data"}:
            raise UdfRefused(told["errmsg"])
        if told["s"] == "no_data":
            next_time = told.get("nextTime")
            assert next_time is None or (is_number(next_time) and 10**11 < next_time < to * 1000)
            return Bars([], True, next_time)
        return Bars(checked_bars(told, to))

    def quotes(self, symbols: list[str]) -> list[dict[str, Any]]:
        """One quote for each, named exactly so."""
        told = self._ask("quotes", symbols=",".join(symbols))
        if told["s"] != "ok":
            raise UdfRefused(told["errmsg"])
        assert [quote["n"] for quote in told["d"]] == symbols
        for quote in told["d"]:
            assert quote["s"] in {"ok", "error"}
            assert all(is_number(quote["v"][key]) for key in ("lp", "ch", "chp") if key in quote["v"])
        return list(told["d"])

    def marks(self, info: dict[str, Any], start: int, to: int, resolution: str) -> list[dict[str, Any]]:
        """Marks of bars; none of a server that has none."""
        if not self.config["supports_marks"]:
            return []
        parameters = {"symbol": info["ticker"], "from": start, "to": to, "resolution": resolution}
        rows = rows_of(self._ask("marks", **parameters))
        assert all(set(row) >= MARK_KEYS and isinstance(row["time"], int) for row in rows)
        return rows

    def timescale_marks(
        self, info: dict[str, Any], start: int, to: int, resolution: str
    ) -> list[dict[str, Any]]:
        """Marks of the time scale."""
        if not self.config["supports_timescale_marks"]:
            return []
        parameters = {"symbol": info["ticker"], "from": start, "to": to, "resolution": resolution}
        rows = rows_of(self._ask("timescale_marks", **parameters))
        for row in rows:
            assert {"id", "time", "color", "label", "tooltip"} <= set(row)
            assert all(isinstance(line, str) for line in row["tooltip"])
        return rows

    def server_time(self) -> int:
        """Seconds; the body is nothing but the number."""
        text = self.get("time")
        assert text.isdigit(), text
        return int(text)

    def _ask(self, path: str, **parameters: Any) -> Any:
        return json.loads(self.get(f"{path}?{urlencode(parameters)}" if parameters else path))

    def _with_defaults(self, told: dict[str, Any]) -> dict[str, Any]:
        def first(default: Any, *names: str) -> Any:
            return next((told[name] for name in names if name in told), default)

        def either(name: str, default: Any = None) -> Any:
            return first(default, name, name.replace("_", "-"))

        info = told | {
            "listed_exchange": first(None, "listed_exchange", "exchange-listed"),
            "exchange": first(None, "exchange", "exchange-traded"),
            "minmov": first(0, "minmovement", "minmov"),
            "minmove2": first(None, "minmovement2", "minmove2"),
            "session": first(None, "session", "session-regular"),
            "format": told.get("format", "price"),
            "has_intraday": either("has_intraday", False),
            "has_daily": either("has_daily", True),
            "intraday_multipliers": either("intraday_multipliers", MINUTES),
            "supported_resolutions": either(
                "supported_resolutions", self.config.get("supported_resolutions", [])
            ),
        }
        return info | {"base_name": [f"{info['listed_exchange']}:{info['name']}"]}

    def _add_table(self, table: dict[str, Any]) -> None:
        names = table["symbol"]
        assert isinstance(names, list)

        def cell(column: str, row: int, default: Any) -> Any:
            found = table.get(column, default)
            return found[row] if isinstance(found, list) and len(found) == len(names) else found

        for row, name in enumerate(names):
            info = {key: cell(column, row, None) for key, column in COLUMN_OF.items()}
            known = {key: value for key, value in info.items() if value is not None}
            self.table[name] = checked_symbol(self._with_defaults({"name": name, "ticker": name} | known))


def checked_symbol(info: dict[str, Any]) -> dict[str, Any]:
    """`info`, if it has what a chart needs."""
    for key in ("name", "ticker", "description", "session", "exchange", "listed_exchange", "timezone"):
        assert isinstance(info[key], str), key
        assert info[key], key
    assert info["type"] in TYPES
    assert info["format"] in {"price", "volume"}
    assert ":" not in info["ticker"]
    for key in ("pricescale", "minmov"):
        assert isinstance(info[key], int), key
        assert info[key] > 0, key
    for key in ("has_intraday", "has_daily"):
        assert isinstance(info[key], bool), key
    for key in ("supported_resolutions", "intraday_multipliers"):
        assert all(isinstance(each, str) for each in info[key]), key
    return info


def checked_bars(told: dict[str, Any], to: int) -> list[dict[str, Any]]:
    """The rows of an answer that is `ok`: numbers, ascending, unique, before `to`, and at least one."""
    times = told["t"]
    columns = {name: told[name] for name in "ohlcv" if name in told}
    assert times
    assert all(isinstance(time, int) for time in times)
    assert times == sorted(set(times))
    assert times[-1] < to
    for name, column in columns.items():
        assert isinstance(column, list), name
        assert len(column) == len(times), name
        assert all(map(is_number, column)), name
    bars = [
        {"time": time * 1000, **{name: column[row] for name, column in columns.items()}}
        for row, time in enumerate(times)
    ]
    for bar in bars:
        assert bar["l"] <= min(bar["o"], bar["c"])
        assert bar["h"] >= max(bar["o"], bar["c"])
    return bars


def rows_of(told: Any) -> list[dict[str, Any]]:
    """The rows of a list, or of a table whose `id` is a column and whose other values may be constant."""
    if isinstance(told, list):
        return told
    assert isinstance(told["id"], list)
    return [
        {key: value[row] if isinstance(value, list) else value for key, value in told.items()}
        for row in range(len(told["id"]))
    ]


def is_number(value: object) -> bool:
    """Neither a text that looks like one nor a truth value."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class BarPoll:
    """The newest bars of one chart as the stock client gets them: by asking for two, again and again."""

    def __init__(self, client: UdfClient, info: dict[str, Any], resolution: str) -> None:
        self._client, self._info, self._resolution = client, info, resolution
        self._last: dict[str, Any] | None = None
        self.emitted: list[dict[str, Any]] = []

    def poll(self, now: int) -> None:
        """What the client does every ten seconds."""
        found = self._client.bars(self._info, self._resolution, now - 10 * self._length, now, 2).bars
        if not found or (self._last is not None and found[-1]["time"] < self._last["time"]):
            return
        if self._last is not None and found[-1]["time"] > self._last["time"]:
            assert len(found) >= 2, "a new bar came without the one before it"
            self.emitted.append(found[-2])
        self._last = found[-1]
        self.emitted.append(found[-1])

    @property
    def _length(self) -> int:
        """Seconds; anything but days, weeks and months is read as minutes."""
        lengths = {"1D": 86_400, "D": 86_400, "1W": 7 * 86_400, "1M": 31 * 86_400}
        return lengths.get(self._resolution) or 60 * int("".join(filter(str.isdigit, self._resolution)))
