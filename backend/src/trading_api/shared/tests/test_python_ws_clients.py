"""Clients of streams, generated for a module of another package: their text, their types, their talk."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from trading_api.models.streaming import Recover
from trading_api.shared.clock import SystemClock
from trading_api.shared.codegen.python_ws_clients import python_ws_client
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module, ModuleAddress
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.topics import Publish, Snapshot, Topic

BACKEND = Path(__file__).parents[4]
TOOLS = Path(sys.executable).parent

MODELS = '''
"""Models of a package from outside."""

from trading_api.models.common import JournalModel, RequestModel, WireModel


class Subscription(WireModel):
    """Named like something of the runtime."""


class AllNotesOfOneFolderOfTheDeskSubscriptionRequest(RequestModel):
    """Every note of one folder of the desk, as a \\\\d would say "all", from the first that was ever
    written.
    """

    folder_name: str


class NoteWithEverythingThatIsWrittenOnIt(JournalModel):
    """One note."""

    text: str


class Mood(WireModel):
    """How it looks."""

    text: str
'''

MODULE = '''
"""A module from outside."""

from desk_stream_models import (
    AllNotesOfOneFolderOfTheDeskSubscriptionRequest,
    Mood,
    NoteWithEverythingThatIsWrittenOnIt,
    Subscription,
)
from trading_api.shared.module_interface import Module
from trading_api.shared.ws.router import WsRouter


class NotesRouter(WsRouter):
    route = "all-notes-of-one-folder-of-the-desk"
    request = AllNotesOfOneFolderOfTheDeskSubscriptionRequest
    data = NoteWithEverythingThatIsWrittenOnIt


class MoodRouter(WsRouter):
    route = "mood"
    request = AllNotesOfOneFolderOfTheDeskSubscriptionRequest
    data = Mood


class ClashRouter(MoodRouter):
    route = "clash"
    data = Subscription


class DeskModule(Module):
    """A module of a test."""

    name = "desk-of-paper"
    description = "Notes on a desk."
    ws_routes = (NotesRouter(), MoodRouter())
'''


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Module]:
    """The module, imported anew."""
    (tmp_path / "desk_stream_models.py").write_text(MODELS.lstrip(), "utf-8")
    (tmp_path / "desk_streams.py").write_text(MODULE.lstrip(), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("desk_stream_models", "desk_streams", "desk_of_paper_ws_client"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    found: type[Module] = importlib.import_module("desk_streams").DeskModule
    return found


class Folder:
    """Source of the topics: one note, and what the folder's name says of the mood."""

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        """Nothing ever changes."""

    async def remove_topic(self, topic: Topic) -> None:
        """Nothing was begun."""

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        streams = importlib.import_module("desk_streams")
        if topic.route == "mood":
            return Snapshot([streams.Mood(text=topic.request.to_wire()["folderName"])])
        return Snapshot([streams.NoteWithEverythingThatIsWrittenOnIt(text="a", offset=3)], 3, "e")


def test_the_text_is_the_same_each_time(module: type[Module]) -> None:
    text = python_ws_client(module)
    assert text == python_ws_client(module)
    assert "class DeskOfPaperWsClient(StreamClient):" in text
    assert "def subscribe_all_notes_of_one_folder_of_the_desk(" in text
    assert "every" not in text.partition("def subscribe_mood")[0]


def test_a_module_without_streams_has_no_such_client(module: type[Module]) -> None:
    module.ws_routes = ()
    assert python_ws_client(module) == ""


@pytest.mark.parametrize("tool", ["ruff format --check", "ruff check", "mypy"])
def test_the_text_passes_the_checks_of_the_house(module: type[Module], tmp_path: Path, tool: str) -> None:
    path = tmp_path / "desk_of_paper_ws_client.py"
    path.write_text(python_ws_client(module), "utf-8")
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


async def test_it_talks_to_its_module(module: type[Module], tmp_path: Path) -> None:
    (tmp_path / "desk_of_paper_ws_client.py").write_text(python_ws_client(module), "utf-8")
    importlib.invalidate_caches()
    streams: Any = importlib.import_module("desk_streams")
    generated: Any = importlib.import_module("desk_of_paper_ws_client")
    sockets = WsApplication(module.ws_routes, Folder(), SystemClock())
    app = FastAPI()
    app.add_api_websocket_route("/ws", sockets.endpoint)
    request = streams.AllNotesOfOneFolderOfTheDeskSubscriptionRequest(folder_name="good")
    async with generated.DeskOfPaperWsClient(ModuleAddress("http://in-process", app)) as client:
        notes = client.subscribe_all_notes_of_one_folder_of_the_desk(request)
        received = await anext(notes)
        assert (received.items, received.offset, received.epoch) == (
            [streams.NoteWithEverythingThatIsWrittenOnIt(text="a", offset=3)],
            3,
            "e",
        )
        assert (await anext(client.subscribe_mood(request, every=True))).items == [streams.Mood(text="good")]
        assert sockets.connection_count == 1
    assert (sockets.connection_count, sockets.hub.topic_names) == (0, [])


def test_a_model_named_like_the_runtime_is_refused(module: type[Module]) -> None:
    streams: Any = importlib.import_module("desk_streams")
    module.ws_routes = (*module.ws_routes, streams.ClashRouter())
    with pytest.raises(
        StartupError,
        match=r"^Route 'clash' of module 'desk-of-paper' uses two types named 'Subscription':"
        r" of trading_api\.clients\.stream and of desk_stream_models\.$",
    ):
        python_ws_client(module)
