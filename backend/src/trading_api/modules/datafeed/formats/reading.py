"""Lines of recorded files with their origin, and numbers read exactly."""

import gzip
import re
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO

LARGEST_FILE = 4 * 1024**3
"""Unpacked bytes; what unpacks to more is refused."""
LARGEST_RATIO = 250
"""Unpacked bytes a packed one, beyond the first `_UNSUSPECTED`; recorded data is packed 3 to 40 times."""
LONGEST_LINE = 16 * 1024**2
"""Bytes of one line; the snapshot of a deep order book takes a few hundred thousand."""
MOST_DIGITS = 18
"""Of a number, its decimals included: more do not fit into columns of integers."""
CHUNK = 1024**2
_UNSUSPECTED = 16 * 1024**2
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others take as much memory as an archive demands."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
)
"""What reading a damaged or packed file raises."""


class RecordingError(Exception):
    """A file, or one line of it, is not what it should be; the text is one sentence that names both."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        place = f"{path}" if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {reason}.")
        self.path = path
        self.line = line
        self.reason = reason


class Bound:
    """Counts what a file unpacks to, and refuses what no honest file unpacks to."""

    def __init__(self, path: Path, packed: int) -> None:
        self._path = path
        self._packed = max(packed, 1)
        self._bytes = 0

    def add(self, count: int) -> None:
        """`count` more bytes have been read; raises RecordingError when they are too many."""
        self._bytes += count
        if self._bytes > LARGEST_FILE:
            raise RecordingError(self._path, None, f"unpacks to more than {LARGEST_FILE} bytes")
        if self._bytes > _UNSUSPECTED and self._bytes > LARGEST_RATIO * self._packed:
            raise RecordingError(
                self._path, None, f"unpacks to more than {LARGEST_RATIO} times its {self._packed} bytes"
            )


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, from 1, of a plain file; empty lines are left out."""
    try:
        with path.open("rb") as stream:
            yield from _lines(path, stream, _size(path))
    except OSError as error:
        raise RecordingError(path, None, f"cannot be read ({error.strerror})") from error


def zip_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, from 1, of the only file in the archive; empty lines are left out."""
    with opened_zip(path) as archive:
        members = zip_members(path, archive)
        if len(members) != 1:
            raise RecordingError(path, None, f"holds {len(members)} files instead of one")
        yield from member_lines(path, archive, members[0])


def member_lines(
    path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, shown: Path | None = None
) -> Generator[tuple[int, str], None, None]:
    """The same of one of the files of an archive, which errors call `shown`."""
    try:
        with archive.open(member) as stream:
            yield from _lines(shown or path, stream, member.compress_size)
    except UNREADABLE as error:
        raise RecordingError(path, None, f"cannot be read as a zip archive ({error})") from error


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; raises RecordingError for what is none."""
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise RecordingError(path, None, f"cannot be read as a zip archive ({error})") from error
    with archive:
        yield archive


def zip_members(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive; raises RecordingError for a name that leads out of it."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members:
        parts = re.split(r"[\\/]", member.filename)
        if ".." in parts or "" in parts or ":" in parts[0] or not member.filename.isprintable():
            raise RecordingError(path, None, f"holds a file named {member.filename[:80]!r}")
        if member.compress_type not in _METHODS:
            raise RecordingError(path, None, f"holds '{member.filename}', which is not packed by deflate")
        if member.file_size > LARGEST_FILE:
            raise RecordingError(path, None, f"unpacks to more than {LARGEST_FILE} bytes")
    return members


def gzip_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, from 1; empty lines are left out."""
    try:
        with gzip.open(path, "rb") as stream:
            yield from _lines(path, stream, _size(path))
    except UNREADABLE as error:
        raise RecordingError(path, None, f"cannot be read as a gzip file ({error})") from error


def _size(path: Path) -> int:
    return path.stat().st_size


def _lines(path: Path, stream: IO[bytes] | gzip.GzipFile, packed: int) -> Iterator[tuple[int, str]]:
    bound = Bound(path, packed)
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        bound.add(len(raw))
        if len(raw) > LONGEST_LINE:
            raise RecordingError(path, number, f"is longer than {LONGEST_LINE} bytes")
        if number == 1:
            raw = raw.removeprefix(_BYTE_ORDER_MARK)
        if b"\0" in raw:
            raise RecordingError(path, number, "is not plain text")
        try:
            text = raw.decode("ascii").strip()
        except UnicodeDecodeError as error:
            raise RecordingError(path, number, "is not plain text") from error
        if text:
            yield number, text


def whole(text: str) -> int:
    """A non-negative integer in plain digits; raises ValueError."""
    if not text.isdigit():
        raise ValueError(f"'{text[:40]}' is not a whole number")
    return _bounded(text, text)


def scaled(text: str, places: int) -> int:
    """A non-negative decimal number times 10**places; raises ValueError if that is not an integer."""
    before, _, after = text.partition(".")
    if not before.isdigit() or (after and not after.isdigit()) or after[places:].strip("0"):
        raise ValueError(f"'{text[:40]}' is not a number with at most {places} decimals")
    return _bounded(text, before + after[:places].ljust(places, "0"))


def rounded(text: str, places: int) -> int:
    """The same for sizes, which some recorders wrote with the noise of binary fractions: rounded."""
    if len(text.partition(".")[2]) <= places:
        return scaled(text, places)
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"'{text[:40]}' is not a number") from error
    if not number.is_finite() or number < 0:
        raise ValueError(f"'{text[:40]}' is not a size")
    if number.adjusted() > MOST_DIGITS:
        raise ValueError(f"'{text[:40]}' has too many digits")
    return _bounded(text, f"{number.scaleb(places).to_integral_value():f}")


def _bounded(text: str, digits: str) -> int:
    if len(digits.lstrip("0")) > MOST_DIGITS:
        raise ValueError(f"'{text[:40]}' has too many digits")
    return int(digits)
