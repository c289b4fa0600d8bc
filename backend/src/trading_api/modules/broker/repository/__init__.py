"""All SQL of the broker: the journal and its projections, read, written and checked."""

from trading_api.modules.broker.repository.reader import BrokerRepository, JournalEntry

__all__ = ["BrokerRepository", "JournalEntry"]
