"""The rules of ours that nautilus_trader's exchange does not share."""

from enum import Enum


class Rule(Enum):
    """Why a difference is one."""

    SAME_QUOTE = (
        "Of what one quote fills, market orders, which triggered stops are, come first, oldest first; then"
        " limits, best price first, oldest first among equals. nautilus_trader goes by limit and trigger"
        " prices, buys first. Where one quote fills a buy and a sell, more or less of the profit is realized;"
        " equity is the same."
    )
    ENDS_IN_TIME = (
        "A gtd order ends at its time. nautilus_trader lets the first quote after it fill the order before it"
        " looks at the time."
    )
    PROTECTED_AT_ONCE = (
        "A bracket works from the fill on: a stop that the market has passed by then triggers with the next"
        " quote. nautilus_trader rejects it, and the take profit with it: nothing protects the position."
    )
    ONE_PROTECTION = (
        "An account that nets has one position a symbol, protected as a whole: the brackets of the order that"
        " added to it last replace the others. In nautilus_trader each order's brackets close its own part."
    )
