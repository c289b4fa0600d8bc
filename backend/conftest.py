"""`pytest --provider NAME` in this repository, as where the package is installed."""

pytest_plugins = ["trading_api.modules.datafeed.conformance.plugin"]
