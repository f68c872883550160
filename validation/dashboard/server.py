"""The live form: a Starlette application that answers GET and HEAD, and nothing else.

https://www.starlette.io/applications/ and https://www.uvicorn.org/
"""

from __future__ import annotations

import contextlib
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from validation.dashboard import render, safety

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from validation.dashboard.site import Site

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def application(site: Site, guard: safety.Guard) -> Starlette:
    """The application; `guard` says who may ask."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.responses import JSONResponse, PlainTextResponse, Response
    from starlette.routing import Route

    def live(request: Request) -> Response:
        return JSONResponse({"digest": site.digest()})

    def asset(request: Request) -> Response:
        file = STATIC / posixpath.basename(request.path_params["name"])
        if file.suffix not in TYPES or not file.is_file():
            return PlainTextResponse("no such file", 404)
        return Response(file.read_bytes(), media_type=TYPES[file.suffix])

    def page(request: Request) -> Response:
        found = site.page(request.path_params["address"] or "index.html", request.query_params)
        answer = Response(site.content(found), found.status, media_type=found.content_type)
        if found.policy:
            answer.headers["content-security-policy"] = found.policy
        return answer

    routes = [
        Route("/live", live),
        Route("/static/{name}", asset),
        Route("/{address:path}", page),
    ]
    middleware = [
        Middleware(BaseHTTPMiddleware, dispatch=_guarded(guard)),
        Middleware(GZipMiddleware, minimum_size=2000),
    ]
    return Starlette(routes=routes, middleware=middleware)


def _guarded(guard: safety.Guard) -> Callable[..., Awaitable[Response]]:
    """Every answer passes here: who may not ask gets none, and all carry the headers of safety."""
    from starlette.responses import PlainTextResponse

    fixed = safety.headers(render.policy(static=False))

    async def check(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.query_params.get("token", "")
        refused = guard.refused(request.method, request.headers, given)
        answer = PlainTextResponse(refused[1], refused[0]) if refused else await go_on(request)
        if given and guard.token and not refused:
            answer.set_cookie(safety.COOKIE, given, httponly=True, samesite="strict")
        for name, value in fixed.items():
            answer.headers.setdefault(name, value)
        return answer

    return check


def serve(site: Site, host: str, port: int, token: str, tell: Callable[[str], None]) -> None:
    """Answer until Ctrl-C. `tell` is given the address once it can be opened.

    Raises:
        OSError: the port is taken.
    """
    import socket
    import threading

    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)  # who opens the address at once waits, and is not refused
        shown = f"[{host}]" if ":" in host else host
        suffix = f"?token={token}" if token else ""
        threading.Thread(target=_warm, args=(site,), daemon=True).start()
        tell(f"http://{shown}:{listening.getsockname()[1]}/{suffix}")
        application_ = application(site, safety.Guard(token))
        settings = uvicorn.Config(
            application_,
            log_level="warning",
            lifespan="off",
            access_log=False,
            server_header=False,
            ws="none",
        )
        uvicorn.Server(settings).run(sockets=[listening])


def _warm(site: Site) -> None:
    """Read the history and compile templates before anybody asks: the first visit costs what others do."""
    with contextlib.suppress(Exception):  # whoever asks for the page is told what is wrong
        for address in ("index.html", "evidence.html"):
            site.content(site.page(address))
