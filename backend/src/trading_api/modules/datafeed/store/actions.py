"""Corporate actions of a stored symbol: `actions.json`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import orjson

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.store.errors import StoreProblem

ACTIONS_FILE = "actions.json"


def dump_actions(actions: Sequence[CorporateAction]) -> bytes:
    """The content of `actions.json`, oldest first."""
    rows = [asdict(action) for action in sorted(actions, key=lambda action: action.ex_date)]
    return orjson.dumps(rows, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_actions(folder: Path) -> tuple[CorporateAction, ...]:
    """Those of the symbol in `folder`, none where there is no file; raises StoreProblem."""
    path = folder / ACTIONS_FILE
    try:
        return tuple(_action(row) for row in orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StoreProblem(path, f"cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError, InvalidOperation) as error:
        raise StoreProblem(path, f"does not list corporate actions ({error})") from error


def _action(row: Any) -> CorporateAction:
    dividend = row["dividend"]
    return CorporateAction(
        date.fromisoformat(row["ex_date"]),
        Decimal(row["split"]),
        Decimal(row["dividend_factor"]),
        None if dividend is None else Decimal(dividend),
    )
