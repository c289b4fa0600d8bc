"""What documents may not leave out: an operation without a text, a message without an example."""

from collections.abc import Sequence

from trading_api.shared.codegen.asyncapi import asyncapi_faults
from trading_api.shared.codegen.openapi import openapi_faults
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module, every_version

MOST_SHOWN = 5


def refuse_document_gaps(modules: Sequence[type[Module]]) -> None:
    """Raises StartupError with a sentence for each operation, parameter or field that says too little.

    A server shows such a document as it is; only generation insists.
    """
    gaps = [gap for module in every_version(modules) for gap in _gaps(module)]
    if gaps:
        hidden = len(gaps) - MOST_SHOWN
        raise StartupError(" ".join(gaps[:MOST_SHOWN]) + (f" And {hidden} more." if hidden > 0 else ""))


def _gaps(module: type[Module]) -> list[str]:
    return [f"Module '{module.name}': {gap}" for gap in (*openapi_faults(module), *asyncapi_faults(module))]
