"""One browser, one reference project and one server for all tests here; nothing may leave loopback."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import reference_project

MIGRATE = str(Path(sys.executable).with_name("migrate"))
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)


def chromium() -> str:
    """Where Chromium is; empty when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHANGEOVER_CHROMIUM") or next((path for path in found if path), "")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Real headless Chromium."""
    path = chromium()
    if not path:
        pytest.skip("Chromium is not installed: apt-get install chromium, or set CHANGEOVER_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core's own script."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference with its real history. Tests that change it take a copy of their own."""
    return reference_project.build(tmp_path_factory.mktemp("dashboard") / "reference")


@pytest.fixture
def project(reference: Path, tmp_path: Path) -> Path:
    """A copy of the reference that a test may break."""
    return shutil.copytree(reference, tmp_path / "project")


@dataclass
class View:
    """One page in the browser, and everything that must not happen to it."""

    page: Any
    address: str
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        """Open a page of the site and wait until it is still."""
        return self.page.goto(self.address + path)

    def text(self) -> str:
        """What a person reads on it."""
        return str(self.page.inner_text("main"))

    def watch(self) -> None:
        """Keep what the console says and every request."""
        self.page.on(
            "console", lambda m: self.console.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        self.requests.append(request.url)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def clean(self) -> None:
        """Nothing was complained about and nothing was asked of anybody else."""
        assert self.console == []
        assert self.foreign == []


Opener = Callable[..., View]


@pytest.fixture
def look(browser: Any) -> Iterator[Opener]:
    """Open a view on an address; every view is held clean when the test ends."""
    views: list[View] = []

    def opened(address: str, *, width: int = 1280, scheme: str = "light", clean: bool = True) -> View:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        view = View(page, address)
        view.watch()
        if clean:
            views.append(view)
        return view

    yield opened
    for view in views:
        view.page.close()
    for view in views:
        view.clean()


class Server:
    """The live dashboard of a project, in a thread of this process."""

    def __init__(self, root: Path, token: str = "", **interfaces: str) -> None:
        import uvicorn

        from validation.dashboard.safety import Guard
        from validation.dashboard.server import application
        from validation.dashboard.site import INTERFACES, Site
        from validation.dashboard.source import Source

        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        site = Site(Source.at(root), interfaces=INTERFACES | interfaces)
        app = application(site, Guard(token))
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    def __enter__(self) -> str:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.address

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Start the dashboard of a project and get its address."""
    with contextlib.ExitStack() as stack:
        yield lambda root, token="", **interfaces: stack.enter_context(Server(root, token, **interfaces))


@pytest.fixture(scope="package")
def live(reference: Path) -> Iterator[str]:
    """The address of the reference's dashboard."""
    with Server(reference) as address:
        yield address


@pytest.fixture(scope="session")
def exported(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site of the reference, written by the command."""
    folder = tmp_path_factory.mktemp("site") / "out"
    done = subprocess.run(
        [MIGRATE, "dashboard", "--export", str(folder)],
        cwd=reference,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder
