"""Providers of market data from other packages: found by entry point, checked, and refused in one sentence.

The example is `fixtures/coin_flips`, offered as an installed package offers it.
"""

import shutil
import sys
from pathlib import Path

import pytest

from trading_api.modules.datafeed.conformance.suite import ProviderConformance, Subject
from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.base import Provider
from trading_api.modules.datafeed.providers.choice import make_provider
from trading_api.modules.datafeed.providers.context import ProviderContext
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer
from trading_api.settings import Settings
from trading_api.shared.clock import SystemClock
from trading_api.shared.errors import StartupError

SAMPLE = Path(__file__).parent / "fixtures" / "coin_flips" / "coin_flips"
NOON = 1_760_011_200_000


def offer(folder: Path, package: str, *points: str) -> None:
    """Make `folder` look like one into which a package with these entry points was installed."""
    distribution = folder / f"{package}-1.dist-info"
    distribution.mkdir(parents=True)
    (distribution / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n")
    (distribution / "entry_points.txt").write_text("\n".join(["[trading_api.providers]", *points, ""]))


def choose(name: str, folder: Path) -> Provider:
    """The provider of the market `name`."""
    settings = Settings(market=name, data_dir=folder)
    store = BarStore(settings.store_dir)
    return make_provider(ProviderContext(settings, SystemClock(), WallPacer(), folder, store))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path, which is forgotten afterwards."""
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    for name in [name for name in sys.modules if name.startswith(("coin_flips", "odd_provider"))]:
        monkeypatch.delitem(sys.modules, name)
    return folder


class TestCoinFlips(ProviderConformance):
    @pytest.fixture
    def subject(self, place: Path, tmp_path: Path) -> Subject:
        shutil.copytree(SAMPLE, place / "coin_flips")
        offer(place, "coin_flips", "coin-flips = coin_flips:provider")
        clock = HandClock(NOON)
        pacer = HandPacer(200, clock)
        settings = Settings(market="coin-flips", data_dir=tmp_path)
        context = ProviderContext(settings, clock, pacer, tmp_path, BarStore(tmp_path / "store"))
        return Subject(make_provider(context), ticks=380, ends=(EndOfTest,))


@pytest.mark.parametrize(
    ("source", "points", "sentence"),
    [
        ("import nothing_of_that_name", ["odd = odd_provider:make"], "cannot be imported from odd_provider"),
        ("make = 7", ["odd = odd_provider:make"], "has no function make"),
        ("def make(context):\n    return 7", ["odd = odd_provider:make"], "is a int without actions"),
        ("def make(context):\n    return 1 / 0", ["odd = odd_provider:make"], "cannot be made: division"),
        ("", ["odd = odd_provider:make", "odd = odd_provider:other"], "Two providers are named 'odd'"),
        ("", ["simulated = odd_provider:make", "odd = odd_provider:make"], "Two providers are named 'sim"),
        ("", ["Odd_One = odd_provider:make"], "is not words with hyphens"),
        ("", ["other = odd_provider:make"], "There is no market 'odd'; there are live, other, replay"),
    ],
)
def test_a_bad_provider_is_refused_in_one_sentence(
    place: Path, tmp_path: Path, source: str, points: list[str], sentence: str
) -> None:
    (place / "odd_provider.py").write_text(source)
    for number, point in enumerate(points):
        offer(place, f"odd_{number}", point)
    with pytest.raises(StartupError, match=sentence) as refused:
        choose("odd", tmp_path)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("live", "options", "sentence"),
    [
        ("", "", "set TRADING_LIVE"),
        ("7up:BTC/USDT", "", "does not begin with the name of an exchange"),
        ("binance;binance:BTC/USDT", "", "names binance twice"),
        ("binance", "{", "is not JSON"),
        ("binance", "[]", "is not a JSON object"),
    ],
)
def test_what_cannot_be_followed_is_said_at_the_start(
    tmp_path: Path, live: str, options: str, sentence: str
) -> None:
    settings = Settings(market="live", live=live, live_options=options, data_dir=tmp_path)
    context = ProviderContext(settings, SystemClock(), WallPacer(), tmp_path, BarStore(tmp_path))
    with pytest.raises(StartupError, match=sentence):
        make_provider(context)


def test_without_ccxt_the_start_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ccxt.pro", None)
    settings = Settings(market="live", live="binance:BTC/USDT", data_dir=tmp_path)
    context = ProviderContext(settings, SystemClock(), WallPacer(), tmp_path, BarStore(tmp_path))
    with pytest.raises(StartupError, match=r"pip install 'trading-pro\[live\]'"):
        make_provider(context)
