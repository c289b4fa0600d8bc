"""Serving the built terminal: its files, and its page for every address that is a view of it."""

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

NOT_BUILT = "The terminal is not built: run `make run`, or `npm run build`. The API is at /api/v1/docs.\n"


class TerminalFiles(StaticFiles):
    """Files of the terminal; a path that is no file and not of the API is a view, answered by the page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith("api/") or Path(path).suffix:
                raise
            response = await super().get_response("index.html", scope)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        if path.startswith("assets/"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        return response


def mount_terminal(app: FastAPI, directory: Path) -> None:
    """Serve the terminal built in `directory` at `/`, or say how to build it."""
    if (directory / "index.html").is_file():
        app.mount("/", TerminalFiles(directory=directory, html=True), name="terminal")
        return

    @app.get("/", include_in_schema=False)
    async def terminal_not_built() -> PlainTextResponse:
        return PlainTextResponse(NOT_BUILT, 503)
