"""Evidence: sign-off reports with their digests and approvals, and waivers with the day they expire."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from validation.dashboard.page import Page
from validation.dashboard.reading.evidence import grants, reports
from validation.dashboard.source import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validation.dashboard.site import Site

ADDRESS = re.compile(r"evidence\.html")


def addresses(site: Site) -> Iterator[str]:
    """One."""
    yield "evidence.html"


def make(site: Site, parts: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
    """Reports, digests, approvals and waivers."""
    migration = site.source.migration()
    facts: dict[str, Any] = {"trouble": None, "reports": [], "waivers": [], "phases": []}
    if isinstance(migration, Trouble):
        facts["trouble"] = migration
    else:
        today = dt.datetime.now(dt.UTC).date()
        facts["reports"] = site.keep("reports", lambda: reports(site.source, migration))
        facts["waivers"] = grants(site.source, migration, today)
        known = {report.phase for report in facts["reports"]}
        facts["phases"] = [number for number in migration.phases if number not in known]
    return Page("evidence.html", "evidence", "Evidence", "evidence.html.j2", facts)
