"""Modules are found by convention; whatever is wrong with one stops the start with one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

import trading_api.modules
from tests.module_packages import ModulePackages, module_source
from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModulePackages:
    return ModulePackages(tmp_path, monkeypatch)


def create(tmp_path: Path, factory: AppFactory, wanted: str) -> ModularFastAPI:
    return factory.create(Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules=wanted))


def test_a_package_becomes_a_module_named_in_hyphens(packages: ModulePackages, tmp_path: Path) -> None:
    package = packages.make({"news_feed": module_source("news_feed"), "desk2": module_source("desk2")})
    app = create(tmp_path, AppFactory([trading_api.modules, package], installed=False), "news-feed, desk2")
    assert [module.name for module in app.modules] == ["core", "desk2", "news-feed"]


@pytest.mark.parametrize("wanted", ["", "core", " core ,"])
def test_core_is_always_enabled(tmp_path: Path, wanted: str) -> None:
    app = create(tmp_path, AppFactory(installed=False), wanted)
    assert [module.name for module in app.modules] == ["core"]


@pytest.mark.parametrize("package", ["Desk", "2desk", "desk__two", "_desk", "desk_"])
def test_a_bad_package_name_is_refused(packages: ModulePackages, package: str) -> None:
    made = packages.make({package: module_source("desk")})
    with pytest.raises(StartupError, match=rf"{package}' is not lower-case words with underscores\.$"):
        AppFactory([made], installed=False)


def test_a_file_among_the_modules_is_refused(packages: ModulePackages) -> None:
    made = packages.make({"desk": module_source("desk")})
    (Path(made.__path__[0]) / "loose.py").touch()
    with pytest.raises(StartupError, match=r"loose is not a package"):
        AppFactory([made], installed=False)


def test_two_modules_of_one_name_are_refused(packages: ModulePackages) -> None:
    made = [packages.make({"desk": module_source("desk")}) for _ in range(2)]
    with pytest.raises(StartupError, match=r"^Two modules are named 'desk': \S+\.desk and \S+\.desk\.$"):
        AppFactory(made, installed=False)


def test_an_unknown_name_is_refused_with_the_known_ones(packages: ModulePackages, tmp_path: Path) -> None:
    factory = AppFactory([packages.make({"desk": module_source("desk"), "news": "1 / 0"})], installed=False)
    with pytest.raises(
        StartupError, match=r"^ENABLED_MODULES names 'dosk', which is not one of: desk, news\.$"
    ):
        create(tmp_path, factory, "desk,dosk")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "\n1 / 0",
            r"^Module 'desk' cannot be imported from \S+\.desk: division by zero \(\S+__init__\.py:2\)\.$",
        ),
        ("import no_such_package", r"No module named 'no_such_package' \(\S+__init__\.py:1\)\.$"),
        ("\ndef broken(:", r"^Module 'desk' cannot be imported from \S+\.desk: .+ \(\S+__init__\.py:2\)\.$"),
        ("raise SystemExit(1)", r"^Module 'desk' cannot be imported from \S+\.desk: 1 \(\S+\.py:1\)\.$"),
        (
            "from pydantic import BaseModel\nclass Thing: ...\nclass Note(BaseModel):\n    thing: Thing",
            r"Unable to generate pydantic-core schema for <class '\S+\.Thing'> \(\S+\.py:3\)\.$",
        ),
        ("", r"exports no class DeskModule derived from Module\.$"),
        ("class DeskModule: ...", r"exports no class DeskModule derived from Module\.$"),
        (module_source("desk", name="disk"), r"^DeskModule calls itself 'disk' instead of 'desk'\.$"),
        (module_source("desk", class_name="Desk"), r"exports no class DeskModule"),
    ],
)
def test_a_module_that_cannot_be_used_is_named_with_the_reason(
    packages: ModulePackages, tmp_path: Path, source: str, sentence: str
) -> None:
    factory = AppFactory([packages.make({"desk": source})], installed=False)
    with pytest.raises(StartupError, match=sentence) as refused:
        create(tmp_path, factory, "all")
    assert "\n" not in str(refused.value)


def test_what_is_wrong_with_a_disabled_module_does_not_matter(
    packages: ModulePackages, tmp_path: Path
) -> None:
    factory = AppFactory([packages.make({"desk": module_source("desk"), "news": "1 / 0"})], installed=False)
    assert [module.name for module in create(tmp_path, factory, "desk").modules] == ["desk"]


def test_only_enabled_modules_are_imported() -> None:
    script = """
import sys
from trading_api.app_factory import AppFactory
from trading_api.settings import Settings
factory = AppFactory()
assert len(factory.registry.names) > 1
factory.create(Settings(enabled_modules="core"))
imported = {name.split(".")[2] for name in sys.modules if name.startswith("trading_api.modules.")}
assert imported == {"core"}, imported
"""
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
