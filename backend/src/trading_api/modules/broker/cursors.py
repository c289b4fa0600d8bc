"""Opaque cursors of pages: the offset at which the next page begins, in one life of an account."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from trading_api.models.common import FieldProblem
from trading_api.modules.broker.errors import CursorInvalid
from trading_api.modules.broker.repository.tables import AccountKey


def write_cursor(key: AccountKey, before: int) -> str:
    """The cursor of the page that continues before an offset."""
    return urlsafe_b64encode(f"{key.epoch}:{before}".encode()).decode()


def read_cursor(key: AccountKey, cursor: str | None) -> int | None:
    """The offset in `cursor`, None for the first page; raises CursorInvalid."""
    if cursor is None:
        return None
    try:
        epoch, _, offset = urlsafe_b64decode(cursor.encode("ascii")).decode("ascii").partition(":")
    except (ValueError, binascii.Error):
        epoch, offset = "", ""
    if epoch != key.epoch or not offset.isdecimal() or len(offset) > 18:
        problem = FieldProblem(field="cursor", message="not a cursor of this account", code="cursor-invalid")
        raise CursorInvalid(f"The cursor {cursor[:100]} is not one of this account.", [problem])
    return int(offset)
