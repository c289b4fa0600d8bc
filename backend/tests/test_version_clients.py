"""What is generated of a module with two versions, and what clients are told about a version's end."""

import importlib.util
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

import trading_api.modules
from tests.fixtures import versioned_modules
from tests.fixtures.versioned_modules.desk import v1, v2
from tests.server_process import ServerProcess
from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.clients.core_client import CoreClient
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.errors import ClientError, VersionUnsupported
from trading_api.models.market.quotes import QuotesSubscriptionRequest
from trading_api.modules.datafeed import ws as datafeed_ws
from trading_api.settings import Settings
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.codegen.output import leftover_files, write_files
from trading_api.shared.codegen.project import Layout, generated_files, router_files

BEFORE = int(datetime(2027, 5, 31, tzinfo=UTC).timestamp() * 1000)
AFTER = int(datetime(2027, 6, 1, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def clock() -> PlaybackClock:
    return PlaybackClock(BEFORE)


@pytest.fixture
async def app(tmp_path: Path, clock: PlaybackClock) -> AsyncIterator[ModularFastAPI]:
    factory = AppFactory([trading_api.modules, versioned_modules], installed=False, wall_clock=clock)
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="core,desk")
    made = factory.create(settings)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
def generated(app: ModularFastAPI, tmp_path: Path) -> Path:
    """A folder with everything that is generated of core and desk."""
    folder = tmp_path / "generated"
    layout = Layout(folder / "modules", folder / "clients", folder, folder / "docs")
    write_files(generated_files(app.context.modules, layout))
    return folder


def client_module(generated: Path, name: str) -> ModuleType:
    """A generated file, imported."""
    spec = importlib.util.spec_from_file_location(f"generated_{name}", generated / "clients" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def desk(app: ModularFastAPI, version: str) -> Endpoint:
    """Where a version of the desk is, in process."""
    return Endpoint(f"http://localhost/api/{version}/desk", app)


def test_each_version_has_documents_and_clients_of_its_own(generated: Path) -> None:
    found = {path.relative_to(generated).as_posix() for path in generated.rglob("*") if path.is_file()}
    assert {path for path in found if not path.startswith("docs/")} == {
        "asyncapi.json",
        "asyncapi.v2.json",
        "openapi.json",
        "openapi.v2.json",
        "clients/core_client.py",
        "clients/desk_client.py",
        "clients/desk_v2_client.py",
        "clients/desk_v2_ws_client.py",
        "clients/desk_ws_client.py",
        "modules/core/specs_generated/openapi.json",
        "modules/desk/specs_generated/asyncapi.json",
        "modules/desk/specs_generated/openapi.json",
        "modules/desk/specs_generated/v2/asyncapi.json",
        "modules/desk/specs_generated/v2/openapi.json",
    }
    streams = json.loads((generated / "asyncapi.v2.json").read_text("utf-8"))
    assert [channel["address"] for channel in streams["channels"].values()] == ["/api/v2/desk/ws"]


def test_the_streams_of_a_version_are_declared_in_its_folder(tmp_path: Path) -> None:
    declared = Path(datafeed_ws.__file__).read_text("utf-8")
    for folder in ("desk", "desk/v2", "desk/other"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "ws.py").write_text(declared, "utf-8")
    routers = router_files(Layout(tmp_path, tmp_path, tmp_path, tmp_path))
    folders = {path.relative_to(tmp_path).parent.as_posix() for path in routers}
    assert folders == {"desk/ws_generated", "desk/v2/ws_generated"}
    write_files(routers)
    assert leftover_files(set(routers), tmp_path, tmp_path, tmp_path) == []
    assert leftover_files(set(), tmp_path, tmp_path, tmp_path) == sorted(routers)


async def test_the_clients_of_both_versions_work_side_by_side(app: ModularFastAPI, generated: Path) -> None:
    old, new = (client_module(generated, f"desk{version}_client") for version in ("", "_v2"))
    async with old.DeskClient(desk(app, "v1")) as first, new.DeskV2Client(desk(app, "v2")) as second:
        assert await first.add_note(v1.Note(text="a")) == 1
        assert await second.add_note(v2.TitledNote(title="b", text="b")) == 2
        assert await second.note(number=0) == "a"
    old, new = (client_module(generated, f"desk{version}_ws_client") for version in ("", "_v2"))
    async with (
        old.DeskWsClient(desk(app, "v1")) as first,
        new.DeskV2WsClient(desk(app, "v2")) as second,
        first.subscribe_notes(v1.NotesSubscriptionRequest()) as texts,
        second.subscribe_notes(v2.NotesSubscriptionRequest()) as notes,
    ):
        assert (await anext(texts)).items[0] == v1.Note(text="a")
        assert (await anext(notes)).items[0] == v2.TitledNote(title="", text="a")


async def test_clients_of_an_ended_version_are_told_so(
    app: ModularFastAPI, generated: Path, clock: PlaybackClock
) -> None:
    clock.advance_to(AFTER)
    rest, streams = client_module(generated, "desk_client"), client_module(generated, "desk_ws_client")
    async with rest.DeskClient(desk(app, "v1")) as client:
        with pytest.raises(VersionUnsupported) as refused:
            await client.add_note(v1.Note(text="a"))
    assert (refused.value.code, refused.value.status) == ("api-version-sunset", 410)
    async with streams.DeskWsClient(desk(app, "v1")) as client:
        with pytest.raises(ClientError) as ended:
            await anext(client.subscribe_notes(v1.NotesSubscriptionRequest()))
    assert isinstance(ended.value, VersionUnsupported)
    assert ended.value.code == "api-version-sunset"


@pytest.mark.integration
async def test_clients_of_a_version_that_a_server_lacks_are_told_so(tmp_path: Path) -> None:
    with ServerProcess(tmp_path, "--modules", "core,datafeed") as server:
        async with CoreClient(f"{server.url}/api/v9/core") as client:
            with pytest.raises(VersionUnsupported) as refused:
                await client.list_modules()
        async with DatafeedWsClient(f"{server.url}/api/v9/datafeed") as streams:
            with pytest.raises(VersionUnsupported) as unknown:
                await anext(streams.subscribe_quotes(QuotesSubscriptionRequest(symbol="ALFA")))
    assert refused.value.detail == "Module 'core' has no v9; it serves v1."
    assert unknown.value.detail == "Module 'datafeed' has no v9; it serves v1."
