"""Models, documents and clients drift apart in a copy of the sources; `generate --check` says so."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server_process import TRADING_PRO, clean_environment

pytestmark = pytest.mark.integration

BACKEND = Path(__file__).parents[1]
PACKAGE = Path("backend/src/trading_api")
ORDERS = PACKAGE / "models/broker/orders.py"
BROKER_POSITIONS = PACKAGE / "modules/broker/api_positions.py"
BROKER_STREAMS = PACKAGE / "modules/broker/ws.py"
CLIENT = PACKAGE / "clients/datafeed_client.py"
REASON = "Clients rely on it: keep it, or make a new version (docs/contract.md)."


def generate(checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`trading-pro generate` with the sources of `checkout`."""
    return subprocess.run(
        [TRADING_PRO, "generate", *options],
        env=clean_environment(PYTHONPATH=str(checkout / "backend/src")),
        cwd=checkout,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def edit(checkout: Path, file: Path, pattern: str, replacement: str) -> None:
    """Replace what `pattern` matches, exactly once, in a file of `checkout`."""
    text, count = re.subn(pattern, replacement, (checkout / file).read_text("utf-8"), flags=re.DOTALL)
    assert count == 1
    (checkout / file).write_text(text, "utf-8")


def texts(checkout: Path) -> dict[Path, str]:
    """Every file of `checkout`."""
    files = (
        path for path in checkout.rglob("*") if path.is_file() and path.suffix in {".py", ".json", ".md"}
    )
    return {path: path.read_text("utf-8") for path in files}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, generated and released."""
    checkout = tmp_path_factory.mktemp("released")
    ignored = shutil.ignore_patterns("tests", "__pycache__")
    shutil.copytree(BACKEND / "src/trading_api", checkout / PACKAGE, ignore=ignored)
    done = generate(checkout, "--release")
    assert (done.returncode, done.stderr) == (0, "")
    return checkout


@pytest.fixture
def checkout(released: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    shutil.copytree(released, tmp_path / "checkout")
    return tmp_path / "checkout"


def add_field(checkout: Path) -> None:
    """A new field of PlacedOrder."""
    field = r'\1    venue: str | None = Field(default=None, examples=["SIM"])\n'
    edit(checkout, ORDERS, r"(\nclass PlacedOrder\(.*?\n    id: [^\n]*\n)", field)


def remove_operation(checkout: Path) -> None:
    """The broker without `list_positions`."""
    edit(checkout, BROKER_POSITIONS, r'@router\.get\("/positions".*?\n\n\n', "")


def test_nothing_changed(checkout: Path) -> None:
    before = texts(checkout)
    done = generate(checkout, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert generate(checkout).stdout == ""
    assert texts(checkout) == before


def test_a_field_of_a_model(checkout: Path) -> None:
    add_field(checkout)
    before = texts(checkout)
    done = generate(checkout, "--check")
    assert done.returncode == 1
    assert texts(checkout) == before
    for file in ("backend/openapi.json", "backend/asyncapi.json"):
        assert f"out of date: {file}; run `make generate`" in done.stderr
    assert re.search(r'^\+ +"venue": \{$', done.stderr, re.MULTILINE)


def test_an_operation_that_is_gone(checkout: Path) -> None:
    remove_operation(checkout)
    assert generate(checkout).returncode == 0
    done = generate(checkout, "--check")
    breach = "list_positions: the operation was GET /broker/positions and is gone."
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"breaks the last release: {breach}\n{REASON}\n"


def test_a_release_that_would_break_clients(checkout: Path) -> None:
    remove_operation(checkout)
    before = texts(checkout)
    done = generate(checkout, "--release")
    assert (done.returncode, done.stdout) == (1, "")
    assert "GET /broker/positions" in done.stderr
    assert texts(checkout) == before


def test_a_release_that_only_adds(checkout: Path) -> None:
    add_field(checkout)
    assert generate(checkout, "--release").returncode == 0
    edit(checkout, ORDERS, r"    venue: [^\n]*\n", "")
    done = generate(checkout, "--check")
    assert done.returncode == 1
    assert "get_order, answer 200, $.venue: the field was string and is gone.\n" in done.stderr


def test_a_client_edited_by_hand(checkout: Path) -> None:
    edit(checkout, CLIENT, r"\Z", "\n# edited\n")
    done = generate(checkout, "--check")
    assert done.returncode == 1
    assert re.search(r"^-# edited$", done.stderr, re.MULTILINE)
    assert done.stderr.endswith(f"out of date: {CLIENT}; run `make generate`\n\n")


def add_stream(text: str) -> Callable[[Path], None]:
    """One more line of the broker's `ws.py`."""
    return lambda checkout: edit(checkout, BROKER_STREAMS, r"\Z", f"{text}\n")


ORDERS_AGAIN = "OrdersWsRouter: TypeAlias = WsRouter[OrdersSubscriptionRequest, PlacedOrder]"
UNREADABLE = "TradesWsRouter: TypeAlias = list[PlacedOrder]"


@pytest.mark.parametrize("options", [[], ["--check"]])
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (ORDERS_AGAIN, "Two routes are named 'orders': {file}:{first} and {file}:{last}."),
        (
            UNREADABLE,
            "{file}:{last}: TradesWsRouter is not WsRouter of two models; "
            f"a route is declared as `{ORDERS_AGAIN}`.",
        ),
        ("def orders(:", "{file}:{last}: invalid syntax."),
    ],
)
def test_a_stream_that_cannot_be_read(checkout: Path, options: list[str], line: str, sentence: str) -> None:
    add_stream(line)(checkout)
    file = checkout / BROKER_STREAMS
    lines = file.read_text("utf-8").splitlines()
    before = texts(checkout)
    done = generate(checkout, *options)
    wanted = sentence.format(file=file, first=lines.index(ORDERS_AGAIN) + 1, last=len(lines))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"trading-pro: {wanted}\n")
    assert texts(checkout) == before
