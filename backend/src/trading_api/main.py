"""ASGI entry: `trading_api.main:app`."""

from trading_api.app_factory import AppFactory
from trading_api.settings import Settings

app = AppFactory().create(Settings())
