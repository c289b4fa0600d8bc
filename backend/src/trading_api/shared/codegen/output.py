"""Generated files on disk: which are stale or left over, how they differ, and writing them."""

import os
import shutil
from collections.abc import Collection, Mapping
from difflib import unified_diff
from pathlib import Path

GENERATED_BY = "make generate"
"""Stands in the head of every generated client, and tells it from a file written by hand."""
LONGEST_DIFFERENCE = 40


def stale_files(files: Mapping[Path, str]) -> list[Path]:
    """Those of `files` whose text on disk is another."""
    return [path for path, text in files.items() if text_on_disk(path) != text]


def write_files(files: Mapping[Path, str]) -> list[Path]:
    """Write those that are stale, each at once as a whole; returns them."""
    stale = stale_files(files)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            unfinished.write_text(files[path], "utf-8")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    return stale


def leftover_files(wanted: Collection[Path], modules: Path, clients: Path, merged: Path) -> list[Path]:
    """Generated files in the three folders that are not among `wanted`: of what exists no more."""
    found = [
        path
        for folder in (*modules.glob("*/*_generated"), *modules.glob("*/v[0-9]*/*_generated"))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    found += [*merged.glob("openapi.v*.json"), *merged.glob("asyncapi.v*.json")]
    found += [path for path in clients.glob("*_client.py") if GENERATED_BY in path.read_text("utf-8")[:400]]
    return sorted(set(found) - set(wanted))


def remove_files(paths: Collection[Path]) -> None:
    """Remove `paths`, and the generated folders that hold nothing then."""
    for path in paths:
        path.unlink()
        for folder in path.parents:
            inside = any(each.name.endswith("_generated") for each in (folder, *folder.parents))
            if not inside or {each.name for each in folder.iterdir()} - {"__pycache__"}:
                break
            shutil.rmtree(folder)


def difference(path: Path, text: str, shown: str) -> str:
    """What `text` changes in the file at `path`: a unified difference under the name `shown`, cut if long."""
    before = text_on_disk(path) or ""
    lines = list(
        unified_diff(
            before.splitlines(), text.splitlines(), f"{shown} on disk", f"{shown} generated", lineterm=""
        )
    )
    more = len(lines) - LONGEST_DIFFERENCE
    return "\n".join(lines[:LONGEST_DIFFERENCE] + ([f"... and {more} more lines"] if more > 0 else []))


def text_on_disk(path: Path) -> str | None:
    """The text of the file at `path`; None if there is none."""
    try:
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
