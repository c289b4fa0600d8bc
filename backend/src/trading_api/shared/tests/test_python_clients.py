"""Clients generated for a module of another package: their text, their types and what they send."""

import importlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from trading_api.shared.codegen.python_clients import python_client
from trading_api.shared.codegen.python_types import TypeTexts
from trading_api.shared.errors import StartupError
from trading_api.shared.http.problems import install_problem_handlers
from trading_api.shared.module_interface import Module, ModuleAddress

BACKEND = Path(__file__).parents[4]
TOOLS = Path(sys.executable).parent

MODELS = '''
"""Models of a package from outside."""

from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from trading_api.models.common import Number, RequestModel, WireModel

Item = TypeVar("Item")


class Color(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


class Note(RequestModel):
    """One line."""

    note_text: str
    weight: Number | None = None


class Page(WireModel, Generic[Item]):
    """Some of many."""

    items: list[Item]
'''

MODULE = '''
"""A module from outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Depends, Header, Query, Response
from fastapi.responses import PlainTextResponse

from desk_models import Color, Note, Page
from trading_api.shared.errors import NotFound, TradingError
from trading_api.shared.module_interface import Module
from trading_api.shared.routing import ModuleRouter, problems


class NoteMissing(TradingError):
    """There is no such note."""

    code, status, title = "note-missing", 404, "Note missing"


def _page(first: Annotated[int, Query(alias="firstItem")] = 0) -> int:
    return first


router = ModuleRouter()


@router.post("/notes", status_code=201, responses={{201: {{"headers": {{"X-Note-Number": {{
    "description": "Its number.", "schema": {{"type": "integer"}}}}}}}}}})
async def add_note(
    note: Note, response: Response, idempotency_key: Annotated[str, Header()] = ""
) -> Note:
    """Add a note: a long first sentence that goes on and on until it is longer than a line of this file.

    Raises nothing that a \\\\d does not, and says "so".
    """
    response.headers["X-Note-Number"] = str(len(idempotency_key))
    return note


@router.post("/notes/many")
async def add_notes(notes: list[Note]) -> int:
    """How many came."""
    return len(notes)


@router.get("/notes/{{place:path}}", responses=problems(NoteMissing))
async def get_note(place: str, plain: bool = False) -> Note | None:
    """One note, or nothing."""
    if place == "missing":
        raise NoteMissing("There is no note missing.")
    return None if plain else Note(note_text=place)


@router.get("/pages")
async def list_pages(
    colors: Annotated[list[Color], Query()],
    first: Annotated[int, Depends(_page)],
    kind: Literal["short", "long"] = "short",
    since: datetime | None = None,
) -> Page[Note]:
    """Notes that tell what was asked."""
    asked = [*colors, str(first), kind, since.isoformat() if since else "never"]
    return Page[Note](items=[Note(note_text=text) for text in asked])


@router.delete("/notes", status_code=204, deprecated=True)
async def clear() -> None:
    """Forget all."""


@router.put("/notes")
async def touch(note: Note | None = None) -> dict[str, list[int]]:
    """Whether a note came."""
    return {{"count": [int(note is not None)]}}


@router.get("/page.txt")
async def text_page() -> PlainTextResponse:
    """No model describes this one."""
    return PlainTextResponse("text")

{more}

class DeskModule(Module):
    """A module of a test."""

    name = "desk"
    description = "Notes on a desk."
    router = router
    service = None

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        yield
'''


