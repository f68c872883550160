"""Pages to HTML: one environment, everything escaped, every link relative: it works from a file too."""

from __future__ import annotations

import datetime as dt
import functools
import posixpath
import re
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from validation.dashboard.names import piece
from validation.dashboard.reading.values import moment
from validation.dashboard.source import Trouble

if TYPE_CHECKING:
    from validation.dashboard.page import Page
    from validation.dashboard.site import Site

SECTIONS = (
    ("board", "Board", "index.html"),
    ("lineage", "Lineage", "lineage.html"),
    ("parity", "Parity", "parity.html"),
    ("runs", "Runs", "runs.html"),
    ("checks", "Checks", "checks.html"),
    ("evidence", "Evidence", "evidence.html"),
    ("bench", "Bench", "bench.html"),
)
GOOD = frozenset(
    {"green", "succeeded", "passed", "equal", "intact", "approved", "same", "in force", "complete"}
)
BAD = frozenset(
    {"red", "failed", "crashed", "timed_out", "out_of_memory", "different", "differs", "tampered", "rejected"}
    | {"schema", "missing", "error", "expired", "unreadable"}
)
MIXED = frozenset(
    {"stale", "undecided", "no run", "cannot_say", "not_run", "stopped", "open", "partly approved", "missed"}
    | {"expires soon", "one side only", "skipped", "not flipped", "not run", "unknown"}
)
GLYPHS = {"good": "✓", "bad": "✗", "mixed": "⚠", "going": "◐", "none": "·"}
BRIEF = 170
POLICY = (
    "default-src 'none'; script-src 'self'{file}; style-src 'self'{file}; img-src 'self' data:{file}; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def policy(*, static: bool) -> str:
    """The Content-Security-Policy: only files of the site itself; `file:` where it lies on a disk."""
    return POLICY.format(file=" file:" if static else "")


@functools.cache
def environment() -> Environment:
    """The templates; a name that a page forgot is an error, not an empty text."""
    made = Environment(
        loader=PackageLoader("validation.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = {"tone": tone, "glyph": glyph, "count": count, "seconds": seconds, "when": when, "size": size}
    made.filters |= {
        **filters,
        "ratio": ratio,
        "span": span,
        "piece": piece,
        "words": words,
        "brief": brief,
        "soft": soft,
    }
    return made


def html(site: Site, page: Page) -> str:
    """The whole page."""
    depth = page.address.count("/")
    migration = site.source.migration()
    return (
        environment()
        .get_template(page.template)
        .render(
            page=page,
            sections=SECTIONS,
            project=site.source.root.name if isinstance(migration, Trouble) else migration.name,
            root="../" * depth,
            to=lambda address: relative(address, page.address),
            static=site.static,
            policy=policy(static=True) if site.static else "",
            digest=page.state,
            made=dt.datetime.now(dt.UTC),
            **page.facts,
        )
    )


def relative(address: str, page: str) -> str:
    """An address as seen from a page: works on a server and from a folder alike."""
    path, mark, rest = address.partition("#")
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + mark + rest


def tone(word: str) -> str:
    """Which of the four tones a state is shown in: good, bad, mixed, going; none for other words."""
    for name, states in (("good", GOOD), ("bad", BAD), ("mixed", MIXED)):
        if word in states:
            return name
    return "going" if word == "running" else "none"


def glyph(word: str) -> str:
    """The sign beside a state, so that colour is never all there is."""
    return GLYPHS[tone(word)]


def words(state: str) -> str:
    """A state as people say it."""
    return state.replace("_", " ")


def count(value: float | None) -> str:
    """A whole number with thousands apart; a dash for none."""
    return "–" if value is None else f"{value:,.0f}"


def seconds(value: float | None) -> str:
    """Seconds with the precision that they deserve."""
    if value is None:
        return "–"
    return f"{value:,.0f} s" if value >= 100 else f"{value:.1f} s" if value >= 1 else f"{value:.2f} s"


def ratio(value: float | None) -> str:
    """A ratio; a dash for none."""
    return "–" if value is None else f"{value:.2f}"


def size(value: float | None) -> str:
    """Bytes in units of 1,000."""
    if value is None:
        return "–"
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:,.0f} {unit}"
        value /= 1000
    return f"{value:,.1f} GB"


def when(value: object) -> str:
    """A moment to the minute, UTC."""
    found = value if isinstance(value, dt.datetime) else moment(value)
    return found.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M") if found else "–"


def span(years: tuple[int, ...]) -> str:
    """Years in short: 2025–2030 where none is left out."""
    if not years:
        return "–"
    if len(years) > 1 and list(years) == list(range(years[0], years[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))


def brief(text: str) -> Markup:
    """A reason in at most some 170 characters, its commands set as code."""
    line = " ".join(text.split())
    parts = (line if len(line) <= BRIEF else f"{line[: BRIEF - 1]}…").split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 and number < len(parts) - 1 else escape(part)
        for number, part in enumerate(parts)
    )


def soft(name: str) -> Markup:
    """A name that may be broken after an underscore, a dot or a slash, and need not be broken elsewhere."""
    return Markup("<wbr>").join(re.split(r"(?<=[_./])(?=\w)", name))
