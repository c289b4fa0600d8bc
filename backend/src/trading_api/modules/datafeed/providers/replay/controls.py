"""What a change of a replay asks for, understood as a whole before anything is done."""

from dataclasses import dataclass
from datetime import UTC, datetime

from trading_api.models.common import FieldProblem
from trading_api.models.market.status import ReplayControl
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.providers.replay.tape import RecordedTape
from trading_api.modules.datafeed.requests import resolution_of
from trading_api.shared.errors import ValidationFailed, echo


@dataclass(frozen=True, slots=True)
class Change:
    """A control that can be done as it is; None is left as it is."""

    control: ReplayControl
    tape: RecordedTape | None
    """The events to play from now on."""
    step: Resolution | None


def understood(control: ReplayControl, whole: RecordedTape, current: RecordedTape) -> Change:
    """What `control` asks of a replay of `whole` that plays `current`; raises TradingError."""
    if control.step is not None and control.playing is False:
        raise _refused("step", control.step, "cannot be done by a replay that is paused by the same request")
    step = None if control.step is None else resolution_of(control.step, "step")
    tape = None if control.symbols is None else _chosen(control.symbols, whole)
    if control.time is not None:
        _check_time(control.time, tape or current)
    return Change(control, tape, step)


def iso(time_ms: int) -> str:
    """A moment as people read it."""
    return datetime.fromtimestamp(time_ms / 1000, tz=UTC).isoformat(timespec="seconds")


def _chosen(symbols: list[str], whole: RecordedTape) -> RecordedTape:
    known = {one.instrument.ticker for one in whole.series}
    for symbol in symbols:
        if symbol not in known:
            problem = FieldProblem(
                field="symbols", message="no such symbol", code=SymbolUnknown.code, value=echo(symbol)
            )
            raise SymbolUnknown(f"The symbol {echo(symbol)} is not among the recordings.", [problem])
    return whole.of(set(symbols)) if symbols else whole


def _check_time(time: int, tape: RecordedTape) -> None:
    if time < 1:
        raise _refused("time", time, "is before 1970")
    if time > tape.last:
        raise _refused("time", time, f"is after the last event that is played, of {iso(tape.last)}")


def _refused(field: str, value: object, reason: str) -> ValidationFailed:
    return ValidationFailed(
        f"{field}: {echo(value)} {reason}.",
        [FieldProblem(field=field, message=reason, code=ValidationFailed.code, value=echo(value))],
    )
