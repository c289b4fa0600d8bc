"""Whether a delivery costs the same however many clients there are.

Every client follows as many topics, and every topic has as many subscribers, at each size.
"""

from benchmarks.streaming.server_process import Contender
from benchmarks.streaming.throughput import Saturation, Scene, saturate

SIZES = (100, 1_000, 10_000)
EACH = 20


async def grow(contender: Contender, clients: int, seconds: float) -> Saturation:
    """Saturate the server with that many clients, of as many topics."""
    return await saturate(contender, Scene(clients, topics=clients, each=EACH, window=8), seconds)
