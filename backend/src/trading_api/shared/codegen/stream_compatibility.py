"""What the operations of an AsyncAPI document break of those of a released one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from trading_api.shared.codegen.operation_compatibility import has_ended
from trading_api.shared.codegen.schema_compatibility import Direction, SchemaComparison
from trading_api.shared.codegen.schema_terms import resolved

Document = dict[str, Any]
DIRECTIONS = {"receive": Direction.REQUEST, "send": Direction.ANSWER}
"""By the operation's action, which is the server's."""
DELIVERY = "x-delivery"


def stream_breaches(released: Document, present: Document) -> list[str]:
    """A sentence for each thing that a client of `released` can do and that `present` breaks."""
    found: list[str] = []
    for name, then in released["operations"].items():
        now = present["operations"].get(name)
        if now is None:
            found.append(f"{name}: the operation was on {_address(released, then)} and is gone.")
        elif then["action"] != now["action"]:
            found.append(f"{name}: the action was {then['action']} and is {now['action']}.")
        else:
            found += _of_operation(name, _Side(released, then), _Side(present, now))
    return list(dict.fromkeys(found))


def living_streams(document: Document, today: date) -> Document:
    """`document` without the operations of channels whose announced end has come."""
    living = {
        name: operation
        for name, operation in document["operations"].items()
        if not has_ended(resolved(operation["channel"], document), today)
    }
    return {**document, "operations": living}


class _Side:
    """An operation of one document."""

    def __init__(self, document: Document, operation: Document) -> None:
        self.document = document
        self.action: str = operation["action"]
        self.address = _address(document, operation)
        self.delivery = operation.get(DELIVERY, "not told")
        self.messages = self._payloads(operation)
        self.replies = self._payloads(operation.get("reply", {}))

    def _payloads(self, part: Document) -> dict[str, Document]:
        return {
            message["$ref"].rpartition("/")[2]: resolved(message, self.document).get("payload", {})
            for message in part.get("messages", [])
        }


def _of_operation(name: str, then: _Side, now: _Side) -> Iterator[str]:
    if then.address != now.address:
        yield f"{name}: the address was {then.address} and is {now.address}."
    if then.delivery != now.delivery:
        yield f"{name}: the delivery was {then.delivery} and is {now.delivery}."
    messages = SchemaComparison(then.document, now.document, DIRECTIONS[then.action])
    yield from _of_messages(name, then.messages, now.messages, messages)
    replies = SchemaComparison(then.document, now.document, Direction.ANSWER)
    yield from _of_messages(name, then.replies, now.replies, replies)


def _of_messages(
    name: str, then: dict[str, Document], now: dict[str, Document], comparison: SchemaComparison
) -> Iterator[str]:
    for message, payload in then.items():
        where = f"{name}, message {message}"
        if message not in now:
            yield f"{where}: it was a message of the operation and is gone."
        else:
            yield from (change.sentence(where) for change in comparison.changes(payload, now[message]))


def _address(document: Document, operation: Document) -> str:
    return str(resolved(operation["channel"], document)["address"])
