"""Who may import whom: the contracts of `pyproject.toml` hold, and each of them can fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

BACKEND = Path(__file__).parents[1]
LINT_IMPORTS = str(Path(sys.executable).with_name("lint-imports"))
CONTRACTS: list[dict[str, Any]] = tomllib.loads((BACKEND / "pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]["contracts"]

VIOLATIONS = [
    ("layers", "models/common.py", "import trading_api.shared.errors"),
    ("layers", "settings.py", "import trading_api.shared.clock"),
    ("layers", "clients/planted.py", "import trading_api.shared.errors"),
    ("layers", "shared/clock.py", "import trading_api.modules.core.service"),
    ("layers", "shared/clock.py", "import trading_api.clients.planted"),
    ("layers", "modules/core/service.py", "import trading_api.app_factory"),
    ("layers", "planted/__init__.py", ""),
    ("models", "models/common.py", "import sqlalchemy"),
    ("clients", "clients/planted.py", "import trading_api.settings"),
    ("modules", "modules/core/service.py", "import trading_api.modules.planted"),
    ("modules", "modules/planted/api.py", "from trading_api.modules.core.service import CoreService"),
    ("engines", "modules/planted/engine/decide.py", "import asyncio"),
    ("engines", "modules/planted/engine/decide.py", "from trading_api.shared.db.engine import Database"),
]
"""Contract, file below `trading_api`, and the line planted there. The module `planted` is new each time."""


def lint(source: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the import linter on the package in `source`; its working directory outranks the installed one."""
    command = [LINT_IMPORTS, "--config", str(BACKEND / "pyproject.toml"), "--no-cache", "--no-logo", *options]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the source tree with one more client and one more module, which nothing names."""
    package = tmp_path / "trading_api"
    shutil.copytree(
        BACKEND / "src" / "trading_api", package, ignore=shutil.ignore_patterns("__pycache__", "tests")
    )
    for folder in ("modules/planted", "modules/planted/engine"):
        (package / folder).mkdir()
        (package / folder / "__init__.py").touch()
    (package / "clients" / "__init__.py").touch()
    (package / "clients" / "planted.py").touch()
    return tmp_path


def plant(source: Path, file: str, line: str) -> None:
    """Add `line` at the end of `file`, which is made if there is none."""
    path = source / "trading_api" / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")


def test_all_contracts_hold() -> None:
    result = lint(BACKEND / "src")
    assert result.returncode == 0, result.stdout


def test_all_contracts_hold_with_one_more_module(source: Path) -> None:
    result = lint(source)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_a_violation_is_caught(source: Path, contract: str, file: str, line: str) -> None:
    plant(source, file, line)
    result = lint(source, "--contract", contract)
    assert result.returncode == 1
    assert "1 broken" in result.stdout
    assert "planted" in result.stdout or file.removesuffix(".py").replace("/", ".") in result.stdout


@pytest.mark.parametrize(
    "contract",
    [contract for contract in CONTRACTS if contract["type"] == "forbidden"],
    ids=lambda contract: str(contract["id"]),
)
def test_every_name_that_a_contract_forbids_is_caught(source: Path, contract: dict[str, Any]) -> None:
    folder = contract["source_modules"][0].replace("*", "planted").replace(".", "/")
    for number, name in enumerate(contract["forbidden_modules"]):
        plant(source, f"{folder}/planted_{number}.py".removeprefix("trading_api/"), f"import {name}")
    result = lint(source, "--contract", contract["id"])
    missed = [
        name
        for number, name in enumerate(contract["forbidden_modules"])
        if f"planted_{number} -> {name}" not in result.stdout
    ]
    assert missed == []


def test_every_contract_has_a_planted_violation() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, _, _ in VIOLATIONS}
