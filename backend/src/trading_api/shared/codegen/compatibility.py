"""What the present contract breaks of the last release's; docs/contract.md lists the rules.

A contract is its merged documents by file name: `openapi.json`, `asyncapi.json`, and `openapi.v2.json` and
`asyncapi.v2.json` of another version.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from trading_api.shared.codegen.operation_compatibility import living_operations, operation_breaches
from trading_api.shared.codegen.stream_compatibility import living_streams, stream_breaches

Contract = Mapping[str, dict[str, Any]]

PATTERNS = ("openapi*.json", "asyncapi*.json")


def breaches(released: Contract, present: Contract, today: date) -> list[str]:
    """One sentence for each thing that a client of `released` can do and that `present` breaks.

    What was released with an announced end may be gone once its sunset has come.
    """
    found: list[str] = []
    for name, document in sorted(released.items()):
        is_openapi = name.startswith("openapi")
        then = (living_operations if is_openapi else living_streams)(document, today)
        if name in present:
            found += (operation_breaches if is_openapi else stream_breaches)(then, present[name])
        elif then["paths" if is_openapi else "operations"]:
            found.append(f"{name}: the version was served and is gone.")
    return found


def read_contract(folder: Path) -> Contract:
    """The contract whose documents are in `folder`; nothing, if there are none."""
    paths = [path for pattern in PATTERNS for path in sorted(folder.glob(pattern))]
    return {path.name: json.loads(path.read_text("utf-8")) for path in paths}


def contract_files(contract: Contract, folder: Path) -> dict[Path, str]:
    """The text of each document of `contract` on one line, by its path in `folder`."""
    return {
        folder / name: json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
        for name, document in contract.items()
    }
