"""Finding symbols."""

import pytest

from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.errors import SymbolUnknown
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
