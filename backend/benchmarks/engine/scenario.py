"""What both engines are given and what they answer; plain values, for each runs in its own environment."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Terms:
    """The instrument and the fees; prices and quantities are texts of so many digits."""

    symbol: str
    price_digits: int
    qty_digits: int
    maker_bps: str = "0"
    taker_bps: str = "0"

    @property
    def tick(self) -> str:
        """The smallest step of a price."""
        return _step(self.price_digits)

    @property
    def qty_step(self) -> str:
        """The smallest step of a quantity."""
        return _step(self.qty_digits)


@dataclass(frozen=True)
class RecordedQuote:
    """Best bid and ask at `time` (ms UTC)."""

    time: int
    bid: str
    ask: str
    bid_size: str
    ask_size: str


@dataclass(frozen=True)
class Action:
    """What is asked for after the quote with this index: to place, to change or to cancel the order `name`.

    Types and sides are those of our contract; `end` is the time (ms) of a gtd order, `trail` the distance of
    a trailing stop.
    """

    after: int
    verb: str
    name: str
    type: str = "limit"
    side: str = "buy"
    qty: str | None = None
    limit: str | None = None
    stop: str | None = None
    trail: str | None = None
    duration: str = "gtc"
    end: int | None = None
    take_profit: str | None = None
    stop_loss: str | None = None


@dataclass(frozen=True)
class Scenario:
    """Quotes, and what is asked for between them. With `audit` money is reported after every fill."""

    name: str
    terms: Terms
    quotes: list[RecordedQuote]
    actions: list[Action]
    audit: bool = False

    def segments(self) -> list[tuple[range, list[Action]]]:
        """Indices of quotes, each with the actions that follow them."""
        found, start = [], 0
        for index in sorted({action.after for action in self.actions}):
            found.append((range(start, index + 1), [a for a in self.actions if a.after == index]))
            start = index + 1
        return [*found, (range(start, len(self.quotes)), [])]

    def write(self, path: Path) -> None:
        """Keep it for the other side."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def read(cls, path: Path) -> "Scenario":
        """What `write` wrote."""
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return cls(
            name=data["name"],
            terms=Terms(**data["terms"]),
            quotes=[RecordedQuote(**quote) for quote in data["quotes"]],
            actions=[Action(**action) for action in data["actions"]],
            audit=data["audit"],
        )


@dataclass(frozen=True)
class Filled:
    """An execution; `quote` is the index of the last quote seen by then."""

    order: str
    side: str
    qty: str
    price: str
    commission: str
    liquidity: str
    quote: int


@dataclass(frozen=True)
class Ending:
    """What became of an order; one that was refused was never accepted."""

    status: str
    filled_qty: str = "0"
    avg_price: str | None = None


@dataclass(frozen=True)
class Money:
    """The account after the fills that one quote or one action brought; `fills` counts all so far."""

    fills: int
    balance: str
    position: str
    """Negative for shorts."""
    avg_price: str


@dataclass(frozen=True)
class Outcome:
    """What an engine answers: `seconds` is the processor time that the quotes took, without the actions."""

    seconds: float = 0.0
    fills: list[Filled] = field(default_factory=list)
    endings: dict[str, Ending] = field(default_factory=dict)
    money: list[Money] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Keep it for the one who compares."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def read(cls, path: Path) -> "Outcome":
        """What `write` wrote."""
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return cls(
            seconds=data["seconds"],
            fills=[Filled(**fill) for fill in data["fills"]],
            endings={name: Ending(**ending) for name, ending in data["endings"].items()},
            money=[Money(**money) for money in data["money"]],
        )


def _step(digits: int) -> str:
    return f"{1 / 10**digits:.{digits}f}"
