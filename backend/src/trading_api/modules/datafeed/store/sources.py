"""What has been imported, by the digest of its content, so that repeating it does nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from trading_api.modules.datafeed.store.errors import StoreProblem

SOURCES_FOLDER = ".imports"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is imported: its name, and the digest of its content and of how it is read."""

    name: str
    digest: str


def source_of(path: Path, how: str) -> Source:
    """That of the file at `path`, `how` telling the format and its options; raises OSError."""
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256")
    content.update(how.encode())
    return Source(path.name, content.hexdigest())


def source_path(root: Path, source: Source) -> Path:
    """Where it is kept that `source` has been taken in."""
    return root / SOURCES_FOLDER / source.digest[:2] / f"{source.digest}.json"


def dump_source(source: Source, symbols: Sequence[str]) -> bytes:
    """What is kept: its name and the symbols (EXCHANGE:TICKER) that it has rows of."""
    return orjson.dumps({"name": source.name, "symbols": list(symbols)})


def symbols_of_source(root: Path, source: Source) -> list[str] | None:
    """The symbols that `source` has rows of; None if it has not been taken in. Raises StoreProblem."""
    path = source_path(root, source)
    try:
        symbols: list[str] = orjson.loads(path.read_bytes())["symbols"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreProblem(path, f"does not say what was imported ({error})") from error
    return symbols
