"""A text file as it should be, so that whoever reads on need not ask: UTF-8, one line end, bounded."""

import codecs
import gzip
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from trading_api.modules.datafeed.formats.reading import (
    CHUNK,
    UNREADABLE,
    Bound,
    RecordingError,
    opened_zip,
    zip_members,
)
from trading_api.modules.datafeed.importing.imported import ImportProblem

_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


@contextmanager
def plain_copy(path: Path) -> Iterator[Path]:
    """A temporary copy of `path`, which may be packed as zip or gzip: the same lines, each ended by a line
    feed, without a byte order mark. Raises ImportProblem."""
    with tempfile.TemporaryDirectory(prefix="trading-pro-import-") as folder:
        copy = Path(folder, "plain.csv")
        try:
            with ExitStack() as stack, copy.open("wb") as target:
                source, packed = _open(path, stack)
                _copy(path, source, target, Bound(path, packed))
        except RecordingError as error:
            raise ImportProblem(error.path, error.line, error.reason) from error
        except UNREADABLE as error:
            raise ImportProblem(path, None, f"cannot be read ({error})") from error
        yield copy


def _open(path: Path, stack: ExitStack) -> tuple[IO[bytes] | gzip.GzipFile, int]:
    if path.is_dir():
        raise ImportProblem(path, None, "is a folder where a file is expected")
    if path.suffix.lower() == ".zip":
        archive = stack.enter_context(opened_zip(path))
        members = zip_members(path, archive)
        if len(members) != 1:
            raise ImportProblem(path, None, f"holds {len(members)} files instead of one")
        return stack.enter_context(archive.open(members[0])), members[0].compress_size
    if path.suffix.lower() == ".gz":
        return stack.enter_context(gzip.open(path, "rb")), path.stat().st_size
    return stack.enter_context(path.open("rb")), path.stat().st_size


def _copy(path: Path, source: IO[bytes] | gzip.GzipFile, target: IO[bytes], bound: Bound) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, held, started, filled = 1, b"", False, False
    while chunk := source.read(CHUNK):
        bound.add(len(chunk))
        chunk = held + chunk
        if not started:
            chunk, started = _without_mark(path, chunk), True
        held = chunk[-1:] if chunk.endswith(b"\r") else b""
        lines = _lines(chunk[: len(chunk) - len(held)])
        _check(path, line, lines, decoder)
        line += lines.count(b"\n")
        filled = filled or not lines.isspace()
        target.write(lines)
    if held:
        target.write(b"\n")
    _check(path, line, b"", decoder, final=True)
    if not filled:
        raise ImportProblem(path, None, "is empty")


def _without_mark(path: Path, chunk: bytes) -> bytes:
    for mark, name in _MARKS.items():
        if chunk.startswith(mark):
            raise ImportProblem(path, 1, f"is {name} text; it must be UTF-8")
    return chunk.removeprefix(codecs.BOM_UTF8)


def _lines(chunk: bytes) -> bytes:
    return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk


def _check(
    path: Path, line: int, lines: bytes, decoder: codecs.IncrementalDecoder, *, final: bool = False
) -> None:
    zero = lines.find(b"\0")
    if zero >= 0:
        raise ImportProblem(path, line + lines.count(b"\n", 0, zero), "holds a zero byte, so it is no text")
    try:
        decoder.decode(lines, final)
    except UnicodeDecodeError as error:
        bad = error.object[error.start]
        at = line + error.object.count(b"\n", 0, error.start)
        raise ImportProblem(path, at, f"holds the byte 0x{bad:02x}, which is not UTF-8") from error
