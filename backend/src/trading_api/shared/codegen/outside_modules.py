"""Modules of other packages: the routers made of their `ws.py` belong into those packages."""

from importlib.util import find_spec
from pathlib import Path

from trading_api.shared.codegen.project import Files
from trading_api.shared.codegen.ws_declarations import route_declarations
from trading_api.shared.codegen.ws_routers import ws_routers
from trading_api.shared.errors import StartupError
from trading_api.shared.module_registry import ModuleLocation


def outside_router_files(location: ModuleLocation) -> Files:
    """`ws_generated` in the package of an installed module; nothing of the module itself is imported.

    Raises StartupError if the package is not there or a declaration cannot be read.
    """
    folder = _folder(location)
    declared = folder / "ws.py"
    declarations = route_declarations(declared) if declared.is_file() else []
    if not declarations:
        return {}
    return {folder / "ws_generated" / "__init__.py": ws_routers(declarations)}


def _folder(location: ModuleLocation) -> Path:
    try:
        spec = find_spec(location.package)
    except ImportError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise StartupError(f"Module '{location.name}' is in no package named {location.package}.")
    return Path(spec.submodule_search_locations[0])
