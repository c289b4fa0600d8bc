"""The Python client of a module's REST routes: one method an operation, typed by the models themselves.

Made from the routes and not from their OpenAPI document, so that every type is the class of the contract
and is imported from where it is defined, also where a module comes from another package.
"""

import builtins
import keyword
from collections.abc import Sequence
from dataclasses import dataclass, field

from trading_api.shared.codegen.imports import import_lines
from trading_api.shared.codegen.operations import OperationShape, Parameter, operations_of
from trading_api.shared.codegen.python_layout import docstring, fitted
from trading_api.shared.codegen.python_types import TypeTexts
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module

IDEMPOTENCY_KEY = "Idempotency-Key"
RUNTIME = "trading_api.clients"
INHERITED = frozenset({"aclose", "error_codes"})

HEADER = '"""Client of the module `{module}`, generated; `make generate` writes it anew."""'


def python_client(module: type[Module]) -> str:
    """Source text of the module's client; empty if the module has no operations.

    Raises StartupError, naming the operation, for what cannot be written as a method.
    """
    operations = operations_of(module.router, module.name)
    return _ClientText(module, operations).text() if operations else ""


@dataclass
class _ClientText:
    module: type[Module]
    operations: Sequence[OperationShape]
    types: TypeTexts = field(init=False)

    def __post_init__(self) -> None:
        self.types = TypeTexts(f"The client of module '{self.module.name}'")
        self.base = "".join(part.capitalize() for part in self.module.label().split("-"))
        for name in (f"{self.base}Client", f"{self.base}ErrorCode"):
            self.types.imported("", name)
        self.types.imported("enum", "StrEnum")
        self.types.imported(f"{RUNTIME}.operation", "Operation")
        self.types.imported(f"{RUNTIME}.rest", "RestClient")

    def text(self) -> str:
        constants = "".join(map(self._constant, self.operations))
        methods = "".join(map(self._method, self.operations))
        self._check_names()
        imports = {(module, name) for name, module in self.types.modules.items() if module}
        return (
            f"{HEADER.format(module=self.module.name)}\n\n{import_lines(imports)}\n{constants}\n\n"
            f"{self._codes()}\n\n"
            f"class {self.base}Client(RestClient):\n{docstring(self.module.description, 4)}\n"
            f"    error_codes = {self.base}ErrorCode\n{methods}"
        )

    def _codes(self) -> str:
        codes = sorted({code for operation in self.operations for code in operation.codes})
        members = "".join(f'    {_constant_name(code)} = "{code}"\n' for code in codes)
        purpose = f"Codes of the problems with which the module `{self.module.name}` refuses."
        gap = "\n" if members else ""
        return f"class {self.base}ErrorCode(StrEnum):\n{docstring(purpose, 4)}{gap}{members}"

    def _constant(self, operation: OperationShape) -> str:
        answer = self._type(operation, operation.answer)
        arguments = [f'"{operation.method}"', f'"{operation.path}"', answer]
        arguments += ["keyed=True"] * _is_keyed(operation)
        return fitted(f"_{operation.id.upper()} = Operation[{answer}](", arguments, ")")

    def _method(self, operation: OperationShape) -> str:
        answer = self._type(operation, operation.answer)
        returned = "" if answer == "None" else "return "
        signature = fitted(
            f"    async def {operation.id}(", ["self", *self._parameters(operation)], f") -> {answer}:"
        )
        call = fitted(f"        {returned}await self._ask(", self._arguments(operation), ")")
        return f"\n{signature}{docstring(operation.doc, 8)}{call}"

    def _parameters(self, operation: OperationShape) -> list[str]:
        keywords = [
            self._declared(operation, parameter)
            for parameter in (*operation.path_parameters, *operation.query, *operation.headers)
        ]
        for header, kind in operation.answer_headers.items():
            self.types.imported("collections.abc", "Callable")
            keywords.append(f"{_receiver(header)}: Callable[[{kind.__name__}], object] | None = None")
        positional = [self._declared(operation, operation.body)] if operation.body else []
        names = [parameter.partition(":")[0] for parameter in (*positional, *keywords)]
        if twice := {name for name in names if names.count(name) > 1}:
            raise StartupError(f"{self._place(operation)} takes two values named '{min(twice)}'.")
        return [*positional, *(["*"] if keywords else []), *keywords]

    def _declared(self, operation: OperationShape, parameter: Parameter) -> str:
        text = self._type(operation, parameter.annotation)
        if parameter.required and not _is_key(parameter):
            return f"{parameter.name}: {text}"
        optional = text if text == "None" or text.endswith(" | None") else f"{text} | None"
        return f"{parameter.name}: {optional} = None"

    def _arguments(self, operation: OperationShape) -> list[str]:
        arguments = [f"_{operation.id.upper()}"]
        for name, parameters in (
            ("path", operation.path_parameters),
            ("query", operation.query),
            ("headers", operation.headers),
        ):
            if parameters:
                pairs = [f'"{_wire_name(each)}": {each.name}' for each in parameters]
                arguments.append(fitted(f"            {name}={{", pairs, "}", ends=",").strip())
        if operation.body:
            arguments.append(f"body={operation.body.name}")
        if operation.answer_headers:
            self.types.imported(f"{RUNTIME}.answers", "AnswerHeader")
            received = [
                f'AnswerHeader("{header}", {kind.__name__}, {_receiver(header)})'
                for header, kind in operation.answer_headers.items()
            ]
            arguments.append(fitted("            received=[", received, "]", ends=",").strip())
        return arguments

    def _type(self, operation: OperationShape, annotation: object) -> str:
        self.types.place = self._place(operation)
        return self.types.text(annotation)

    def _place(self, operation: OperationShape) -> str:
        return f"Operation '{operation.id}' of module '{self.module.name}'"

    def _check_names(self) -> None:
        """A method is visible to the annotations after it, so it may not be named like a type."""
        for operation in self.operations:
            name = operation.id
            taken = (
                name in INHERITED
                or name in self.types.modules
                or isinstance(getattr(builtins, name, None), type)
            )
            if not name.isidentifier() or name.startswith("_") or keyword.iskeyword(name) or taken:
                raise StartupError(f"{self._place(operation)} cannot be a method of that name.")


def _is_key(parameter: Parameter) -> bool:
    return parameter.wire.lower() == IDEMPOTENCY_KEY.lower()


def _is_keyed(operation: OperationShape) -> bool:
    return any(map(_is_key, operation.headers))


def _wire_name(parameter: Parameter) -> str:
    return IDEMPOTENCY_KEY if _is_key(parameter) else parameter.wire


def _receiver(header: str) -> str:
    """`X-Stream-Offset` -> `on_stream_offset`."""
    return f"on_{header.lower().removeprefix('x-').replace('-', '_')}"


def _constant_name(code: str) -> str:
    name = code.upper().replace("-", "_")
    return name if name.isidentifier() else f"CODE_{name}"
