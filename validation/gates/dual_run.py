"""Both sides ran, on one input, on today's code, into databases of their own; judged by what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate import files
from validation.evidence import SIDES
from validation.facts import Fact, naming
from validation.input_now import changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence
    from validation.records import Side

GATE = "dual-run"
SHORT = 12


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about the two sides of run.json, and about the files it speaks of."""
    file = evidence.name(evidence.folder / "run.json")
    yield _years(evidence, file)
    for name in SIDES:
        side = evidence.side(name)
        yield _status(name, side, file)
        if side.status == "not_run":
            continue
        for year in evidence.phase.years:
            yield _wrote(name, side, year, evidence.phase.expect_tables, file)
        yield _input(name, side, evidence.run.input.sha256, file)
        yield _code(name, evidence, file)
        yield _database(name, evidence)
    yield _apart(evidence, file)
    yield _input_now(evidence, file)


def _years(evidence: Evidence, file: str) -> Fact:
    missing = [str(y) for y in evidence.phase.years if y not in evidence.run.years]
    return Fact(
        GATE,
        "years",
        f"all years of the phase ({naming(str(y) for y in evidence.phase.years)})",
        naming(str(y) for y in evidence.run.years) or "none",
        float(len(missing)),
        detail=f"not run: {naming(missing)}" if missing else "",
        evidence=file,
    )


def _status(name: str, side: Side, file: str) -> Fact:
    unmeasured = side.status == "not_run"
    return Fact(
        GATE,
        f"{name}: status",
        "succeeded",
        side.status.replace("_", " "),
        None if unmeasured else float(side.status != "succeeded"),
        detail=side.reason or "",
        evidence=file,
    )


def _wrote(name: str, side: Side, year: int, expect: int, file: str) -> Fact:
    """A year counts when its run succeeded and left rows; run status alone is no proof."""
    status = next((y.status for y in side.years if y.year == year), "not run")
    dated = [o.table for o in side.outputs if o.years.get(str(year), 0) > 0]
    filled = len([o for o in side.outputs if o.rows > 0])
    problems = []
    if status != "succeeded":
        problems.append(f"its run {status.replace('_', ' ')}")
    if not dated:
        problems.append("no table holds a row of this year")
    if len(side.outputs) < expect:
        problems.append(f"{len(side.outputs)} tables written, {expect} expected")
    return Fact(
        GATE,
        f"{name}: {year}",
        "the year run and written",
        f"{status.replace('_', ' ')}, {len(dated)} tables with rows of this year, {filled} filled in all",
        float(len(problems)),
        detail="; ".join(problems),
        evidence=file,
        year=year,
    )


def _input(name: str, side: Side, frozen: str, file: str) -> Fact:
    same = bool(frozen) and side.input_sha256 == frozen
    kept = side.input_sha256_after in (None, "", side.input_sha256)
    wrong = [] if same else [f"the {name} side read another input than the one that was frozen"]
    wrong += [] if kept else [f"the {name} side's copy of the input was changed while it ran"]
    return Fact(
        GATE,
        f"{name}: input",
        f"the frozen input {frozen[:SHORT]}",
        f"{(side.input_sha256 or 'none')[:SHORT]}",
        float(len(wrong)),
        detail="; ".join(wrong),
        evidence=file,
    )


def _code(name: str, evidence: Evidence, file: str) -> Fact:
    then, now = evidence.run.code.get(name, ""), evidence.code_sha256(name)
    same = bool(now) and then == now
    return Fact(
        GATE,
        f"{name}: code",
        "the run is of the code as it is now",
        "the same code" if same else "stale evidence",
        float(not same),
        detail="" if same else f"the code of the {name} side has changed since this dual run",
        evidence=file,
    )


def _database(name: str, evidence: Evidence) -> Fact:
    path, then = evidence.database(name), evidence.side(name).database_sha256
    subject, expected = f"{name}: database", "the file as the run left it"
    if path is None or not path.is_file():
        where = evidence.side(name).database or "run.json names none"
        return Fact(GATE, subject, expected, "no file", None, detail=where)
    same = files.digest_file(path) == then
    detail = "" if same else "the file's digest is not the one that the dual run recorded"
    return Fact(
        GATE,
        subject,
        expected,
        "unchanged" if same else "stale evidence",
        float(not same),
        detail=detail,
        evidence=evidence.name(path),
    )


def _apart(evidence: Evidence, file: str) -> Fact:
    """DuckDB writes an identifier of its own into every file: equal bytes mean a copy, not a second run."""
    left, right = (evidence.database(name) for name in SIDES)
    digests = [evidence.side(name).database_sha256 for name in SIDES]
    expected = "two databases, each written by its own side"
    if left is None or right is None or not (left.is_file() and right.is_file()):
        return Fact(GATE, "databases apart", expected, "fewer than two files", None, evidence=file)
    problems = []
    if evidence.same_file:
        problems.append(f"both sides name the same file, {evidence.name(left)}")
    elif digests[0] == digests[1]:
        problems.append("the two files are equal byte for byte: one is a copy of the other")
    return Fact(
        GATE,
        "databases apart",
        expected,
        "two files" if not problems else "the same data twice",
        float(len(problems)),
        detail="; ".join(problems),
        evidence=file,
    )


def _input_now(evidence: Evidence, file: str) -> Fact:
    migration, frozen = evidence.migration, evidence.run.input
    changed = [
        f"{path}: {words}" for path, words in changes(migration.root, migration.input.freeze, frozen).items()
    ]
    if not frozen.files:
        changed.append("the run froze no input at all")
    return Fact(
        GATE,
        "input today",
        "the frozen files as they are now",
        "unchanged" if not changed else "stale evidence",
        float(len(changed)),
        detail=naming(changed),
        evidence=file,
    )
