"""How the protocol answers: always JSON, and with status 200 also what is refused."""

import json
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

from trading_api.models.market.udf import UdfError
from trading_api.shared.errors import (
    HostNotAllowed,
    Internal,
    TradingError,
    ValidationFailed,
    echo,
    validation_failure,
)
from trading_api.shared.http.problems import defect_response
from trading_api.shared.routing import RefusingRoute, Responses, problems

Handler: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]
JSON = "application/json"


class UdfRoute(RefusingRoute):
    """Tells every refusal in the protocol's shape, that of a parameter which it does not know included."""

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()
        known = _parameters(self.dependant)

        async def answer_anyway(request: Request) -> Response:
            try:
                for name in request.query_params:
                    if name not in known:
                        raise ValidationFailed(f"There is no parameter '{echo(name)}'.")
                return await answer(request)
            except Exception as error:  # noqa: BLE001  # a defect is logged; all are told alike
                return self.refusal(request, error)

        return answer_anyway

    def refusal(self, request: Request, error: Exception) -> Response:
        if isinstance(error, RequestValidationError):
            return refused(validation_failure(error.errors()).detail)
        if isinstance(error, TradingError):
            return refused(error.detail)
        problem = json.loads(bytes(defect_response(request, error).body))
        return refused(problem["detail"], Internal.status)


class UdfRouter(APIRouter):
    """A router of such routes; each is documented with its answer and with `UdfError`."""

    def __init__(self) -> None:
        super().__init__(route_class=UdfRoute)

    def answers(self, path: str, answer: Any, example: Any = None) -> Callable[..., Any]:
        """Declares `GET path`, which answers `answer`, a type of the contract; for a function."""
        described: dict[str, Any] = {"model": answer | UdfError}
        if example is not None:
            described["content"] = {JSON: {"example": example}}
        refusals = problems(HostNotAllowed)[HostNotAllowed.status]
        responses: Responses = {200: described, "4XX": refusals, 500: {"model": UdfError}}

        def declare(endpoint: Callable[..., Any]) -> Callable[..., Any]:
            self.add_api_route(path, endpoint, operation_id=endpoint.__name__, responses=responses)
            return endpoint

        return declare


def refused(errmsg: str, status: int = 200) -> Response:
    """The answer in place of anything that cannot be answered."""
    # In ASCII: a value that it echoes may be text that UTF-8 cannot hold, such as half a surrogate.
    return encoded(json.dumps({"s": "error", "errmsg": errmsg}).encode("ascii"), status)


def answered(content: BaseModel | list[Any] | dict[str, Any] | int) -> Response:
    """`content` as JSON; what is absent is left out."""
    return encoded(orjson.dumps(content, default=_plain))


def encoded(body: bytes, status: int = 200) -> Response:
    """JSON that is written already."""
    return Response(body, status, media_type=JSON)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _parameters(dependant: Dependant) -> set[str]:
    own = {parameter.alias for parameter in dependant.query_params}
    return own.union(*map(_parameters, dependant.dependencies))
