"""Finding symbols."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.providers.simulated.catalogue import CATALOGUE


@pytest.fixture
def directory() -> SymbolDirectory:
    return SymbolDirectory([spec.instrument() for spec in CATALOGUE])


@pytest.mark.parametrize("symbol", ["ALFA", "alfa", "SIM:ALFA", "sim:Alfa"])
def test_name_ticker_and_exchange_in_any_case(directory: SymbolDirectory, symbol: str) -> None:
    assert directory.get(symbol).ticker == "ALFA"


@pytest.mark.parametrize("symbol", ["", "ALFAX", "NYSE:ALFA", "ALF", "💥", "../ALFA"])
def test_unknown_symbols_are_named(directory: SymbolDirectory, symbol: str) -> None:
    with pytest.raises(SymbolUnknown, match="There is no symbol"):
        directory.get(symbol)


def names(
    directory: SymbolDirectory, text: str, exchange: str = "", kind: str = "", limit: int = 30
) -> list[str]:
    return [found.ticker for found in directory.search(text, exchange, kind, limit)]


def test_ranking_exact_prefix_inside_description(directory: SymbolDirectory) -> None:
    assert names(directory, "fu") == ["FUND", "FUTR"]
    assert names(directory, "fund")[0] == "FUND"
    assert names(directory, "usd")[:4] == ["BTCUSD", "ETHUSD", "EURUSD", "GBPUSD"]
    assert "BOND" in names(directory, "usd")[4:]
    assert names(directory, "bitcoin") == ["BTCUSD"]
    assert names(directory, "nothing like it") == []


def test_filters_and_limit(directory: SymbolDirectory) -> None:
    assert names(directory, "", kind="forex") == ["EURUSD", "GBPUSD"]
    assert names(directory, "", exchange="sim", limit=3) == ["ALFA", "BOND", "BTCUSD"]
    assert names(directory, "", exchange="NYSE") == []
    assert names(directory, "", kind="option") == []


def test_filter_choices(directory: SymbolDirectory) -> None:
    assert [choice.value for choice in directory.exchanges()] == ["", "SIM"]
    assert {choice.value for choice in directory.types()} == {
        "", "stock", "fund", "index", "forex", "futures", "crypto", "bond",
    }  # fmt: skip


def listed(ticker: str, exchange: str, description: str = "", name: str = "") -> Instrument:
    """An instrument of which only the names matter."""
    of_all = CATALOGUE[0].instrument()
    names = {"ticker": ticker, "name": name or ticker, "exchange": exchange, "listed_exchange": exchange}
    return replace(of_all, info=of_all.info.model_copy(update={**names, "description": description}))


TWICE = SymbolDirectory(
    [
        listed("X.SAP", "XETRA", "SAP SE", name="SAP"),
        listed("SAP", "NYSE", "SAP SE (depositary receipts)"),
        listed("SAPE", "EURONEXT", "Sapient"),
        listed("IBM", "NYSE", "International Business Machines"),
        listed("XIB", "EURONEXT", "of Ibiza"),
    ]
)


def test_one_name_on_two_exchanges() -> None:
    assert TWICE.get("sap").ticker == "SAP"
    assert TWICE.get("XETRA:sap").ticker == "X.SAP"
    assert TWICE.get("nyse:SAP").ticker == "SAP"
    assert TWICE.find("EURONEXT:SAP") is None
    assert names(TWICE, "sap") == ["SAP", "X.SAP", "SAPE"]


def test_the_exchange_may_be_part_of_the_text() -> None:
    assert names(TWICE, "xetra:sap") == ["X.SAP"]
    assert names(TWICE, "EURONEXT:") == ["SAPE", "XIB"]
    assert names(TWICE, "euronext:ib") == ["XIB"]
    assert names(TWICE, "euronext:ib", exchange="NYSE") == []
    assert names(TWICE, "moon:ib") == []


def test_a_ticker_is_found_by_its_parts() -> None:
    assert names(TWICE, "x.s") == ["X.SAP"]
    assert names(TWICE, "sap\nsape") == names(TWICE, "sap\x1fsap") == []


letters = st.text("aB:é\n ", max_size=3)


@given(st.lists(st.tuples(letters, letters), max_size=8), letters, st.integers(1, 9))
def test_the_search_is_that_of_one_after_the_other(
    named: list[tuple[str, str]], text: str, limit: int
) -> None:
    everything = [
        listed(f"{number}/{name}", "AB"[number % 2], description, name=name or "-")
        for number, (name, description) in enumerate(named)
    ]
    wanted = text.strip().casefold()

    def rank(found: Instrument) -> int:
        name = found.info.name.casefold()
        within = wanted in name or wanted in found.ticker.casefold()
        ranks = [name == wanted, name.startswith(wanted), within, wanted in found.info.description.casefold()]
        return ranks.index(True) if True in ranks else 4

    found = names(SymbolDirectory(everything), text, limit=limit)
    if "\n" not in wanted and ":" not in wanted:
        ranked = {one.ticker: rank(one) for one in everything}
        assert [ranked[ticker] for ticker in found] == sorted(r for r in ranked.values() if r < 4)[:limit]
    assert len(found) == len(set(found))
