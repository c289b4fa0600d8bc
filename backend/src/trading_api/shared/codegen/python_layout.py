"""Generated Python in the shape that the formatter leaves alone."""

import textwrap
from collections.abc import Sequence

from trading_api.shared.codegen.imports import LINE_LENGTH


def fitted(opening: str, items: Sequence[str], closing: str, *, ends: str = "") -> str:
    """`opening`, the items with commas, `closing`: on one line if it fits, else one item a line.

    The line ends with `ends`, which counts. Items that take several lines are kept as they are.
    """
    line = f"{opening}{', '.join(items)}{closing}"
    if "\n" not in line and len(line + ends) <= LINE_LENGTH:
        return f"{line}\n"
    margin = opening[: len(opening) - len(opening.lstrip())]
    listed = "".join(f"{margin}    {item},\n" for item in items)
    return f"{opening}\n{listed}{margin}{closing}\n"


def docstring(text: str, indent: int) -> str:
    """`text` as a docstring, wrapped to the length of a line; nothing for no text."""
    margin = " " * indent
    escaped = text.strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if not escaped:
        return ""
    line = f'{margin}"""{escaped}"""'
    if "\n" not in escaped and len(line) <= LINE_LENGTH and not escaped.endswith('"'):
        return f"{line}\n"
    width = LINE_LENGTH - indent
    first, *rest = escaped.splitlines()
    # Quotes at both ends: a single line that does not fit between them has to become two.
    wrapped = textwrap.wrap(first, width - 6, break_long_words=False)
    for each in rest:
        wrapped += textwrap.wrap(each, width, break_long_words=False) or [""]
    body = "".join(f"{margin}{each}".rstrip() + "\n" for each in wrapped[1:])
    return f'{margin}"""{wrapped[0]}\n{body}{margin}"""\n'
