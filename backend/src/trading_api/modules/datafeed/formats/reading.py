"""Lines of recorded files with their origin, and numbers read exactly."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

LARGEST_FILE = 1024**3
"""Unpacked bytes; an archive that claims more is refused unread."""
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class RecordingError(Exception):
    """A file, or one line of it, is not what it should be; the text is one sentence that names both."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        place = f"{path}" if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {reason}.")
        self.path = path
        self.line = line
        self.reason = reason


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, from 1, of a plain file; empty lines are left out."""
    try:
        with path.open("rb") as stream:
            yield from _lines(path, stream)
    except OSError as error:
        raise RecordingError(path, None, f"cannot be read ({error.strerror})") from error


def zip_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, from 1, of the only file in the archive; empty lines are left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) != 1:
                raise RecordingError(path, None, f"holds {len(members)} files instead of one")
            if members[0].file_size > LARGEST_FILE:
                raise RecordingError(path, None, f"unpacks to more than {LARGEST_FILE} bytes")
            with archive.open(members[0]) as stream:
                yield from _lines(path, stream)
    except _UNREADABLE as error:
        raise RecordingError(path, None, f"cannot be read as a zip archive ({error})") from error


def gzip_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines, from 1; empty lines are left out."""
    try:
        with gzip.open(path, "rb") as stream:
            yield from _lines(path, stream)
    except _UNREADABLE as error:
        raise RecordingError(path, None, f"cannot be read as a gzip file ({error})") from error


def _lines(path: Path, stream: object) -> Iterator[tuple[int, str]]:
    assert isinstance(stream, io.BufferedIOBase)
    for number, raw in enumerate(stream, start=1):
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
    return int(text)


def scaled(text: str, places: int) -> int:
    """A non-negative decimal number times 10**places; raises ValueError if that is not an integer."""
    before, _, after = text.partition(".")
    if not before.isdigit() or (after and not after.isdigit()) or after[places:].strip("0"):
        raise ValueError(f"'{text[:40]}' is not a number with at most {places} decimals")
    return int(before + after[:places].ljust(places, "0"))


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
    return int(number.scaleb(places).to_integral_value())
