"""A module from another package: installed, it is served, documented and generated as ours are.

The package is `fixtures/market_notes`. It is really built and installed, into a folder of its own.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from openapi_spec_validator import validate

from tests.server_process import TRADING_PRO, ServerProcess, clean_environment

pytestmark = pytest.mark.integration

BACKEND = Path(__file__).parents[1]
PACKAGE = BACKEND / "src" / "trading_api"
FRONTEND = BACKEND.parent / "frontend"
SAMPLE = Path(__file__).parent / "fixtures" / "market_notes"
UV = str(Path(sys.executable).with_name("uv"))
PATIENCE_SECONDS = 60


def run(*command: str, path: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command that also imports from `path`."""
    environment = clean_environment(PYTHONPATH=path, MYPYPATH=path)
    return subprocess.run(
        command,
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def succeed(*command: str, path: str, cwd: Path | None = None) -> str:
    """Run a command that must succeed; what it says."""
    result = run(*command, path=path, cwd=cwd)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def texts(*folders: Path) -> dict[str, str]:
    """Hashes of the files below `folders`."""
    paths = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}


def our_generated_files() -> dict[str, str]:
    """Hashes of what is generated and committed in this repository, and of the sample."""
    clients = texts(PACKAGE / "clients", FRONTEND / "src" / "clients_generated", SAMPLE)
    clients = {path: text for path, text in clients.items() if "_client" in path or "_generated" in path}
    return texts(*(PACKAGE / "modules").glob("*/*_generated")) | clients


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the sample is installed, as `pip install --target` does it."""
    folder = tmp_path_factory.mktemp("outside")
    shutil.copytree(SAMPLE, folder / "source")
    options = ["--no-deps", "--no-build-isolation", "--offline", "--no-cache", "--python", sys.executable]
    install = [UV, "pip", "install", "--target", str(folder / "site"), *options]
    succeed(*install, str(folder / "source"), path="")
    return folder / "site"


@pytest.fixture(scope="module")
def output(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `trading-pro generate --output` writes with the sample installed; nothing of ours changes."""
    folder = tmp_path_factory.mktemp("generated")
    before = our_generated_files()
    said = succeed(TRADING_PRO, "generate", "--output", str(folder), path=str(site))
    assert [line for line in said.splitlines() if not line.startswith(f"wrote {folder}{os.sep}")] == []
    assert our_generated_files() == before
    return folder


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server in which the sample is installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(site))
        with ServerProcess(tmp_path_factory.mktemp("data")) as running:
            yield running


def test_without_it_nobody_knows_the_module() -> None:
    result = run(TRADING_PRO, "generate", "market-notes", path="")
    assert result.returncode == 2
    assert (
        result.stderr == "trading-pro: There is no module 'market-notes'; there are broker, core, datafeed.\n"
    )


def test_it_is_among_the_modules_with_documents_that_exist(server: ServerProcess) -> None:
    modules = httpx.get(f"{server.url}/api/v1/core/modules").json()
    (notes,) = [module for module in modules if module["name"] == "market-notes"]
    assert notes["url"] == "/api/v1/market-notes"
    assert httpx.get(f"{server.url}{notes['docsUrl']}").status_code == 200
    assert "/notes/{number}" in httpx.get(f"{server.url}{notes['openapiUrl']}").json()["paths"]


def test_the_merged_document_of_the_server_holds_it(server: ServerProcess) -> None:
    document = httpx.get(f"{server.url}/api/v1/openapi.json").json()
    validate(document)
    assert {"/market-notes/notes", "/broker/orders"} <= set(document["paths"])


def test_its_problems_are_like_ours(server: ServerProcess) -> None:
    answer = httpx.post(f"{server.url}/api/v1/market-notes/notes", json={"symbol": "ALFA"})
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "text")
    answer = httpx.get(f"{server.url}/api/v1/market-notes/notes/99")
    assert (answer.status_code, answer.json()["code"]) == (404, "note-unknown")


def test_its_documents_are_generated_with_ours(output: Path) -> None:
    names = {"broker", "core", "datafeed", "market_notes"}
    assert {folder.name for folder in (output / "modules").iterdir()} == names
    for name in ("openapi.json", "asyncapi.json"):
        own = json.loads((output / "modules" / "market_notes" / "specs_generated" / name).read_text("utf-8"))
        merged = json.loads((output / name).read_text("utf-8"))
        assert "MarketNote" in own["components"]["schemas"]
        assert "MarketNote" in merged["components"]["schemas"]
        assert "PlacedOrder" in merged["components"]["schemas"]
        assert "PlacedOrder" not in own["components"]["schemas"]


def test_generating_again_changes_nothing(site: Path, output: Path) -> None:
    before = texts(output)
    assert succeed(TRADING_PRO, "generate", "--output", str(output), path=str(site)) == ""
    assert texts(output) == before


def test_its_generated_python_clients_work(server: ServerProcess, site: Path, output: Path) -> None:
    path = os.pathsep.join([str(site), str(output)])
    succeed(sys.executable, str(SAMPLE / "walk.py"), f"{server.url}/api/v1/market-notes", path=path)


def test_it_and_its_clients_are_typed(site: Path, output: Path) -> None:
    path = os.pathsep.join([str(site), str(output)])
    mypy = [sys.executable, "-m", "mypy", "--config-file", str(BACKEND / "pyproject.toml")]
    succeed(*mypy, str(SAMPLE / "walk.py"), path=path, cwd=BACKEND)


def test_its_typescript_clients_are_generated(output: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (FRONTEND.parent / "node_modules").is_dir():
        pytest.skip("node and the npm packages are needed")
    before = our_generated_files()
    generate = [node, "scripts/generate.mjs", "--specs", str(output / "modules"), "--out", str(tmp_path)]
    succeed(*generate, path="", cwd=FRONTEND)
    assert our_generated_files() == before
    assert '"/notes/{number}"' in (tmp_path / "trader-client-market-notes" / "schema.ts").read_text("utf-8")
    routes = (tmp_path / "ws-types-market-notes" / "index.ts").read_text("utf-8")
    assert "notes: { request: NotesSubscriptionRequest; data: MarketNote; delivery: 'journal' };" in routes


def test_its_routers_are_generated_in_its_own_package(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "market_notes"
    shutil.copytree(site, tmp_path, dirs_exist_ok=True)
    generate = [TRADING_PRO, "generate", "market-notes"]
    assert succeed(*generate, "--check", path=str(tmp_path)) == ""
    declared = (place / "ws.py").read_text("utf-8")
    moods = declared.replace("NotesWsRouter:", "MoodsWsRouter:").partition("MoodsWsRouter")
    (place / "ws.py").write_text(declared + "\n" + "".join(moods[1:]), "utf-8")
    stale = run(*generate, "--check", path=str(tmp_path))
    assert (stale.returncode, "+class MoodsWsRouter" in stale.stderr) == (1, True)
    shutil.rmtree(place / "ws_generated")
    said = succeed(*generate, path=str(tmp_path))
    assert said == f"wrote {place / 'ws_generated' / '__init__.py'}\n"
    assert "class MoodsWsRouter" in (place / "ws_generated" / "__init__.py").read_text("utf-8")


def test_one_that_cannot_be_imported_does_not_start(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path, dirs_exist_ok=True)
    (tmp_path / "market_notes" / "service.py").unlink()
    result = run(TRADING_PRO, "serve", "--port", "0", "--data-dir", str(tmp_path / "var"), path=str(tmp_path))
    assert result.returncode == 2
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("trading-pro: Module 'market-notes' cannot be imported")
