"""The chain of hashes that makes any later change of a journal visible."""

import hashlib
from collections.abc import Mapping
from typing import Any

BEGINNING = ""
"""In place of the hash before an account's first event; a reset account's chain goes on in its next epoch."""


def next_hash(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before and a row's account, epoch, offset, type, time and payload."""
    names = ("account_id", "epoch", "offset", "type", "time", "payload")
    text = "\n".join((previous, *(str(row[name]) for name in names)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(row: Mapping[str, Any]) -> str:
    """Checksum of a row that cannot be reckoned from the journal, over all of its other columns by name."""
    text = "\n".join(f"{name}={row[name]}" for name in sorted(row) if name != "digest")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
