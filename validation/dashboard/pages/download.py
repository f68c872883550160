"""The files of a sign-off as they are: report.html, .md, .pdf and .json. No script runs in any of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validation.dashboard.page import Page
from validation.dashboard.source import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"evidence/phase-(?P<phase>[^/]+)/(?P<name>report\.(?P<form>html|md|pdf|json))")
TYPES = {"html": "text/html", "md": "text/plain", "pdf": "application/pdf", "json": "application/json"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""A report carries its style within it; the sandbox keeps it from doing anything."""


def addresses(site: Site) -> Iterator[str]:
    """One a file of a sign-off."""
    for phase in _phases(site):
        for file in sorted(site.source.workspace.sign_off(phase).glob("report.*")):
            if ADDRESS.fullmatch(f"evidence/phase-{phase}/{file.name}") and _readable(site, file):
                yield f"evidence/phase-{phase}/{file.name}"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """The file, if it lies in the phase's own folder."""
    if parts["phase"] not in _phases(site):
        return None
    file = site.source.workspace.sign_off(parts["phase"]) / parts["name"]
    if not _readable(site, file):
        return None
    address = f"evidence/phase-{parts['phase']}/{parts['name']}"
    return Page(address, "", "", data=file.read_bytes(), content_type=TYPES[parts["form"]], policy=POLICY)


def _phases(site: Site) -> list[str]:
    migration = site.source.migration()
    return [] if isinstance(migration, Trouble) else list(migration.phases)


def _readable(site: Site, file: Path) -> bool:
    return file.is_file() and not file.is_symlink() and site.source.inside(file)
