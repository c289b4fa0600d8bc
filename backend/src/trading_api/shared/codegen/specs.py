"""The specification files: which there are, what belongs in them, and whether they are up to date."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trading_api.shared.codegen.openapi import merged_openapi, module_openapi
from trading_api.shared.module_interface import Module


def specification_files(modules: Sequence[type[Module]], modules_dir: Path, merged: Path) -> dict[Path, str]:
    """Text of every specification file, by its path; the same text for the same models on any machine."""
    files = {
        modules_dir / module.name.replace("-", "_") / "specs_generated" / "openapi.json": _text(
            module_openapi(module)
        )
        for module in modules
    }
    files[merged] = _text(merged_openapi(modules))
    return files


def stale_files(files: dict[Path, str]) -> list[Path]:
    """Those of `files` whose text on disk is another."""
    return [path for path, text in files.items() if not path.is_file() or path.read_text("utf-8") != text]


def write_files(files: dict[Path, str]) -> list[Path]:
    """Write those that are stale; returns them."""
    stale = stale_files(files)
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], "utf-8")
    return stale


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
