"""The chain of hashes that makes any later change of a journal visible."""

import hashlib
from collections.abc import Mapping
from typing import Any

BEGINNING = ""
"""In place of the hash before an account's first event; a reset account's chain goes on in its next epoch."""
CHANGED = "it was changed after it was written: its hash is of another content"
HASH_CHANGED = "its hash was changed: that of the next event follows another"


def next_hash(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before and a row's account, epoch, offset, type, time and payload."""
    where = f"{previous}\n{row['account_id']}\n{row['epoch']}\n{row['offset']}"
    text = f"{where}\n{row['type']}\n{row['time']}\n{row['payload']}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(row: Mapping[str, Any]) -> str:
    """Checksum of a row that cannot be reckoned from the journal, over all of its other columns by name."""
    text = "\n".join(f"{name}={row[name]}" for name in sorted(row) if name != "digest")
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Chain:
    """Follows the hashes of an account's events and tells a changed event from a changed hash.

    Where a hash does not fit, the next one says which of the two is wrong: it was reckoned from the right
    one.
    """

    def __init__(self) -> None:
        self._stored = BEGINNING
        self._reckoned: str | None = None
        self._where = ""

    @property
    def end(self) -> str:
        """The last hash as it is stored."""
        return self._stored

    def follow(self, row: Mapping[str, Any], where: str) -> tuple[str, str] | None:
        """Go on to `row`, which is at `where`; where and what is wrong with the one before it."""
        wrong = None
        previous = self._stored
        if self._reckoned is not None:
            hash_is_wrong = next_hash(self._reckoned, row) == row["hash"]
            wrong = self._where, HASH_CHANGED if hash_is_wrong else CHANGED
            previous = self._reckoned if hash_is_wrong else self._stored
        reckoned = next_hash(previous, row)
        self._stored, self._where = row["hash"], where
        self._reckoned = None if reckoned == row["hash"] else reckoned
        return wrong

    def finish(self, last: str) -> tuple[str, str] | None:
        """What is wrong with the last event; `last` is its hash as the account has it."""
        if self._reckoned is None:
            return None
        return self._where, HASH_CHANGED if self._reckoned == last else CHANGED
