"""Where a module finds the others, and the clients of all modules over both ways to reach them."""

from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.server_process import ServerProcess
from trading_api.app_factory import AppFactory
from trading_api.cli.serve import read_settings
from trading_api.clients.broker_client import BrokerClient, BrokerErrorCode
from trading_api.clients.core_client import CoreClient
from trading_api.clients.datafeed_client import DatafeedClient, DatafeedErrorCode
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.errors import AnswerInvalid, Refused, VersionUnsupported
from trading_api.models.broker.orders import OrderType, PreOrder, Side
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError

pytestmark = pytest.mark.integration

ORDER = PreOrder(symbol="ALFA", type=OrderType.MARKET, side=Side.BUY, qty=Decimal(10))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("served")) as process:
        yield process


@pytest.fixture(params=["in process", "over the network"])
async def base(
    request: pytest.FixtureRequest, server: ServerProcess, tmp_path: Path
) -> AsyncIterator[Endpoint]:
    """The API of a running application with all modules."""
    if request.param == "over the network":
        yield Endpoint(f"{server.url}/api/v1")
        return
    app = AppFactory(installed=False).create(Settings(data_dir=tmp_path, terminal_dir=tmp_path))
    async with app.router.lifespan_context(app):
        yield Endpoint("http://localhost/api/v1", app)


def at(base: Endpoint, path: str) -> Endpoint:
    """One module, or what is not one."""
    return Endpoint(f"{base.url}/{path}", base.app)


async def test_the_datafeed_answers_in_models(base: Endpoint) -> None:
    async with DatafeedClient(at(base, "datafeed")) as datafeed:
        info = await datafeed.resolve(symbol="SIM:ALFA")
        assert info.ticker == "ALFA"
        assert isinstance(info.trading.tick_size, Decimal)
        quotes = await datafeed.quotes(symbols=["ALFA", "nope", "sim:INDX"])
        assert [(quote.n, quote.s) for quote in quotes] == [
            ("ALFA", "ok"),
            ("nope", "error"),
            ("sim:INDX", "ok"),
        ]
        now = await datafeed.time()
        page = await datafeed.bars(symbol="ALFA", resolution="1D", to_time=now, count_back=5)
        assert len(page.bars) == 5
        assert len(await datafeed.search(user_input="ALFA", max_results=1)) == 1


@pytest.mark.parametrize("symbol", ["NOPE", "..", ".", "%2E%2E", "A/B", "?", "#", "\x00", "é"])
async def test_an_unknown_symbol_is_told_by_its_code(base: Endpoint, symbol: str) -> None:
    async with DatafeedClient(at(base, "datafeed")) as datafeed:
        with pytest.raises(Refused) as caught:
            await datafeed.resolve(symbol=symbol)
    assert (caught.value.code, caught.value.status) == (DatafeedErrorCode.SYMBOL_UNKNOWN, 404)
    assert caught.value.request_id


async def test_an_order_is_placed_once_for_one_key(base: Endpoint) -> None:
    offsets: list[int] = []
    replayed: list[str] = []
    async with BrokerClient(at(base, "broker")) as broker:
        first, again = [
            await broker.place_order(
                ORDER,
                idempotency_key="one of them",
                on_stream_offset=offsets.append,
                on_idempotent_replayed=replayed.append,
            )
            for _ in range(2)
        ]
        assert first == again
        assert first.order.status == "filled"
        assert offsets == [offsets[0]] * 2
        assert replayed == ["true"]
        with pytest.raises(Refused) as caught:
            await broker.place_order(
                ORDER.model_copy(update={"qty": Decimal(20)}), idempotency_key="one of them"
            )
        assert caught.value.code == BrokerErrorCode.IDEMPOTENCY_KEY_REUSED
        assert (await broker.get_order(order_id=first.order_id)).qty == 10


async def test_a_refused_order_names_its_fields(base: Endpoint) -> None:
    async with BrokerClient(at(base, "broker")) as broker:
        with pytest.raises(Refused) as caught:
            await broker.place_order(ORDER.model_copy(update={"qty": Decimal("10.5")}))
    assert caught.value.code == BrokerErrorCode.QUANTITY_STEP
    assert caught.value.fields[0].field == "qty"


async def test_a_wrong_url_is_told_from_a_refusal(base: Endpoint) -> None:
    async with CoreClient(at(base, "core")) as core:
        assert "broker" in {module.name for module in await core.list_modules()}
    async with CoreClient(at(base, "cores")) as core:
        with pytest.raises(AnswerInvalid, match="says that the URL is not of the module"):
            await core.get_health()
    async with CoreClient(Endpoint(base.url.replace("/v1", "/v99/core"), base.app)) as core:
        with pytest.raises(VersionUnsupported):
            await core.get_health()


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ("desk=http://127.0.0.1:8001", "http://127.0.0.1:8001/api/v1/desk"),
        (" news=http://n , desk=https://gate/paths/desk/ ,", "https://gate/paths/desk"),
        ("core=http://elsewhere:1/", "http://elsewhere:1/api/v1/core"),
    ],
)
def test_settings_say_where_modules_are(tmp_path: Path, urls: str, expected: str) -> None:
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="core", module_urls=urls)
    context = AppFactory(installed=False).create(settings).context
    address = context.endpoint("core" if urls.startswith("core") else "desk")
    assert (address.url, address.app) == (expected, None)


def test_an_enabled_module_is_reached_without_a_socket(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="core")
    context = AppFactory(installed=False).create(settings).context
    address = context.endpoint("core")
    assert address.url == "http://localhost/api/v1/core"
    assert address.app is not None
    with pytest.raises(StartupError, match=r"^The module 'broker' is needed but not enabled;"):
        context.endpoint("broker")


@pytest.mark.parametrize("urls", ["datafeed", "datafeed=", "=http://x", "datafeed=ftp://x", "datafeed=x:1"])
def test_a_setting_that_names_no_url(urls: str) -> None:
    with pytest.raises(StartupError, match=r"is not the name of a module, = and its URL\.$"):
        read_settings({"module_urls": urls})
