"""A few differing rows side by side, and all of them as Parquet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validation.parity.pairing import JOINED, unequal
from validation.parity.report import Allowed, Sample, label
from validation.sql import any_of, identifier, literal

if TYPE_CHECKING:
    from validation.parity.fingerprint import Plan
    from validation.parity.pairing import Counts
    from validation.parity.session import Session

WIDTH = 120
"""Characters of a value that are shown."""
FETCHED = 4_000
"""Characters of a value that are looked at to find the difference."""
KEY_COLUMNS = 6
SHOWN_COLUMNS = 40

Texts = dict[str, str | None]


def samples(
    session: Session, plan: Plan, allowed: Sequence[Allowed], key: Sequence[int], limit: int, counts: Counts
) -> tuple[Sample, ...]:
    """Up to `limit` pairs and up to `limit` rows of each side, in the order of year and key."""
    apart = [i for i, c in enumerate(plan.columns) if c.name in {f.name for f in counts.columns}]
    found = _pairs(session, plan, allowed, (key[:KEY_COLUMNS], apart), limit) if apart else []
    for side, rows in (("left", counts.only_left), ("right", counts.only_right)):
        if rows:
            found += _alone(session, plan, key[:KEY_COLUMNS], side, limit)
    return tuple(found)


def _pairs(
    session: Session,
    plan: Plan,
    allowed: Sequence[Allowed],
    columns: tuple[Sequence[int], Sequence[int]],
    limit: int,
) -> list[Sample]:
    """Pairs by their key, with the columns that differ somewhere (`columns`: both)."""
    key, apart = columns
    flags = unequal(plan, allowed)
    order = ", ".join(["l.y", *(f"l.c{i}" for i in key), "p.l", "p.r"])
    wanted = ["l.y", *(_text(f"l.c{i}") for i in key)]
    for i in apart:
        wanted += [flags[i], _text(f"l.c{i}"), _text(f"r.c{i}")]
    # The few rows are chosen first: turning all of them to text would cost more than the comparison.
    some = any_of(flags[i] for i in apart)
    session.keep("shown", f"SELECT p.l, p.r FROM {JOINED} WHERE {some} ORDER BY {order} LIMIT {limit}")
    chosen = JOINED.replace("pairs", "shown", 1)
    rows = session.rows(f"SELECT {', '.join(wanted)} FROM {chosen} ORDER BY {order}")
    return [_pair(plan, key, apart, row) for row in rows]


def _pair(plan: Plan, key: Sequence[int], apart: Sequence[int], row: tuple[Any, ...]) -> Sample:
    left: Texts = {}
    right: Texts = {}
    names = {plan.columns[i].name: _short(text) for i, text in zip(key, row[1:], strict=False)}
    cells = row[1 + len(key) :]
    for n, i in enumerate(apart):
        flag, one, two = cells[3 * n : 3 * n + 3]
        if flag and len(left) < SHOWN_COLUMNS:
            left[plan.columns[i].name], right[plan.columns[i].name] = cut(one, two)
    return Sample("changed", label(row[0]), names, left, right)


def _alone(session: Session, plan: Plan, key: Sequence[int], side: str, limit: int) -> list[Sample]:
    shown = range(len(plan.columns))[:SHOWN_COLUMNS]
    wanted = ", ".join(["y", *(_text(f"c{i}") for i in (*key, *shown))])
    order = ", ".join(["y", *(f"c{i}" for i in (*key, *shown))])
    unpaired = f"{side}_rows WHERE rowid NOT IN (SELECT {side[0]} FROM pairs)"
    chosen = f"SELECT * FROM {unpaired} ORDER BY {order} LIMIT {limit}"
    rows = session.rows(f"SELECT {wanted} FROM ({chosen}) ORDER BY {order}")
    found = []
    for year, *texts in rows:
        names = {plan.columns[i].name: _short(t) for i, t in zip(key, texts, strict=False)}
        values = {plan.columns[i].name: _short(t) for i, t in zip(shown, texts[len(key) :], strict=True)}
        if side == "left":
            found.append(Sample("only_left", label(year), names, values, None))
        else:
            found.append(Sample("only_right", label(year), names, None, values))
    return found


def _text(source: str) -> str:
    return f"left(CAST({source} AS VARCHAR), {FETCHED})"


def _short(text: str | None) -> str | None:
    return cut(text, None)[0]


def cut(left: str | None, right: str | None) -> tuple[str | None, str | None]:
    """Shorten two texts to `WIDTH` characters around the first place where they differ."""
    start = 0
    if left is not None and right is not None and max(len(left), len(right)) > WIDTH:
        same = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), None)
        start = max(0, (min(len(left), len(right)) if same is None else same) - WIDTH // 3)

    def part(text: str | None) -> str | None:
        if text is None or (len(text) <= WIDTH and not start):
            return text
        end = "…" if len(text) > start + WIDTH else ""
        return f"{'…' if start else ''}{text[start : start + WIDTH]}{end}"

    return part(left), part(right)


def export(session: Session, plan: Plan, name: str, folder: Path, kind: str = "parquet") -> Path:
    """Write every left-over row of both sides to `<folder>/<table>.<kind>`, whole or not at all.

    The columns `parity_side` (left, right) and `parity_kind` (changed, only_left, only_right) go before the
    compared ones; a changed row is there twice. `kind` is parquet or csv: there, values are text, NULL is an
    empty cell and the empty text `""`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (re.sub(r"[^\w.-]+", "_", name) + f".{kind}")
    halves = []
    for side in ("left", "right"):
        change = f"CASE WHEN rowid IN (SELECT {side[0]} FROM pairs) THEN 'changed' ELSE 'only_{side}' END"
        columns = ", ".join(f"c{i} AS {identifier(c.name)}" for i, c in enumerate(plan.columns))
        halves.append(f"SELECT '{side}' AS parity_side, {change} AS parity_kind, {columns} FROM {side}_rows")
    part = target.with_name(f".{target.name}.part")
    try:
        session.run(f"COPY ({' UNION ALL '.join(halves)}) TO {literal(str(part))} (FORMAT {kind})")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
