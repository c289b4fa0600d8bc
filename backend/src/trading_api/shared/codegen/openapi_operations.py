"""What an operation of an OpenAPI document says beyond what FastAPI writes: texts, codes, examples."""

import re
from collections.abc import Iterator
from typing import Any

from trading_api.shared.codegen.examples import ExampleMissing, Examples
from trading_api.shared.codegen.schemas import Document
from trading_api.shared.routing import PROBLEM_MEDIA_TYPE

JSON = "application/json"
CODES = "x-error-codes"
"""Where an operation lists all codes with which it refuses."""
SENTENCE = re.compile(r"(.+?[.!?])(?:\s+|$)(.*)", re.DOTALL)


class OperationTexts:
    """Completes operations in place, and says as sentences what they lack."""

    def __init__(self, examples: Examples) -> None:
        self._examples = examples
        self._faults: list[str] = []

    def complete(self, operation: Document, place: str) -> list[str]:
        """Give the operation at `place` its summary, codes and examples; returns what is missing."""
        name = operation.get("operationId") or place
        self._faults = []
        if "operationId" not in operation:
            self._lacks(name, "it has no id")
        self._summarise(operation, name)
        self._add_codes(operation, name)
        operation["tags"] = list(dict.fromkeys(operation.get("tags", [])))
        operation["responses"] = dict(sorted(operation["responses"].items()))
        for parameter in operation.get("parameters", []):
            _drop_made_up_title(parameter)
            self._add_example(parameter, name, f"Parameter {parameter['name']}")
        for content in _contents(operation.get("requestBody", {})):
            self._add_example(content, name, "The body")
        for status, answer in operation["responses"].items():
            if status.startswith("2"):
                for content in _contents(answer):
                    self._add_example(content, name, "The answer")
        return self._faults

    def _summarise(self, operation: Document, name: str) -> None:
        """The summary is the first sentence of the docstring, the description the rest."""
        text = operation.pop("description", "")
        if not text:
            self._lacks(name, "its function has no docstring")
            return
        first, rest = match.groups() if (match := SENTENCE.fullmatch(text)) else (text, "")
        operation["summary"] = " ".join(first.split()).removesuffix(".")
        if rest.strip():
            operation["description"] = rest.strip()

    def _add_codes(self, operation: Document, name: str) -> None:
        codes: set[str] = set()
        for response in operation["responses"].values():
            content = response.get("content", {})
            if PROBLEM_MEDIA_TYPE in content:
                # FastAPI files the schema of an error under JSON; our errors have a media type of their own.
                content[PROBLEM_MEDIA_TYPE] |= content.pop(JSON, {})
                codes |= set(content[PROBLEM_MEDIA_TYPE].get("examples", {}))
        operation[CODES] = sorted(codes)
        if not codes:
            self._lacks(name, "it declares no error code")

    def _add_example(self, described: Document, name: str, what: str) -> None:
        if "example" in described or "examples" in described:
            return
        try:
            described["example"] = self._examples.of(described.get("schema", {}), what)
        except ExampleMissing as missing:
            self._lacks(name, str(missing))

    def _lacks(self, name: str, what: str) -> None:
        self._faults.append(f"Operation '{name}': {what}.")


def _contents(described: Document) -> Iterator[dict[str, Any]]:
    content = described.get("content", {})
    if JSON in content:
        yield content[JSON]


def _drop_made_up_title(parameter: Document) -> None:
    """The title of a parameter's schema only repeats its name."""
    title, name = parameter["schema"].get("title", ""), parameter["name"]
    if re.sub(r"[-_ ]", "", title).lower() == re.sub(r"[-_ ]", "", name).lower():
        del parameter["schema"]["title"]
