"""`trading-pro generate` on a copy of the sources, in a process of its own."""

import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.server_process import TRADING_PRO, ServerProcess, clean_environment

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
PACKAGE = Path("backend/src/trading_api")
ORDERS = PACKAGE / "models/broker/orders.py"
ORDERS_HEAD = "class PlacedOrder(JournalModel):\n"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what generation reads and writes, up to date."""
    folder = tmp_path_factory.mktemp("generated")
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis")
    for name in ("backend", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    assert generate(folder).returncode == 0
    return folder


@pytest.fixture
def checkout(generated: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(generated, tmp_path / "checkout"))


def generate(checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command over the sources in `checkout`."""
    return subprocess.run(
        [TRADING_PRO, "generate", *options],
        env=environment(checkout),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def environment(checkout: Path) -> dict[str, str]:
    return clean_environment(PYTHONPATH=str(checkout / "backend/src"), PYTHONDONTWRITEBYTECODE="1")


def contents(checkout: Path) -> dict[Path, tuple[int, bytes]]:
    """Time of the last change and content of each file."""
    files = [path for path in checkout.rglob("*") if path.is_file()]
    return {path.relative_to(checkout): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def edit(checkout: Path, path: Path, before: str, after: str) -> None:
    """Replace the first `before` in a file by `after`."""
    text = (checkout / path).read_text("utf-8")
    assert before in text, path
    (checkout / path).write_text(text.replace(before, after, 1), "utf-8")


def add_field(checkout: Path, *names: str) -> None:
    """Give every order more fields."""
    text = (checkout / ORDERS).read_text("utf-8")
    head, start, rest = text.partition(ORDERS_HEAD)
    docstring, end, body = rest.partition('"""\n')
    fields = "".join(f"    {name}: str | None = None\n" for name in names)
    (checkout / ORDERS).write_text(f"{head}{start}{docstring}{end}{fields}{body}", "utf-8")


def changed(checkout: Path, before: dict[Path, tuple[int, bytes]]) -> set[Path]:
    """Files that are not as they were `before`."""
    return {path for path, _ in before.items() ^ contents(checkout).items()}


def test_nothing_is_written_twice(checkout: Path) -> None:
    before = contents(checkout)
    result = generate(checkout)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert contents(checkout) == before
    assert generate(checkout, "--check").returncode == 0


def test_check_shows_what_is_stale_and_writes_nothing(checkout: Path) -> None:
    add_field(checkout, *(f"field_{n}" for n in range(30)))
    before = contents(checkout)
    result = generate(checkout, "--check")
    assert result.returncode == 1, result.stderr
    assert contents(checkout) == before
    specification = f"{PACKAGE}/modules/broker/specs_generated/openapi.json"
    shown, _, rest = result.stderr.partition(f"out of date: {specification}; run `make generate`\n")
    difference = shown[shown.index(f"--- {specification}") :].splitlines()
    assert rest
    assert "field0" in shown
    assert len(difference) == 41
    assert difference[-1].startswith("... and ")
    assert difference[-1].endswith(" more lines")


def test_a_new_route_can_be_used_before_it_is_generated(checkout: Path) -> None:
    declarations = PACKAGE / "modules/broker/ws.py"
    alias = "EquityWsRouter: TypeAlias = WsRouter[EquitySubscriptionRequest, EquityData]\n"
    edit(checkout, declarations, alias, alias + alias.replace("EquityWs", "WorthWs"))
    edit(checkout, PACKAGE / "modules/broker/__init__.py", "import ROUTES", "import ROUTES, WORTH as WORTH")
    before = contents(checkout)
    stale = generate(checkout, "--check")
    assert stale.returncode == 1
    assert "+WORTH = WorthWsRouter()" in stale.stderr
    assert contents(checkout) == before
    assert generate(checkout).returncode == 0
    assert "subscribe_worth" in (checkout / PACKAGE / "clients/broker_ws_client.py").read_text("utf-8")
    assert generate(checkout, "--check").returncode == 0


def test_a_model_is_renamed_that_a_generated_client_imports(checkout: Path) -> None:
    for path in (checkout / PACKAGE).rglob("*.py"):
        text = path.read_text("utf-8")
        if not path.name.endswith("_client.py") and not path.parent.name.endswith("_generated"):
            path.write_text(text.replace("QuoteData", "QuoteAnswer"), "utf-8")
    result = generate(checkout)
    assert result.returncode == 0, result.stderr
    assert "list[QuoteAnswer]" in (checkout / PACKAGE / "clients/datafeed_client.py").read_text("utf-8")
    assert generate(checkout, "--check").returncode == 0


def test_what_is_left_of_a_removed_module_goes(checkout: Path) -> None:
    clients = checkout / PACKAGE / "clients"
    gone = checkout / PACKAGE / "modules/gone/specs_generated/v2/openapi.json"
    gone.parent.mkdir(parents=True)
    gone.write_text("{}")
    client = clients / "gone_client.py"
    shutil.copy(clients / "core_client.py", client)
    by_hand = clients / "own_client.py"
    by_hand.write_text('"""Written by hand."""\n')
    result = generate(checkout, "--check")
    assert result.returncode == 1
    for path in (gone, client):
        assert f"left over: {path.relative_to(checkout)}; `make generate` removes it\n" in result.stderr
    assert "own_client" not in result.stderr
    assert "gone_client.py" in generate(checkout).stdout
    assert not client.exists()
    assert not (checkout / PACKAGE / "modules/gone/specs_generated").exists()
    assert by_hand.exists()


def test_a_mistake_in_a_model_is_one_sentence_and_writes_nothing(checkout: Path) -> None:
    edit(checkout, ORDERS, ORDERS_HEAD, f"    strange: str\n{ORDERS_HEAD}")
    before = contents(checkout)
    result = generate(checkout)
    assert result.returncode == 2
    (sentence,) = result.stderr.splitlines()
    line = (checkout / ORDERS).read_text("utf-8").splitlines().index("    strange: str") + 1
    assert f"{ORDERS}:{line}" in sentence
    assert contents(checkout) == before


def test_only_what_belongs_to_the_named_module_is_written(checkout: Path) -> None:
    add_field(checkout, "added")
    edit(
        checkout,
        PACKAGE / "models/market/status.py",
        "    speed: ",
        "    added: str | None = None\n    speed: ",
    )
    before = contents(checkout)
    assert generate(checkout, "broker").returncode == 0
    specifications = PACKAGE / "modules/broker/specs_generated"
    assert changed(checkout, before) == {specifications / "openapi.json", specifications / "asyncapi.json"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["dosk"], "There is no module 'dosk'; there are broker, core, datafeed"),
        (["--watch", "--check"], "--watch generates everything; it goes with no other option."),
        (["--watch", "broker"], "--watch generates everything; it goes with no other option."),
    ],
)
def test_options_that_cannot_be(options: list[str], sentence: str) -> None:
    result = generate(ROOT, *options)
    assert result.returncode == 2
    assert result.stderr.startswith(f"trading-pro: {sentence}")
    assert len(result.stderr.splitlines()) == 1


def test_a_server_generates_nothing(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_field(checkout, "added")
    before = contents(checkout)
    for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, environment(checkout)[name])
    with ServerProcess(tmp_path_factory.mktemp("data")) as server:
        for address in ("openapi.json", "ws/asyncapi.json", "broker/openapi.json"):
            assert '"added"' in httpx.get(f"{server.url}/api/v1/{address}").text
    assert contents(checkout) == before
