"""pytest's option `--provider NAME`: run the conformance suite on the market of that name.

What else the provider needs comes from the settings (TRADING_...), as in the server.
"""

from pathlib import Path

import pytest

NAMED_PROVIDER = Path(__file__).with_name("named_provider.py")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("trading-pro").addoption(
        "--provider", metavar="NAME", help="Run the conformance suite on this provider of market data."
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--provider"):
        config.args = [str(NAMED_PROVIDER)]
