"""OpenAPI documents and their readable pages, without a request to any other host."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse

ASSETS = "/api-docs"
"""Where the built terminal holds the page's script and style."""


def add_documents(
    app: FastAPI, prefix: str, url: str, title: str, document: Callable[[], dict[str, Any]]
) -> None:
    """Serve `{prefix}/openapi.json` and the page `{prefix}/docs`; `url` is the document's public address."""

    @app.get(f"{prefix}/openapi.json", include_in_schema=False)
    async def openapi_document() -> dict[str, Any]:
        return document()

    @app.get(f"{prefix}/docs", include_in_schema=False)
    async def documents_page() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url=url,
            title=title,
            swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{ASSETS}/swagger-ui.css",
            swagger_favicon_url="/favicon.svg",
        )