def desk(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> type[Module]:
    """The module, written below `folder` with `more` routes, and imported anew."""
    (folder / "desk_models.py").write_text(MODELS.lstrip(), "utf-8")
    (folder / "desk.py").write_text(MODULE.format(more=more).lstrip(), "utf-8")
    monkeypatch.syspath_prepend(folder)
    for name in ("desk_models", "desk", "desk_client"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    found: type[Module] = importlib.import_module("desk").DeskModule
    return found


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Module]:
    return desk(tmp_path, monkeypatch)


@pytest.fixture
async def client(module: type[Module], tmp_path: Path) -> AsyncIterator[Any]:
    """The generated client of the module, which is served in process."""
    (tmp_path / "desk_client.py").write_text(python_client(module), "utf-8")
    importlib.invalidate_caches()
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(module.router)
    generated = importlib.import_module("desk_client")
    async with generated.DeskClient(ModuleAddress("http://in-process", app)) as client:
        yield client


def test_the_text_is_the_same_each_time(module: type[Module]) -> None:
    text = python_client(module)
    assert text == python_client(module)
    assert "from desk_models import Color, Note, Page\n" in text
    assert "text_page" not in text


@pytest.mark.parametrize("tool", ["ruff format --check", "ruff check", "mypy"])
def test_the_text_passes_the_checks_of_the_house(module: type[Module], tmp_path: Path, tool: str) -> None:
    path = tmp_path / "desk_client.py"
    path.write_text(python_client(module), "utf-8")
    program, *options = tool.split()
    result = subprocess.run(
        [TOOLS / program, *options, path],
        cwd=BACKEND,
        env=os.environ | {"MYPYPATH": str(tmp_path), "RUFF_NO_CACHE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


async def test_every_kind_of_answer(client: Any) -> None:
    models = importlib.import_module("desk_models")
    note = models.Note(note_text="a", weight=None)
    numbers: list[int] = []
    assert await client.add_note(note, idempotency_key="four", on_note_number=numbers.append) == note
    assert await client.add_note(note, on_note_number=numbers.append) == note
    assert numbers == [4, 32]
    assert await client.add_notes([note, note]) == 2
    assert await client.get_note(place="../a/b", plain=False) == models.Note(note_text="../a/b")
    assert await client.get_note(place="a", plain=True) is None
    await client.clear()
    assert await client.touch() == {"count": [0]}
    assert await client.touch(note) == {"count": [1]}


async def test_every_kind_of_parameter(client: Any) -> None:
    models = importlib.import_module("desk_models")
    datetime = importlib.import_module("datetime")
    since = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    page = await client.list_pages(colors=[models.Color.RED, models.Color.BLUE], first=3, since=since)
    asked = ["red", "blue", "3", "short", "2026-01-02T00:00:00+00:00"]
    assert [note.note_text for note in page.items] == asked
    assert isinstance(page, models.Page[models.Note])


async def test_codes_are_those_that_the_routes_declare(client: Any) -> None:
    codes = importlib.import_module("desk_client").DeskErrorCode
    assert {"note-missing", "validation-failed", "json-invalid"} <= set(codes)
    with pytest.raises(Exception, match=r"^note-missing: There is no note missing\.$") as caught:
        await client.get_note(place="missing")
    assert getattr(caught.value, "code", None) == codes.NOTE_MISSING


FORM = (
    "from fastapi import Form\n"
    "@router.post('/form')\nasync def send_form(name: Annotated[str, Form()]) -> int: ..."
)
COOKIE = (
    "from fastapi import Cookie\n"
    "@router.get('/crumbs')\nasync def crumbs(crumb: Annotated[str, Cookie()] = '') -> int: ..."
)
TWO_BODIES = "@router.post('/two')\nasync def add_two(one: Note, two: Note) -> int: ..."
TWO_NAMES = (
    "def _named(kind: str = '') -> str: ...\n"
    "@router.get('/twice')\n"
    "async def twice(other: Annotated[str, Depends(_named)], kind: Annotated[str, Header()]) -> int: ..."
)
LOCAL = (
    "def _make() -> type[Note]:\n    class Hidden(Note):\n        pass\n    return Hidden\n"
    "@router.get('/hidden', response_model=_make())\nasync def hidden(): ..."
)
SHADOW = "@router.get('/list', operation_id='list')\nasync def listed() -> int: ..."
INHERITED = "@router.get('/close', operation_id='aclose')\nasync def close() -> int: ..."
HYPHENS = "@router.get('/h', operation_id='a-b')\nasync def hyphens() -> int: ..."


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (FORM, r"Operation 'send_form' of module 'desk' takes a form, but a client sends JSON\."),
        (COOKIE, r"Operation 'crumbs' of module 'desk' takes a cookie, which a client does not send\."),
        (
            TWO_BODIES,
            r"Operation 'add_two' of module 'desk' takes a body of several parts;"
            r" one model can hold them all\.",
        ),
        (TWO_NAMES, r"Operation 'twice' of module 'desk' takes two values named 'kind'\."),
        (
            LOCAL,
            r"Operation 'hidden' of module 'desk' uses desk\._make\.<locals>\.Hidden,"
            r" which is defined inside a function\.",
        ),
        (SHADOW, r"Operation 'list' of module 'desk' cannot be a method of that name\."),
        (INHERITED, r"Operation 'aclose' of module 'desk' cannot be a method of that name\."),
        (HYPHENS, r"Operation 'a-b' of module 'desk' cannot be a method of that name\."),
    ],
)
def test_what_no_client_can_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, sentence: str
) -> None:
    # Forms need a package that is not installed here, but may be beside a module from outside.
    monkeypatch.setattr("fastapi.dependencies.utils.ensure_multipart_is_installed", lambda: None)
    module = desk(tmp_path, monkeypatch, more)
    with pytest.raises(StartupError, match=f"^{sentence}$"):
        python_client(module)


def test_two_types_of_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = "class Color(Note):\n    pass\n@router.get('/same')\nasync def same() -> Color: ..."
    module = desk(tmp_path, monkeypatch, more)
    with pytest.raises(
        StartupError,
        match=r"^Operation 'list_pages' of module 'desk' uses two types named 'Color':"
        r" of desk and of desk_models\.$",
    ):
        python_client(module)


def test_a_type_of_ours_that_is_not_of_the_contract() -> None:
    class Inner:
        """Not a model."""

    Inner.__qualname__ = "Inner"
    Inner.__module__ = "trading_api.shared.inner"
    with pytest.raises(
        StartupError,
        match=r"^It uses trading_api\.shared\.inner\.Inner, but what crosses a process is defined below"
        r" trading_api\.models\.$",
    ):
        TypeTexts("It").text(list[Inner])
