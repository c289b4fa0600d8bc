"""When what was recorded happened, by the exchange's clock.

What bears a time of its own keeps it. The rest came in at a time by the recorder's clock, which is corrected
by the median of its error, and kept between the trades before and after, so that the recorded order stands.
"""

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray

UNTOLD = -1


def event_moments(received: IntArray, traded: IntArray, told: IntArray, error: int) -> IntArray:
    """The event time of each message in recorded order, ascending.

    `traded` is the time of a trade and `told` that of anything else, UNTOLD where there is none; `error` is
    what the exchange's clock is ahead of the recorder's. All in ms.
    """
    is_trade = traded != UNTOLD
    estimate = np.where(told == UNTOLD, received + error, told)
    earliest = np.maximum.accumulate(np.where(is_trade, traded, 0))
    far = np.iinfo(np.int64).max
    latest = np.minimum.accumulate(np.where(is_trade, traded, far)[::-1])[::-1]
    bounded = np.where(is_trade, earliest, np.minimum(np.maximum(estimate, earliest), latest))
    result: IntArray = np.maximum.accumulate(bounded)
    return result
