"""Where in the sources a class, a function or a field is, for sentences that name it."""

import ast
import inspect
import textwrap
import traceback
from collections.abc import Callable
from typing import Any


def place(defined: Callable[..., Any] | type[Any]) -> str:
    """`file:line` of a class or function; its qualified name, if it has no source."""
    found = _source(defined)
    return f"{found[0]}:{found[1]}" if found else f"{defined.__module__}.{defined.__qualname__}"


def field_place(model: type[Any], field: str) -> str:
    """`file:line` of a field, in the class or base that defines it; of the class, if none is found."""
    for base in model.__mro__:
        file, first, text = _source(base) or ("", 0, "")
        for statement in _body(text):
            if _defined_name(statement) == field:
                return f"{file}:{first + statement.lineno - 1}"
    return place(model)


def import_failure(error: BaseException, package: str) -> str:
    """The first sentence of what stopped an import, and the last `file:line` inside `package`."""
    if isinstance(error, SyntaxError):
        return f"{error.msg} ({error.filename}:{error.lineno})"
    first_line = next(iter(str(error).splitlines()), "") or type(error).__name__
    sentence = first_line.partition(". ")[0].removesuffix(".")
    places = [
        f"{frame.f_code.co_filename}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if _is_inside(frame.f_globals.get("__name__", ""), package)
    ]
    return f"{sentence} ({places[-1]})" if places else sentence


def _is_inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _source(defined: Any) -> tuple[str, int, str] | None:
    defined = inspect.unwrap(defined)
    try:
        lines, first = inspect.getsourcelines(defined)
        return str(inspect.getsourcefile(defined)), first, "".join(lines)
    except (OSError, TypeError):
        return None


def _body(class_source: str) -> list[ast.stmt]:
    statements = ast.parse(textwrap.dedent(class_source)).body
    return [inner for each in statements if isinstance(each, ast.ClassDef) for inner in each.body]


def _defined_name(statement: ast.stmt) -> str | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name):
            return name
    return None
