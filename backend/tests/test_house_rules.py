"""Rules of the house that no tool knows: where SQL lives, what an import may do, what files hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[1]
ROOT = BACKEND.parent
PACKAGE = BACKEND / "src" / "trading_api"

IMPORT_EVERYTHING = """
import importlib, logging, os, pkgutil, sys, threading

FORBIDDEN = {"socket.bind", "socket.connect", "subprocess.Popen", "os.mkdir", "os.rename", "os.remove",
             "sqlite3.connect", "_thread.start_new_thread", "os.fork", "os.system"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
seen = []

def hook(event, arguments):
    if event in FORBIDDEN or event == "open" and (arguments[2] or 0) & WRITING:
        seen.append(f"{event} {arguments}")

import trading_api
sys.addaudithook(hook)
names = [found.name for found in pkgutil.walk_packages(trading_api.__path__, "trading_api.")]
names = [name for name in names if name != "trading_api.main" and ".tests" not in name]
for name in names:
    importlib.import_module(name)
assert len(names) > 30, names
assert not seen, seen
assert threading.active_count() == 1, threading.enumerate()
assert not logging.getLogger().handlers
"""


def tracked_files() -> Iterator[Path]:
    """The files of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return (ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def is_generated(path: Path) -> bool:
    """Whether a tool wrote the file."""
    return path.name in {"package-lock.json", "requirements.lock"} or any(
        part.endswith("_generated") for part in path.parts
    )


def imported_names(path: Path) -> set[str]:
    """Top-level names of the packages that a source file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_sql_lives_in_repositories_and_migrations_only() -> None:
    offenders = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if imported_names(path) & {"sqlalchemy", "sqlite3", "aiosqlite", "alembic"}
        and not path.is_relative_to(PACKAGE / "shared" / "db")
        and path.name != "repository.py"
        and not {"migrations", "repository", "tests"} & set(path.relative_to(PACKAGE).parts)
    ]
    assert offenders == []


def test_an_import_does_nothing_but_define() -> None:
    result = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT_EVERYTHING], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_files_are_of_a_size_to_be_read() -> None:
    source = [
        path for path in tracked_files() if path.suffix in {".py", ".ts", ".vue", ".css", ".mjs", ".md"}
    ]
    too_long = {}
    for path in source:
        is_test = "test" in path.name or {"tests", "e2e"} & set(path.relative_to(ROOT).parts)
        lines = path.read_text("utf-8").count("\n")
        if not is_generated(path) and lines > (800 if is_test else 600):
            too_long[str(path.relative_to(ROOT))] = lines
    assert too_long == {}


@pytest.mark.parametrize("word", ["utils", "util", "helpers", "helper", "manager", "common_code", "misc"])
def test_no_file_is_named_after_nothing(word: str) -> None:
    assert [path for path in tracked_files() if path.stem.lower() == word and "cli" not in path.parts] == []


def test_lock_files_name_no_package_host() -> None:
    locks = [
        path for path in tracked_files() if path.name in {"package-lock.json", "requirements.lock", ".npmrc"}
    ]
    assert locks
    named = re.compile(
        r'"resolved": "[^"]*[:/]|^\s*(--)?(extra-)?index-url|--find-links|^\s*registry\s*=|^[^#"]*https?://',
        re.MULTILINE,
    )
    offenders = {
        str(path.relative_to(ROOT)): found[0]
        for path in locks
        if (found := named.search(path.read_text("utf-8")))
    }
    assert offenders == {}
    assert [path for path in tracked_files() if re.fullmatch(r"uv\.lock|pylock.*\.toml", path.name)] == []


def test_no_file_names_a_place_on_someones_machine() -> None:
    home = re.compile(rb"(?<![\w.$}/-])/(?:home/\w+|root|work|Users/\w+)/")
    offenders = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.suffix not in {".png", ".woff2", ".ico"}
        and path != Path(__file__)
        and (home.search(path.read_bytes()) or str(ROOT).encode() in path.read_bytes())
    ]
    assert offenders == []
