"""What the operations of an OpenAPI document break of those of a released one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trading_api.shared.codegen.schema_compatibility import Direction, SchemaComparison
from trading_api.shared.codegen.schema_terms import described
from trading_api.shared.versions import DEPRECATION_FIELD

Document = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def operation_breaches(released: Document, present: Document) -> list[str]:
    """A sentence for each thing that a client of `released` can do and that `present` breaks."""
    now = _operations(present)
    by_name = {each.name: each for each in now}
    by_place = {each.place: each for each in now}
    comparison = _OperationComparison(released, present)
    found: list[str] = []
    for old in _operations(released):
        new = by_name.get(old.name) or by_place.get(old.place)
        if new is None:
            found.append(f"{old.name}: the operation was {old.place} and is gone.")
        else:
            found += comparison.sentences(old, new)
    return list(dict.fromkeys(found))


def living_operations(document: Document, today: date) -> Document:
    """`document` without the operations whose announced end has come."""
    paths = {
        path: {key: part for key, part in item.items() if not has_ended(part, today)}
        for path, item in document["paths"].items()
    }
    return {**document, "paths": {path: item for path, item in paths.items() if item}}


def has_ended(part: Document, today: date) -> bool:
    """Whether the sunset of a part of a document has come."""
    sunset = part.get(DEPRECATION_FIELD, {}).get("sunset")
    return sunset is not None and date.fromisoformat(sunset) <= today


@dataclass(frozen=True)
class _Operation:
    name: str
    place: str
    content: Document

    @property
    def parameters(self) -> dict[tuple[str, str], Document]:
        return {(each["in"], each["name"]): each for each in self.content.get("parameters", [])}

    @property
    def body(self) -> Document:
        body: Document = self.content.get("requestBody", {})
        return body

    def answers(self, *, successful: bool) -> dict[str, Document]:
        answers: dict[str, Document] = self.content["responses"]
        return {status: answer for status, answer in answers.items() if status.startswith("2") is successful}


def _operations(document: Document) -> list[_Operation]:
    return [
        _Operation(operation["operationId"], f"{method.upper()} {path}", operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


class _OperationComparison:
    def __init__(self, released: Document, present: Document) -> None:
        self._requests = SchemaComparison(released, present, Direction.REQUEST)
        self._answers = SchemaComparison(released, present, Direction.ANSWER)
        self._problems: list[tuple[Document, Document]] = []

    def sentences(self, old: _Operation, new: _Operation) -> Iterator[str]:
        if new.name != old.name:
            yield f"{old.name}: the id was {old.name} and is {new.name}."
        if new.place != old.place:
            yield f"{old.name}: the operation was {old.place} and is {new.place}."
        yield from self._of_parameters(old, new)
        yield from self._of_bodies(old, new)
        yield from self._of_answers(old, new)
        yield from self._of_problems(old, new)

    def _of_parameters(self, old: _Operation, new: _Operation) -> Iterator[str]:
        for key, now in new.parameters.items():
            then = old.parameters.get(key)
            if now.get("required") and not (then and then.get("required")):
                was = "optional" if then else "unknown"
                yield f"{_parameter(old, key)}: it was {was} and is required."
        for key, then in old.parameters.items():
            if key not in new.parameters:
                yield f"{_parameter(old, key)}: it was {described(then['schema'])} and is gone."
                continue
            changes = self._requests.changes(then["schema"], new.parameters[key]["schema"])
            yield from (change.sentence(_parameter(old, key)) for change in changes)

    def _of_bodies(self, old: _Operation, new: _Operation) -> Iterator[str]:
        where = f"{old.name}, request body"
        if new.body.get("required") and not old.body.get("required"):
            yield f"{where}: it was {'optional' if old.body else 'unknown'} and is required."
        yield from _of_content(where, old.body, new.body, self._requests)

    def _of_answers(self, old: _Operation, new: _Operation) -> Iterator[str]:
        then, now = old.answers(successful=True), new.answers(successful=True)
        if set(then) != set(now):
            was, is_now = (" or ".join(sorted(each)) for each in (then, now))
            yield f"{old.name}: the status of success was {was} and is {is_now}."
        for status in sorted(set(then) & set(now)):
            where = f"{old.name}, answer {status}"
            yield from _of_content(where, then[status], now[status], self._answers)
            yield from self._of_headers(
                where, then[status].get("headers", {}), now[status].get("headers", {})
            )

    def _of_headers(self, where: str, old: Document, new: Document) -> Iterator[str]:
        for name, then in old.items():
            if name not in new:
                yield f"{where}, header {name}: it was {described(then['schema'])} and is gone."
                continue
            changes = self._answers.changes(then["schema"], new[name]["schema"])
            yield from (change.sentence(f"{where}, header {name}") for change in changes)

    def _of_problems(self, old: _Operation, new: _Operation) -> Iterator[str]:
        """Codes and statuses of problems may come and go; their shape is one for all operations."""
        then, now = old.answers(successful=False), new.answers(successful=False)
        for status in sorted(set(then) & set(now)):
            shapes = (_schemas(then[status]), _schemas(now[status]))
            if shapes not in self._problems:
                self._problems.append(shapes)
                yield from _of_content("Every problem", then[status], now[status], self._answers)


def _parameter(operation: _Operation, key: tuple[str, str]) -> str:
    return f"{operation.name}, {key[0]} parameter {key[1]}"


def _schemas(answer: Document) -> Document:
    return {name: media_type.get("schema") for name, media_type in answer.get("content", {}).items()}


def _of_content(where: str, old: Document, new: Document, comparison: SchemaComparison) -> Iterator[str]:
    now = new.get("content", {})
    for media_type, then in old.get("content", {}).items():
        if media_type not in now:
            yield f"{where}: the media type was {media_type} and is {' or '.join(now) or 'gone'}."
            continue
        changes = comparison.changes(then.get("schema", {}), now[media_type].get("schema", {}))
        yield from (change.sentence(where) for change in changes)
