"""The released contract, kept beside the merged documents: compared with the present one, or replaced."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from trading_api.shared.codegen.compatibility import (
    PATTERNS,
    Contract,
    breaches,
    contract_files,
    read_contract,
)

FOLDER = "released"
"""Below the folder of the merged documents."""


def release_breaches(files: Mapping[Path, str], merged: Path, today: date) -> list[str]:
    """What the generated `files`, whose merged documents are in `merged`, break of the last release."""
    present = _contract(files, merged)
    return breaches(read_contract(merged / FOLDER), present, today) if present else []


def release_files(files: Mapping[Path, str], merged: Path) -> tuple[dict[Path, str], list[Path]]:
    """What a release of the generated `files` writes, and what it removes because it is served no more."""
    written = contract_files(_contract(files, merged), merged / FOLDER)
    kept = [path for pattern in PATTERNS for path in (merged / FOLDER).glob(pattern)]
    return written, sorted(set(kept) - set(written))


def _contract(files: Mapping[Path, str], merged: Path) -> Contract:
    documents = [
        path for path in files if path.parent == merged and any(path.match(pattern) for pattern in PATTERNS)
    ]
    return {path.name: json.loads(files[path]) for path in documents}
