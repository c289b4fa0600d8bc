"""What requests ask for, as the datafeed computes with it."""

from trading_api.models.common import FieldProblem
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS, Resolution, parse_resolution
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.errors import ResolutionUnsupported, TimeRangeInvalid
from trading_api.shared.errors import echo


def resolution_of(text: str, field: str = "resolution") -> Resolution:
    """The resolution that a request names in `field`; raises ResolutionUnsupported."""
    found = parse_resolution(text)
    if found is not None:
        return found
    known = ", ".join(str(known) for known in RESOLUTIONS)
    problem = FieldProblem(
        field=field,
        message=f"must be one of {known}, or another multiple",
        code=ResolutionUnsupported.code,
        value=echo(text),
    )
    raise ResolutionUnsupported(f"There are no bars of '{echo(text)}', but of {known}.", [problem])


def window_of(from_time: int | None, to_time: int, count_back: int) -> BarWindow:
    """The bars in [from_time, to_time), seconds UTC; raises TimeRangeInvalid."""
    if from_time is None and count_back == 0:
        raise TimeRangeInvalid("Either from_time or count_back is needed.", [_problem("from_time", None)])
    if from_time is not None and from_time >= to_time:
        raise TimeRangeInvalid(
            f"from_time {from_time} must be before to_time {to_time}.", [_problem("from_time", from_time)]
        )
    return BarWindow((to_time if from_time is None else from_time) * 1000, to_time * 1000, count_back)


def _problem(field: str, value: object) -> FieldProblem:
    return FieldProblem(
        field=field, message="must bound the range", code=TimeRangeInvalid.code, value=echo(value)
    )
