"""Import statements of generated files, in the order and shape that the formatter leaves alone."""

import sys
from collections.abc import Collection

LINE_LENGTH = 110
OURS = "trading_api"


def import_lines(names: Collection[tuple[str, str]]) -> str:
    """`from module import a, b` lines for pairs of module and name: standard library, others, ours."""
    modules: dict[str, set[str]] = {}
    for module, name in names:
        modules.setdefault(module, set()).add(name)
    blocks: dict[int, list[str]] = {}
    for module in sorted(modules):
        blocks.setdefault(_block(module), []).append(_statement(module, modules[module]))
    return "\n".join("".join(blocks[number]) for number in sorted(blocks))


def _block(module: str) -> int:
    package = module.partition(".")[0]
    return 0 if package in sys.stdlib_module_names else 2 if package == OURS else 1


def _statement(module: str, names: Collection[str]) -> str:
    ordered = sorted(names, key=_kind_and_name)
    line = f"from {module} import {', '.join(ordered)}"
    if len(line) <= LINE_LENGTH:
        return f"{line}\n"
    listed = "".join(f"    {name},\n" for name in ordered)
    return f"from {module} import (\n{listed})\n"


def _kind_and_name(name: str) -> tuple[int, str, str]:
    """Constants, then classes, then the rest; each without regard to case."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return kind, name.lower(), name
