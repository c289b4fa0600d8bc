"""A new module passes every check unedited, and a name that cannot be is refused with nothing written."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.server_process import TRADING_PRO, clean_environment
from trading_api.cli.new_module import new_module
from trading_api.shared.errors import StartupError

pytestmark = pytest.mark.integration

BACKEND = Path(__file__).parents[1]
NAMES = ["market-scanner", "a1", "x-123456789-123456789-12345678"]
"""A usual name, a short one, and one of the greatest length."""
IGNORED = shutil.ignore_patterns("__pycache__", "tests", ".*_cache", "*.egg-info")


class Checkout:
    """A copy of the sources in a folder of its own, where commands work on the copy."""

    def __init__(self, root: Path) -> None:
        self.backend = root / "backend"
        self.package = self.backend / "src" / "trading_api"
        shutil.copytree(BACKEND / "src" / "trading_api", self.package, ignore=IGNORED)
        for path in BACKEND.iterdir():
            if path.is_file():
                shutil.copy2(path, self.backend)

    def run(self, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a tool of the environment in the copy; its sources outrank the installed ones."""
        return subprocess.run(
            [str(Path(TRADING_PRO).with_name(tool)), *arguments],
            cwd=self.backend,
            env=clean_environment(PYTHONPATH=str(self.package.parent), PYTHONDONTWRITEBYTECODE="1"),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def files(self) -> dict[str, str]:
        """Hashes of all files."""
        root = self.backend.parent
        return {
            str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in root.rglob("*")
            if path.is_file() and not {"__pycache__", ".mypy_cache"} & set(path.parts)
        }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy in which the modules NAMES are made."""
    checkout = Checkout(tmp_path_factory.mktemp("made"))
    for name in NAMES:
        result = checkout.run("trading-pro", "new-module", name)
        assert result.returncode == 0, result.stderr
        module, model = f"modules/{snake(name)}", f"models/{snake(name)}.py"
        own = [f"{module}/{file}.py" for file in ("__init__", "api", "ws", "service", "errors")]
        own += [model, f"{module}/tests/test_{snake(name)}.py", f"{module}/ws_generated/__init__.py"]
        own += [f"{module}/specs_generated/{kind}.json" for kind in ("openapi", "asyncapi")]
        own += [f"clients/{snake(name)}{kind}_client.py" for kind in ("", "_ws")]
        for file in own:
            assert f"wrote backend/src/trading_api/{file}\n" in result.stdout
            assert (checkout.package / file).is_file()
    return checkout


@pytest.fixture
def copy(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def snake(name: str) -> str:
    """`market-scanner` -> `market_scanner`."""
    return name.replace("-", "_")


def folders() -> set[str]:
    """What is in the folders to which a new module adds."""
    package = BACKEND / "src" / "trading_api"
    return {str(path) for folder in ("models", "modules", "clients") for path in (package / folder).iterdir()}


def sources(made: Checkout) -> list[str]:
    """Everything that belongs to the new modules."""
    places = [made.package / "modules" / snake(name) for name in NAMES]
    places += [made.package / "models" / f"{snake(name)}.py" for name in NAMES]
    places += [path for name in NAMES for path in (made.package / "clients").glob(f"{snake(name)}_*.py")]
    assert len(places) == 4 * len(NAMES)
    return [str(place.relative_to(made.backend)) for place in places]


@pytest.mark.parametrize(
    "command",
    [["ruff", "format", "--check"], ["ruff", "check"], ["mypy"], ["pytest", "-q", "-n", "0"]],
    ids=" ".join,
)
def test_new_modules_pass(made: Checkout, command: list[str]) -> None:
    places = [place for place in sources(made) if command[0] != "pytest" or "/modules/" in place]
    result = made.run(*command, *places)
    assert result.returncode == 0, result.stdout + result.stderr


def test_new_modules_keep_the_boundaries(made: Checkout) -> None:
    result = made.run("lint-imports", "--no-logo", "--no-cache")
    assert result.returncode == 0, result.stdout


def test_what_follows_from_new_modules_is_generated(made: Checkout) -> None:
    result = made.run("trading-pro", "generate", "--check")
    assert result.returncode == 0, result.stderr
    for kind, path in (("openapi", "/market-scanner/entries"), ("asyncapi", "/api/v1/market-scanner/ws")):
        assert f'"{path}"' in (made.backend / f"{kind}.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Market Scanner", "it is not words of lower-case letters and digits with hyphens, such as"),
        ("MarketScanner", "it is not words"),
        ("market_scanner", "it is not words"),
        ("2fast", "it is not words"),
        ("-fast", "it is not words"),
        ("fast--er", "it is not words"),
        ("../fast", "it is not words"),
        ("schnéll", "it is not words"),
        ("", "it is not words"),
        ("core", "there is a module of this name"),
        ("broker", "there is a module of this name"),
        ("health", "backend/src/trading_api/models/health.py exists"),
        ("market", "backend/src/trading_api/models/market exists"),
        ("class", "the word is taken"),
        ("tests", "the word is taken"),
        ("market-ws", "clients of streams and of versions have names with such an ending"),
        ("market-v2", "clients of streams and of versions have names with such an ending"),
        ("x" * 100, "it is longer than 30 characters"),
        ("x" * 31, "it is longer than 30 characters"),
    ],
)
def test_a_bad_name_is_refused(name: str, reason: str) -> None:
    before = folders()
    with pytest.raises(StartupError) as refused:
        new_module(name)
    sentence = str(refused.value)
    assert sentence.startswith(f"A new module cannot be named '{name}': {reason}")
    assert sentence.endswith(".")
    assert folders() == before


def test_the_command_refuses_with_one_sentence() -> None:
    command = [TRADING_PRO, "new-module", "Market Scanner"]
    result = subprocess.run(command, env=clean_environment(), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("trading-pro: A new module cannot be named 'Market Scanner': ")


def test_where_nothing_can_be_generated_nothing_is_left(copy: Checkout) -> None:
    with (copy.package / "modules" / "datafeed" / "ws.py").open("a", encoding="utf-8") as declarations:
        declarations.write("\nMoonWsRouter = 1\n")
    before = copy.files()
    result = copy.run("trading-pro", "new-module", "market-scanner")
    assert (result.returncode, result.stdout) == (2, "")
    assert "MoonWsRouter is not a TypeAlias" in result.stderr
    assert "Traceback" not in result.stderr
    assert copy.files() == before
