"""Versions of the API and their life."""

from datetime import date

from trading_api.models.common import WireEnum, WireModel


class VersionStatus(WireEnum):
    """Where a version is in its life."""

    ALPHA = "alpha"
    BETA = "beta"
    STABLE = "stable"
    DEPRECATED = "deprecated"
    SUNSET = "sunset"


class ApiVersion(WireModel):
    """One version of the HTTP API."""

    version: str
    status: VersionStatus
    released: date
    deprecated: date | None = None
    sunset: date | None = None
