"""Data Docs that open anywhere: Great Expectations' own pages, without what they fetch from elsewhere.

As they are built, the pages take style, icons and behaviour from five networks, and their logo from a
sixth, with an identifier of the project in its address. Here they get one style sheet inline; scripts,
which do nothing without those networks, are taken out; the start page, which a script would fill, is written.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from migrate import files
from migrate.errors import EvidenceError
from migrate.workspace import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = Path("uncommitted", "data_docs", "local_site")
RESULTS = Path("uncommitted", "validations")
ELSEWHERE = (
    (re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE), ""),
    (re.compile(r"<link\b[^>]*\bhref=[\"']https?:[^>]*>", re.IGNORECASE), ""),
    (re.compile(r"<link\b[^>]*\brel=[\"']shortcut icon[^>]*>", re.IGNORECASE), ""),
    (re.compile(r"<img\b[^>]*\bsrc=[\"']https?:[^>]*>", re.IGNORECASE), "<span>Great Expectations</span>"),
    (re.compile(r"<(footer|iframe)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE), ""),
    (re.compile(r"url\(\s*[\"']?https?:[^)]*\)", re.IGNORECASE), "none"),
    (re.compile(r"@import[^;]*https?:[^;]*;", re.IGNORECASE), ""),
    (re.compile(r"\son\w+=(\"[^\"]*\"|'[^']*')", re.IGNORECASE), ""),
)
"""What a page fetches or runs, and what stands in its place."""


@dataclass(frozen=True)
class Suite:
    """A line of the start page; the pages are relative to it."""

    name: str
    success: bool
    evaluated: int
    failed: int
    results: str
    expectations: str


def offline(folder: Path) -> None:
    """Rewrite the Data Docs below a Great Expectations project so that they fetch nothing.

    Raises:
        EvidenceError: a result cannot be read.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    site = folder / SITE
    environment = Environment(loader=PackageLoader("validation"), autoescape=True, undefined=StrictUndefined)
    style = environment.get_template("data_docs.css").render()
    for page in sorted(site.rglob("*.html")):
        files.write_text(page, _alone(page.read_text(encoding="utf-8"), style))
    index = environment.get_template("data_docs_index.html.j2").render(suites=list(_suites(folder)))
    files.write_text(site / "index.html", index)
    shutil.rmtree(site / "static", ignore_errors=True)  # 5 MB of pictures and fonts that no page shows now


def _alone(page: str, style: str) -> str:
    for pattern, instead in ELSEWHERE:
        page = pattern.sub(instead, page)
    return page.replace("</head>", f"<style>\n{style}\n</style>\n</head>", 1)


def _suites(folder: Path) -> Iterator[Suite]:
    site = folder / SITE
    for file in sorted((folder / RESULTS).rglob("*.json")):
        result = read_json(file)
        page = site / "validations" / file.relative_to(folder / RESULTS).with_suffix(".html")
        try:
            name, sums = result["suite_name"], result["statistics"]
            expectations = site / "expectations" / f"{name}.html"
            yield Suite(
                name,
                bool(result["success"]),
                int(sums["evaluated_expectations"]),
                int(sums["unsuccessful_expectations"]),
                page.relative_to(site).as_posix(),
                expectations.relative_to(site).as_posix() if expectations.is_file() else "",
            )
        except (KeyError, TypeError, ValueError):
            raise EvidenceError("this is no result of Great Expectations", file=file) from None
