"""Asking the datafeed module."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from trading_api.clients.errors import AnswerInvalid, ClientError, Refused, Unreachable, refusal
from trading_api.models.common import Problem
from trading_api.models.market.quotes import QuoteData
from trading_api.models.market.symbols import SymbolInfo

Answer = TypeVar("Answer")

SYMBOL_UNKNOWN = "symbol-unknown"


class SymbolUnknownError(Refused):
    """The datafeed has no such symbol."""


_SYMBOL_INFO = TypeAdapter(SymbolInfo)
_QUOTES = TypeAdapter(list[QuoteData])


class DatafeedClient:
    """Typed requests to the datafeed over `http`, whose base URL ends in `/api/v1`.

    Every method raises ClientError, or SymbolUnknownError where one symbol is asked for.
    """

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def resolve(self, symbol: str) -> SymbolInfo:
        """Everything about `symbol`, which is a name, a ticker or `EXCHANGE:NAME`."""
        try:
            return await self._get(f"datafeed/resolve/{_path_segment(symbol)}", {}, _SYMBOL_INFO)
        except ClientError as error:
            if error.code == SYMBOL_UNKNOWN:
                raise SymbolUnknownError(error.code, error.detail, error.status, retryable=False) from error
            raise

    async def quotes(self, symbols: Sequence[str]) -> list[QuoteData]:
        """One quote for each of `symbols`; those that are unknown have `s` "error"."""
        return await self._get("datafeed/quotes", {"symbols": ",".join(symbols)}, _QUOTES)

    async def _get(self, path: str, params: Mapping[str, str], answer: TypeAdapter[Answer]) -> Answer:
        try:
            response = await self._http.get(path, params=params)
        except httpx.HTTPError as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            raise _refusal(response)
        try:
            return answer.validate_json(response.content)
        except ValidationError as error:
            raise AnswerInvalid(f"{path}: {error}", response.status_code) from error


def _path_segment(text: str) -> str:
    """`text` as one segment of a path; dots too, lest `..` mean the segment above."""
    return quote(text, safe="").replace(".", "%2E")


def _refusal(response: httpx.Response) -> ClientError:
    try:
        return refusal(Problem.model_validate_json(response.content))
    except ValidationError:
        detail = f"status {response.status_code} without a problem document"
        return AnswerInvalid(detail, response.status_code)
