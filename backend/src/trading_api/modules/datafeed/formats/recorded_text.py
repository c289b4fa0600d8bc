"""Recorded texts of websockets: one message a line, with the time at which it was received.

The hftbacktest project writes `<ns UTC> <JSON>`, packed with gzip; the cryptofeed project
`<seconds UTC>: <JSON>`, and lines that begin with an address for what it sent and for connections.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trading_api.modules.datafeed.formats.reading import RecordingError, gzip_lines, text_lines

_RECEIVED = re.compile(r"(?:(?P<ns>\d{16,19})|(?P<seconds>\d{9,11})(?:\.(?P<part>\d{1,9}))?:) (?P<text>.+)")
_OF_THE_RECORDER = re.compile(r"(?:wss?|https?)://")
_NS_PER_MS = 1_000_000
_ANSWERS = frozenset(("ping", "pong"))


@dataclass(frozen=True, slots=True)
class RecordedMessage:
    """What an exchange sent, and when it came (ms UTC by the recorder's clock); numbers with a point are
    texts, so that they stay exact."""

    line: int
    received: int
    content: dict[str, Any]


def recorded_messages(path: Path) -> Iterator[RecordedMessage]:
    """The received messages of a file in its order; raises RecordingError for a line that is none."""
    lines = gzip_lines(path) if path.suffix.lower() == ".gz" else text_lines(path)
    for number, line in lines:
        if _OF_THE_RECORDER.match(line):
            continue
        written = _RECEIVED.fullmatch(line)
        if written is None:
            raise RecordingError(path, number, f"is no recorded message: '{line[:60]}'")
        if written["text"] in _ANSWERS:
            continue
        content = _content(path, number, written["text"])
        yield RecordedMessage(number, _received_ms(written), content)


def _received_ms(written: re.Match[str]) -> int:
    if written["ns"]:
        return int(written["ns"]) // _NS_PER_MS
    part = (written["part"] or "").ljust(3, "0")[:3]
    return int(written["seconds"]) * 1000 + int(part)


def _content(path: Path, number: int, text: str) -> dict[str, Any]:
    try:
        content = json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise RecordingError(path, number, f"is no recorded message: '{text[:60]}' is no JSON") from error
    if not isinstance(content, dict):
        raise RecordingError(path, number, f"is no recorded message: '{text[:60]}' is no object")
    return content
