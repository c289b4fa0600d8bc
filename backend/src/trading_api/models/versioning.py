"""Versions of the API and their life."""

from datetime import date

from pydantic import Field

from trading_api.models.common import WireEnum, WireModel


class VersionStatus(WireEnum):
    """Where a version is in its life."""

    ALPHA = "alpha"
    BETA = "beta"
    STABLE = "stable"
    DEPRECATED = "deprecated"
    SUNSET = "sunset"


class Life(WireModel):
    """Where something is in its life, with the days (UTC, from 00:00) on which that changes."""

    status: VersionStatus = Field(examples=[VersionStatus.DEPRECATED])
    released: date = Field(examples=[date(2026, 11, 21)])
    deprecated: date | None = Field(default=None, examples=[date(2027, 6, 1)])
    sunset: date | None = Field(default=None, examples=[date(2027, 12, 1)])


class VersionedModule(Life):
    """A module as one version of the API has it."""

    name: str = Field(examples=["datafeed"])
    url: str = Field(examples=["/api/v1/datafeed"])


class ApiVersion(Life):
    """One version of the API. It ends when the last module that has it does."""

    version: str = Field(examples=["v1"])
    modules: list[VersionedModule]
