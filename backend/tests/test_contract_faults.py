"""A module whose contract no document can say stops generation and start with one sentence: both places."""

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests.module_packages import ModulePackages, module_source
from tests.server_process import TRADING_PRO, clean_environment
from trading_api import cli
from trading_api.app_factory import AppFactory
from trading_api.models.common import WireModel
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError

IMPORTS = """
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Query
from pydantic import AliasChoices, AliasPath, ConfigDict, Field, computed_field

from trading_api.models.common import RequestModel, WireModel
from trading_api.shared.module_interface import Module
from trading_api.shared.routing import ModuleRouter
from trading_api.shared.ws.router import WsRouter

router = ModuleRouter()
"""
MODULE = """

class {module}Module(Module):
    name = "{name}"
    description = "A module of a test."
    router = router
    service = None
    ws_routes = {routes}

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        yield
"""


def source(contract: str, name: str = "desk", routes: str = "()") -> str:
    """A module with `contract`; the class of a stream is named in `routes`."""
    return IMPORTS + contract + MODULE.format(module=name.capitalize(), name=name, routes=routes)


MODEL = """
class Note(WireModel):  # model
    {fields}

@router.get("/note")  # get_note
async def get_note() -> list[Note]: ...
"""
INEXPRESSIBLE = "The field 'text' of Note ({text}) cannot be expressed in JSON Schema, and "
NO_FIELD_TYPE = INEXPRESSIBLE + "GET /desk/note ({get_note}) needs it."
BOTH = "The fields '{one}' ({{one}}) and '{other}' ({{two}}) of Note are both '{wire}' on the wire."


def model(*fields: str) -> str:
    """A contract whose one model has `fields`."""
    return MODEL.format(fields="\n    ".join(fields))


TWO_OPERATIONS = """
@router.get("/one", operation_id="look")  # one
async def look_once() -> int: ...

@router.put("/{where}", operation_id="look")  # two
async def look_twice() -> int: ...
"""
STREAM = """
class NotesRequest(RequestModel):
    desk: str

class Note(WireModel):
    text: {type}  # text

class NotesWsRouter(WsRouter[NotesRequest, Note]):  # one
    route, request, data = "notes", NotesRequest, Note

class OtherWsRouter(WsRouter[NotesRequest, Note]):  # two
    route, request, data = "{other}", NotesRequest, Note
"""
STREAMS = "(NotesWsRouter(), OtherWsRouter())"
NESTED = """
class Text(WireModel):  # one
    text: str

def inner() -> type[WireModel]:
    class Text(WireModel):  # two
        text: int
    return Text

class Both(WireModel):
    one: Text
    two: inner()

@router.get("/both")
async def get_both() -> Both: ...
"""

FAULTS = {
    "a function": (
        source(model("text: Callable[[], str]  # text")),
        NO_FIELD_TYPE,
    ),
    "a class that Pydantic does not know": (
        source(
            "class Thing: ...\n"
            + model("model_config = ConfigDict(arbitrary_types_allowed=True)", "text: Thing | None  # text")
        ),
        NO_FIELD_TYPE,
    ),
    "a function in a model inside a model": (
        source(
            "class Text(WireModel):\n    text: Callable[[], str]  # text\n"
            + model("texts: dict[str, list[Text]]")
        ),
        NO_FIELD_TYPE.replace("of Note", "of Text"),
    ),
    "a function in a stream": (
        source(STREAM.format(type="Callable[[], str]", other="other"), routes=STREAMS),
        INEXPRESSIBLE + "NotesWsRouter ({one}) needs it.",
    ),
    "two operations of one name": (
        source(TWO_OPERATIONS.format(where="two")),
        "Two operations are named 'look': GET /desk/one ({one}) and PUT /desk/two ({two}).",
    ),
    "one function on two paths": (
        source('@router.get("/two")\n@router.get("/one")  # one\nasync def look() -> int: ...\n'),
        "Two operations are named 'look': GET /desk/one ({before one}) and GET /desk/two ({before one}).",
    ),
    "two streams of one name": (
        source(STREAM.format(type="str", other="notes"), routes=STREAMS),
        "Two routes are named 'notes': NotesWsRouter ({one}) and OtherWsRouter ({two}).",
    ),
    "one alias twice": (
        source(model('one: str = Field(alias="x")  # one', 'two: int = Field(alias="x")  # two')),
        BOTH.format(one="one", other="two", wire="x"),
    ),
    "a field named like the alias that another is given": (
        source(model("some_text: str  # one", "someText: str  # two")),
        BOTH.format(one="some_text", other="someText", wire="someText"),
    ),
    "an alias that is the name by which another field may be given": (
        source(model('text: str = Field(alias="long")  # one', 'short: str = Field(alias="text")  # two')),
        BOTH.format(one="text", other="short", wire="text"),
    ),
    "an alias among several": (
        source(
            model(
                'one: str = Field(validation_alias=AliasChoices("a", AliasPath("b", 0), "c"))  # one',
                'two: str = Field(validation_alias="c")  # two',
            )
        ),
        BOTH.format(one="one", other="two", wire="c"),
    ),
    "a computed field": (
        source(
            model(
                'one: str = Field(serialization_alias="two")  # one',
                "@computed_field",
                "def two(self) -> str: ...  # two",
            )
        ),
        BOTH.format(one="one", other="two", wire="two"),
    ),
    "an inherited field": (
        source(
            "class Base(WireModel):\n    some_text: str  # one\n"
            + model("someText: str  # two").replace("(WireModel)", "(Base)")
        ),
        BOTH.format(one="some_text", other="someText", wire="someText"),
    ),
    "two parameters of one name": (
        source(
            '@router.get("/find")  # find\nasync def find(\n    one: Annotated[str, Query(alias="x")],\n'
            '    two: Annotated[str, Query(alias="x")],\n) -> int: ...\n'
        ),
        "The parameters 'one' and 'two' of find ({find}) are both 'x' on the wire.",
    ),
    "no router": (
        source("").replace("    router = router", "").replace("(Module):", "(Module):  # module"),
        "The router of DeskModule ({module}) is not an APIRouter.",
    ),
    "no description": (
        source("").replace("    description =", "    text =").replace("(Module):", "(Module):  # module"),
        "DeskModule ({module}) has no description.",
    ),
    "no lifespan": (
        source("").replace("def lifespan", "def life").replace("(Module):", "(Module):  # module"),
        "DeskModule ({module}) does not define lifespan.",
    ),
    "a stream that is none": (
        source("", routes="(1,)").replace("(Module):", "(Module):  # module"),
        "1 among the ws_routes of DeskModule ({module}) is not a WsRouter.",
    ),
    "two models of one name": (
        source(NESTED),
        "Two models are named 'Text': {one} and {two}.",
    ),
}


