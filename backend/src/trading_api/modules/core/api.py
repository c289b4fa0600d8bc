"""Routes of the core module."""

from typing import Annotated

from fastapi import Depends, Request

from trading_api.models.health import Health, ModuleInfo
from trading_api.models.versioning import ApiVersion
from trading_api.modules.core.service import CoreService
from trading_api.shared.routing import ModuleRouter

router = ModuleRouter()


def core_service(request: Request) -> CoreService:
    """The service of the application that serves this request."""
    service: CoreService = request.app.state.service
    return service


Service = Annotated[CoreService, Depends(core_service)]


@router.get("/health")
async def get_health(service: Service) -> Health:
    """Whether the server answers, since when, and which version it is."""
    return service.health()


@router.get("/versions")
async def list_versions(service: Service) -> list[ApiVersion]:
    """Versions of the API, their life, and the modules that each has."""
    return service.versions()


@router.get("/modules")
async def list_modules(service: Service) -> list[ModuleInfo]:
    """The enabled modules and where to find them."""
    return service.modules()
