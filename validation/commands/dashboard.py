"""`migrate dashboard`: the migration and its pipelines in a browser, read-only."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from migrate.config import FILE_NAME
from migrate.errors import YES, ChangeoverError, ConfigError

CHARTS, LIVE = ("pygal",), ("pygal", "starlette", "uvicorn")
PORT = 8321


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise click.BadParameter("an address that begins with http:// or https:// is wanted")
    return value or ""


@click.command()
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path(FILE_NAME),
    show_default=True,
    help="The migration's settings.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--expose",
    is_flag=True,
    help="Allow an address that other machines can reach; a token is asked for then.",
)
@click.option(
    "--token", default="", envvar="CHANGEOVER_DASHBOARD_TOKEN", help="The token; default: a new one."
)
@click.option(
    "--dagster-ui", metavar="URL", callback=_address, help="Dagster's own pages, which runs link to."
)
@click.option(
    "--prefect-ui", metavar="URL", callback=_address, help="Prefect's own pages, which runs link to."
)
@click.option("--export", type=click.Path(path_type=Path), help="Write a static site to this folder instead.")
def dashboard(
    config: Path,
    port: int,
    host: str,
    expose: bool,
    token: str,
    dagster_ui: str,
    prefect_ui: str,
    export: Path | None,
) -> int:
    """Board, lineage, parity, runs, checks, evidence and bench as pages: live, or as a static site.

    Nothing is written to the project. Listens on this machine only, unless --expose is given.
    """
    from validation.dashboard.site import INTERFACES, Site
    from validation.dashboard.source import Source

    given = {"dagster": dagster_ui, "prefect": prefect_ui}
    interfaces = {side: given[side] or address for side, address in INTERFACES.items()}
    _need(CHARTS if export is not None else LIVE)
    if export is not None:
        from validation.dashboard.export import export as write

        count = write(Site(Source.at(config), static=True, interfaces=interfaces), export)
        click.echo(f"{count:,} pages: {export / 'index.html'}")
        return YES
    return _serve(
        Site(Source.at(config), interfaces=interfaces), host, port, _token(host, token, expose=expose)
    )


def _need(names: tuple[str, ...]) -> None:
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise ChangeoverError(
            f"the dashboard needs {' and '.join(missing)}", remedy="pip install 'changeover[dashboard]'"
        )


def _token(host: str, token: str, *, expose: bool) -> str:
    """The token to ask for; empty on loopback."""
    import secrets

    from validation.dashboard.safety import is_loopback

    if is_loopback(host):
        return token
    if not expose:
        raise ConfigError(
            f"other machines can reach {host}", remedy="Add --expose to allow it: a token is asked for then."
        )
    return token or secrets.token_urlsafe(24)


def _serve(site: object, host: str, port: int, token: str) -> int:
    from validation.dashboard.site import Site

    assert isinstance(site, Site)
    from validation.dashboard.server import serve

    try:
        serve(site, host, port, token, lambda address: click.echo(f"dashboard: {address}  (Ctrl-C ends it)"))
    except OSError as problem:
        raise ConfigError(
            f"cannot listen on {host}:{port}: {problem.strerror}",
            remedy="Choose another with --port, or --port 0.",
        ) from None
    except KeyboardInterrupt:
        pass
    return YES
