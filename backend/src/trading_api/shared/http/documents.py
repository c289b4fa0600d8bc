"""OpenAPI and AsyncAPI documents and their readable pages, without a request to any other host."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from fastapi import FastAPI
from starlette.responses import HTMLResponse

from trading_api.shared.module_interface import Module, modules_at

ASSETS = "/api-docs"
"""Where the built terminal holds the scripts and styles of the pages."""
ALL = "All modules"

Document = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """What has documents of its own: a module in one version, or all modules of a version together."""

    label: str
    base: str
    """Path of its routes, such as `/api/v1/broker`."""
    streams: bool
    """Whether it has any, and so the documents of them."""

    @property
    def openapi_url(self) -> str:
        return f"{self.base}/openapi.json"

    @property
    def docs_url(self) -> str:
        return f"{self.base}/docs"

    @property
    def asyncapi_url(self) -> str:
        return f"{self.base}/ws/asyncapi.json"

    @property
    def streams_url(self) -> str:
        return f"{self.base}/ws/asyncapi"


def parts_of(modules: Sequence[type[Module]], version: str) -> dict[str, Part]:
    """The parts of a version by module name, those of all its modules together first, under ALL."""
    having = sorted(modules_at(modules, version), key=lambda module: module.name)
    whole = Part(ALL, f"/api/{version}", any(module.ws_routes for module in having))
    each = {module.name: Part(module.name, module.base_path(), bool(module.ws_routes)) for module in having}
    return {ALL: whole, **each}


def add_documents(
    app: FastAPI, prefix: str, parts: dict[str, Part], label: str, openapi: Document, asyncapi: Document
) -> None:
    """Serve the documents of the part named `label` and their pages below `prefix` of `app`.

    The pages link to those of all `parts`. A part without streams has no documents of them.
    """
    part = parts[label]

    @app.get(f"{prefix}/openapi.json", include_in_schema=False)
    async def openapi_document() -> dict[str, Any]:
        return openapi()

    @app.get(f"{prefix}/docs", include_in_schema=False)
    async def openapi_page() -> HTMLResponse:
        return HTMLResponse(_openapi_page(part, parts))

    if not part.streams:
        return

    @app.get(f"{prefix}/ws/asyncapi.json", include_in_schema=False)
    async def asyncapi_document() -> dict[str, Any]:
        return asyncapi()

    @app.get(f"{prefix}/ws/asyncapi", include_in_schema=False)
    async def asyncapi_page() -> HTMLResponse:
        return HTMLResponse(_asyncapi_page(part, parts))


def _openapi_page(part: Part, parts: dict[str, Part]) -> str:
    options = {"url": part.openapi_url, "dom_id": "#document", "deepLinking": True}
    return PAGE.format(
        title=escape(f"{part.label}: operations"),
        links=_links(parts, part.docs_url),
        style=f"{ASSETS}/swagger-ui.css",
        script=f"{ASSETS}/swagger-ui-bundle.js",
        start=f"SwaggerUIBundle({_script_json(options)})",
    )


def _asyncapi_page(part: Part, parts: dict[str, Part]) -> str:
    show = {"sidebar": True, "errors": True}
    options = {"schema": {"url": part.asyncapi_url}, "config": {"show": show}}
    return PAGE.format(
        title=escape(f"{part.label}: streams"),
        links=_links(parts, part.streams_url),
        style=f"{ASSETS}/asyncapi.css",
        script=f"{ASSETS}/asyncapi.js",
        start=f'AsyncApiStandalone.render({_script_json(options)}, document.getElementById("document"))',
    )


def _links(parts: dict[str, Part], here: str) -> str:
    """A list of all parts, each with its pages; the one at `here` is marked."""
    return "".join(
        f"<li>{escape(part.label)}: {_link('operations', part.docs_url, here)}"
        + (f" {_link('streams', part.streams_url, here)}" if part.streams else "")
        + "</li>"
        for part in parts.values()
    )


def _link(text: str, url: str, here: str) -> str:
    current = ' aria-current="page"' if url == here else ""
    return f'<a href="{escape(url)}"{current}>{text}</a>'


def _script_json(value: object) -> str:
    """JSON that cannot end the script it is in."""
    return json.dumps(value).replace("<", "\\u003c")


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="{style}">
<style>
body {{ margin: 0; font-family: system-ui, sans-serif; }}
.parts {{ padding: 0.5rem 1rem; background: #16191f; color: #c8cdd6; font-size: 14px; }}
.parts ul {{ display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0; padding: 0; list-style: none; }}
.parts a {{ color: #8ab4ff; }}
.parts a[aria-current] {{ color: inherit; font-weight: 600; text-decoration: none; }}
</style>
</head>
<body>
<nav class="parts" aria-label="Documents"><ul>{links}</ul></nav>
<div id="document"></div>
<script src="{script}"
  onerror="document.getElementById('document').textContent = 'This page needs the built terminal.'"></script>
<script>
{start};
</script>
</body>
</html>
"""
