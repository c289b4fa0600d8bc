"""Placing on the terms that a preview showed: they travel with the caller, and nothing is kept here."""

import binascii
import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from trading_api.modules.broker.engine import Estimate, PlaceOrder
from trading_api.modules.broker.engine.exact import tidy
from trading_api.modules.broker.errors import ConfirmInvalid, ConfirmMismatch, ConfirmStale
from trading_api.shared.errors import LONGEST_ECHO

DIGEST_BYTES = 8
BPS = 10_000
FIGURE = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
FIGURES = ("price", "commission", "margin")

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The order that was previewed, and the figures that were shown: texts, numbers in short form."""

    order: Texts
    figures: Texts

    @classmethod
    def of(cls, command: PlaceOrder, estimate: Estimate) -> Self:
        """What a preview shows; figures that are not known are left out."""
        return cls(_order(command), _figures(estimate))

    @classmethod
    def read(cls, confirm_id: str | None) -> Self | None:
        """What `write` wrote; raises ConfirmInvalid for anything else."""
        if confirm_id is None:
            return None
        try:
            data = urlsafe_b64decode(confirm_id.encode("ascii"))
            digest, text = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
            lines = dict(line.split("=", 1) for line in text.decode().split("\n"))
        except (ValueError, binascii.Error) as error:
            raise _invalid(confirm_id) from error
        figures = {name: lines.pop(name) for name in FIGURES if name in lines}
        if digest != _digest(text) or not all(map(FIGURE.fullmatch, figures.values())):
            raise _invalid(confirm_id)
        return cls(lines, figures)

    def write(self) -> str:
        """The id: base64url of a short digest and one `name=value` a line."""
        text = "\n".join(f"{name}={value}" for name, value in {**self.order, **self.figures}.items()).encode()
        return urlsafe_b64encode(_digest(text) + text).decode()

    def check_order(self, command: PlaceOrder) -> None:
        """Raises ConfirmMismatch if `command` is another order than the previewed one."""
        order = _order(command)
        names = sorted(order.keys() | self.order.keys())
        differing = [name for name in names if order.get(name) != self.order.get(name)]
        if differing:
            said = "; ".join(_both(name, self.order.get(name), order.get(name)) for name in differing)
            raise ConfirmMismatch(f"The order is not the one that was previewed: {said}.")

    def check_terms(self, estimate: Estimate, tolerance_bps: Decimal) -> None:
        """Raises ConfirmStale if a figure has moved by more than the tolerance."""
        now = _figures(estimate)
        moved = [name for name in FIGURES if _moved(self.figures.get(name), now.get(name), tolerance_bps)]
        if moved:
            said = "; ".join(_both(name, self.figures.get(name), now.get(name)) for name in moved)
            raise ConfirmStale(
                f"The terms have moved by more than {tidy(tolerance_bps):f} basis points: {said}."
            )


def _order(command: PlaceOrder) -> dict[str, str]:
    brackets = command.brackets
    terms = {
        "symbol": command.symbol,
        "side": command.side.value,
        "type": command.type.value,
        "duration": command.duration.value,
        "until": command.gtd_time,
        "qty": command.qty,
        "limitPrice": command.limit_price,
        "stopPrice": command.stop_price,
        "trailingAmount": command.trailing_amount,
        "takeProfit": brackets.take_profit,
        "stopLoss": brackets.stop_loss,
        "guaranteedStop": brackets.guaranteed_stop,
        "trailingStopPips": brackets.trailing_stop_pips,
        "positionId": command.position_id,
        "isClose": "true" if command.is_close else None,
    }
    return {name: _text(value) for name, value in terms.items() if value is not None}


def _figures(estimate: Estimate) -> dict[str, str]:
    figures = {"price": estimate.price, "commission": estimate.commission, "margin": estimate.margin}
    return {name: _text(value) for name, value in figures.items() if value is not None}


def _text(value: Decimal | int | str) -> str:
    return f"{tidy(value):f}" if isinstance(value, Decimal) else str(value)


def _moved(seen: str | None, now: str | None, tolerance_bps: Decimal) -> bool:
    if seen is None or now is None:
        return seen != now
    before, after = Decimal(seen), Decimal(now)
    return abs(after - before) * BPS > abs(before) * tolerance_bps


def _both(name: str, seen: str | None, now: str | None) -> str:
    return f"{name} was {seen or 'not known'} and is {now or 'not known'}"


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()[:DIGEST_BYTES]


def _invalid(confirm_id: str) -> ConfirmInvalid:
    return ConfirmInvalid(f"The confirmId {confirm_id[:LONGEST_ECHO]} does not come from a preview.")
