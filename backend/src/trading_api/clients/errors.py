"""What can go wrong when a client asks a module.

ClientError               any failure; `code` is stable, `retryable` says whether trying again may help
  Unreachable             nothing was sent, or a request that changes nothing had no answer
  OutcomeUnknown          a request that changes something went out, and no answer came
  AnswerInvalid           the answer is not of the contract: another server, or a body that does not fit
  StreamClosed            the module closed a stream for good
  Refused                 the module refused; `code` is one of the client's error codes
    VersionUnsupported    this version of the module's interface is not served, or no longer
    SubscriptionRefused   the module refused a subscription
"""

from collections.abc import Sequence

from trading_api.models.common import FieldProblem, Problem

VERSION_CODES = frozenset({"api-version-unknown", "api-version-sunset"})


class ClientError(Exception):
    """A request to a module failed.

    `detail` is one sentence; `status` is 0 and `request_id` empty if no answer came; `fields` names what
    is wrong with the request, field by field.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        status: int = 0,
        *,
        request_id: str = "",
        retryable: bool = False,
        fields: Sequence[FieldProblem] = (),
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.status = status
        self.request_id = request_id
        self.retryable = retryable
        self.fields = tuple(fields)


class Unreachable(ClientError):
    """The module did not answer, and nothing can have changed by asking; trying again may help."""

    def __init__(self, detail: str) -> None:
        super().__init__("unreachable", detail, retryable=True)


class OutcomeUnknown(ClientError):
    """A request that changes something went out and no answer came: it was done, or it was not."""

    def __init__(self, detail: str) -> None:
        super().__init__("outcome-unknown", detail)


class AnswerInvalid(ClientError):
    """An answer that the contract does not know; `detail` names the request and the place in the answer."""

    def __init__(self, detail: str, status: int = 0, *, request_id: str = "") -> None:
        super().__init__("answer-invalid", detail, status, request_id=request_id)


class StreamClosed(ClientError):
    """The module closed the connection with `close_code` of 4500 to 4599: connecting again cannot help."""

    def __init__(self, detail: str, close_code: int) -> None:
        super().__init__("stream-closed", detail)
        self.close_code = close_code


class Refused(ClientError):
    """The module understood and refused."""


class VersionUnsupported(Refused):
    """The module does not serve this version of its interface, or no longer: the client must be updated."""


class SubscriptionRefused(Refused):
    """The module refused a subscription."""


def refusal(problem: Problem) -> Refused:
    """The error that a module's problem document stands for."""
    kind = VersionUnsupported if problem.code in VERSION_CODES else Refused
    return kind(
        problem.code,
        problem.detail,
        problem.status,
        request_id=problem.request_id,
        retryable=problem.retryable,
        fields=problem.fields or (),
    )