def sentence(expected: str, *files: Path) -> str:
    """`expected` with the place of each line that ends in `# mark`."""
    places = {}
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            mark = line.rpartition("  # ")[2]
            places[mark] = f"{file}:{number}"
            places[f"before {mark}"] = f"{file}:{number - 1}"
    return expected.format_map(places)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModulePackages:
    return ModulePackages(tmp_path, monkeypatch)


def generate(output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Run `trading-pro generate --output` to the end that it must have; returns what it says."""
    monkeypatch.setattr(sys, "argv", ["trading-pro", "generate", "--output", str(output)])
    with pytest.raises(SystemExit) as ended:
        cli.run()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert not output.exists()
    return said.err


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_both_places(
    fault: str,
    packages: ModulePackages,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text, expected = FAULTS[fault]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pydantic warns of some of them, and goes on.
        made = packages.make({"desk": text}, installed=True)
        wanted = sentence(expected, Path(made.__path__[0]) / "desk" / "__init__.py")
        assert generate(tmp_path / "out", monkeypatch, capsys) == f"trading-pro: {wanted}\n"
    with pytest.raises(StartupError) as refused:
        AppFactory().create(Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="desk"))
    assert str(refused.value) == wanted


@pytest.mark.parametrize(
    ("desk", "news", "expected"),
    [
        (
            '@router.get("/look")  # one\nasync def look() -> int: ...\n',
            '@router.get("/see", operation_id="look")  # two\nasync def see() -> int: ...\n',
            "Two operations are named 'look': GET /desk/look ({one}) and GET /news/see ({two}).",
        ),
        (
            model("text: str").replace("# model", "# one"),
            model("text: int").replace("# model", "# two").replace("get_note", "get_news"),
            "Two models are named 'Note': {one} and {two}.",
        ),
    ],
)
def test_modules_contradict_each_other(
    desk: str,
    news: str,
    expected: str,
    packages: ModulePackages,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = packages.make({"desk": source(desk), "news": source(news, "news")}, installed=True)
    files = [Path(made.__path__[0]) / name / "__init__.py" for name in ("desk", "news")]
    assert generate(tmp_path / "out", monkeypatch, capsys) == f"trading-pro: {sentence(expected, *files)}\n"


@pytest.mark.parametrize(
    "contract",
    [
        model("text: str"),
        model('one: str = Field(alias="x")', 'two: str = Field(alias="y")'),
        model(
            'one: str = Field(validation_alias=AliasPath("both", 0))',
            'two: str = Field(validation_alias=AliasPath("both", 1))',
        ),
        model("notes: list['Note'] | None = None"),
        "",
    ],
)
def test_what_a_document_can_say_is_served(contract: str, packages: ModulePackages, tmp_path: Path) -> None:
    packages.make({"desk": source(contract)}, installed=True)
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="desk")
    assert [module.name for module in AppFactory().create(settings).modules] == ["core", "desk"]


def test_modules_may_define_one_model_alike(packages: ModulePackages, tmp_path: Path) -> None:
    packages.make({name: module_source(name) for name in ("desk", "news")}, installed=True)
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, enabled_modules="desk,news")
    assert len(AppFactory().create(settings).modules) == 3


def test_pydantic_itself_says_nothing_of_a_collision() -> None:
    """The later field wins and the earlier one is lost: the reason for which it is looked for here."""

    class Note(WireModel):
        some_text: str
        someText: int  # noqa: N815

    schema = Note.model_json_schema()
    assert list(schema["properties"]) == ["someText"]
    assert schema["properties"]["someText"]["type"] == "integer"


@pytest.mark.integration
@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["generate", "--output", "out"]])
def test_a_real_process_ends_with_the_sentence(
    command: list[str], packages: ModulePackages, tmp_path: Path
) -> None:
    text, expected = FAULTS["two operations of one name"]
    made = packages.make({"desk": text}, installed=True)
    ended = subprocess.run(
        [TRADING_PRO, *command],
        env=clean_environment(PYTHONPATH=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    wanted = sentence(expected, Path(made.__path__[0]) / "desk" / "__init__.py")
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", f"trading-pro: {wanted}\n")
    assert not (tmp_path / "out").exists()
