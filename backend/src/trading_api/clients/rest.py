"""What the generated REST clients share: asking, asking again, and reading answers.

A request is tried at most three times, and only where a second try cannot do harm: the module said so in
its problem, or no answer came and the request changes nothing, was never sent, or carries an idempotency
key by which the module knows it again.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import StrEnum
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

import httpx

from trading_api.clients.answers import AnswerHeader, read_answer, read_headers, read_refusal
from trading_api.clients.backoff import FullJitter
from trading_api.clients.endpoint import Endpoint, Target
from trading_api.clients.errors import AnswerInvalid, ClientError, OutcomeUnknown, Unreachable
from trading_api.clients.operation import Operation, header_values, query_pairs, request_body

Answer = TypeVar("Answer")
Sleep = Callable[[float], Awaitable[None]]

TRIES = 3
TIMEOUT_SECONDS = 10.0
CONNECT_SECONDS = 3.0
KEEP_IDLE_SECONDS = 2.0
"""Less than servers wait before they close an idle connection, so that no request meets the closing."""
BACKOFF = FullJitter(base=0.2, cap=2.0)
IDEMPOTENCY_KEY = "Idempotency-Key"
GATEWAY_STATUSES = frozenset({502, 503, 504})
"""Without a problem document: of something before the module, which may have been asked or not."""


class RestClient:
    """Asks the module at `target`, a base URL or an `Endpoint`; close it, or use it with `async with`.

    `timeout` is for one try, in seconds. Every operation raises ClientError.
    """

    error_codes: ClassVar[type[StrEnum]]

    def __init__(
        self,
        target: Target,
        *,
        timeout: float = TIMEOUT_SECONDS,
        backoff: FullJitter = BACKOFF,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._endpoint = Endpoint.of(target)
        self._timeout = timeout
        self._backoff = backoff
        self._sleep = sleep
        self._http = httpx.AsyncClient(
            transport=_transport(self._endpoint),
            timeout=httpx.Timeout(None, connect=min(CONNECT_SECONDS, timeout)),
            headers={"Accept": "application/json"},
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; the client cannot be used any more."""
        await self._http.aclose()

    async def _ask(
        self,
        operation: Operation[Answer],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        body: object = None,
        received: Sequence[AnswerHeader[Any]] = (),
    ) -> Answer:
        """The answer of `operation`; None among the values means left out. Raises ClientError."""
        given = header_values(headers or {})
        if operation.keyed:
            given.setdefault(IDEMPOTENCY_KEY, uuid.uuid4().hex)
        content = request_body(body)
        if content is not None:
            given["Content-Type"] = "application/json"
        request = self._http.build_request(
            operation.method,
            f"{self._endpoint.url}{operation.filled_path(path or {})}",
            params=query_pairs(query or {}) or None,
            headers=given,
            content=content,
        )
        response = await self._answered(request, repeatable=operation.keyed)
        answer = read_answer(operation, response)
        read_headers(response, received)
        return answer

    async def _answered(self, request: httpx.Request, *, repeatable: bool) -> httpx.Response:
        """A response of success, after as many tries as are allowed and needed."""
        failures, lost = 0, False
        while True:
            try:
                return await self._try(request)
            except ClientError as error:
                failures += 1
                lost = lost or isinstance(error, OutcomeUnknown)
                again = error.retryable or (repeatable and isinstance(error, OutcomeUnknown))
                if failures == TRIES or not again:
                    if lost and error.retryable:
                        # The last try does not tell what became of the one whose answer was lost.
                        raise OutcomeUnknown(error.detail) from error
                    raise
            await self._sleep(self._backoff.delay(failures))

    async def _try(self, request: httpx.Request) -> httpx.Response:
        place = f"{request.method} {request.url}"
        no_answer = Unreachable if request.method == "GET" else OutcomeUnknown
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._http.send(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Unreachable(f"{place}: no connection: {_reason(error)}.") from error
        except (httpx.TransportError, TimeoutError) as error:
            raise no_answer(f"{place}: no answer: {_reason(error)}.") from error
        except httpx.DecodingError as error:
            raise AnswerInvalid(f"{place}: the answer cannot be decoded: {_reason(error)}.") from error
        if response.is_success:
            return response
        refusal = read_refusal(response, self.error_codes)
        if isinstance(refusal, AnswerInvalid) and response.status_code in GATEWAY_STATUSES:
            raise no_answer(f"{place}: no answer of the module, but {response.status_code} of a gateway.")
        raise refusal


def _transport(endpoint: Endpoint) -> httpx.AsyncBaseTransport:
    if endpoint.app is not None:
        return httpx.ASGITransport(endpoint.app, raise_app_exceptions=False)
    # Certificates take a while to load, and only https needs them.
    return httpx.AsyncHTTPTransport(
        verify=endpoint.url.startswith("https:"), limits=httpx.Limits(keepalive_expiry=KEEP_IDLE_SECONDS)
    )


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
