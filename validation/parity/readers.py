"""How the files of one table are read: nothing is guessed that could hide a difference.

DuckDB's readers guess. They take a CSV's line that starts with # for a remark, a file of many for the
model of all (what another column of the second holds is dropped, its fractions are rounded), a JSON text
for a date or a UUID, `run=1` anywhere in the path for a column, `[1]` in a name for a pattern. Each of
these took two unequal sides for equal, or the other way round; see tests/parity/test_parity_files.py.
https://duckdb.org/docs/stable/data/csv/overview
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from validation.sql import identifier, literal

if TYPE_CHECKING:
    from validation.parity.session import Session
    from validation.parity.sources import DataFile

DELIMITERS = ",;\t|"
DIALECT = (
    "header = true, all_varchar = true, quote = '\"', escape = '\"', comment = '', skip = 0, "
    "allow_quoted_nulls = false"
)
GUESSED = re.compile(r'"(?:[^"]|"")*"|\b(?:DATE|TIME|TIMESTAMP|TIMESTAMP WITH TIME ZONE|UUID)(?=[,)\[]|$)')
"""A quoted name, or a type that DuckDB makes of a text in JSON."""
LONG = r"-?[0-9]{16,}"
"""Whole numbers that a DOUBLE may not hold."""


def query(session: Session, file: DataFile) -> str:
    """The query for the rows of a file, or of many files that are one table.

    Raises:
        duckdb.Error: it cannot be read.
        EvidenceError: a CSV file is empty.
    """
    paths = [_path(p) for p in file.paths]
    if file.suffix == ".parquet":
        return _parts(file, f"read_parquet({_list(paths)}, union_by_name = true{_hive(file)})")
    if file.suffix in {".csv", ".tsv"}:
        return _parts(file, _csv(session, file, paths))
    return _parts(file, _json(session, file, paths))


def _path(path: Path) -> str:
    """A path in which nothing is a pattern."""
    return literal(re.sub(r"([\[*?])", r"[\1]", str(path)))


def _list(paths: Sequence[str]) -> str:
    return f"[{', '.join(paths)}]"


def _hive(file: DataFile) -> str:
    return f", hive_partitioning = {'true' if file.keys else 'false'}"


def _parts(file: DataFile, source: str) -> str:
    """Without what stands above the table's own folder in the path."""
    above = [k for k in _keys(file.paths[0]) if k not in file.keys] if file.keys else []
    without = f" EXCLUDE ({', '.join(identifier(k) for k in above)})" if above else ""
    return f"SELECT *{without} FROM {source}"


def _keys(path: Path) -> list[str]:
    return [part.partition("=")[0] for part in path.parts[:-1] if "=" in part]


def _csv(session: Session, file: DataFile, paths: Sequence[str]) -> str:
    """Files of the same first line are read at once; columns go together by name.

    CSV knows no types: values are text, an empty cell is NULL and "" the empty text.
    """
    alike: dict[str, list[str]] = {}
    for path in paths:
        alike.setdefault(_first_line(session, path), []).append(path)
    parts = []
    for line, same in alike.items():
        if not line:
            raise EvidenceError("has no line with the columns' names", file=file.paths[0])
        delimiter = "\t" if file.suffix == ".tsv" else max(DELIMITERS, key=_unquoted(line).count)
        told = ", ".join(literal(n) for n in _names(line, delimiter))
        names = f", names = [{told}]" if line.count('"') % 2 == 0 else ""  # else a name holds a line's end
        how = f"{DIALECT}, delim = '{delimiter}'{names}{_hive(file)}"
        parts.append(f"SELECT * FROM read_csv({_list(same)}, {how})")
    return f"({' UNION ALL BY NAME '.join(parts)})"


def _first_line(session: Session, path: str) -> str:
    """The line with a file's names; the empty text for an empty file."""
    whole = "auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', comment = ''"
    whole += ", strict_mode = false, parallel = false"
    found = session.rows(f"FROM read_csv({path}, {whole}, columns = {{'line': 'VARCHAR'}}) LIMIT 1")
    return str(found[0][0] or "").removeprefix("\ufeff") if found else ""


def _unquoted(line: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', "", line)


def _names(line: str, delimiter: str) -> list[str]:
    """The names as they stand; the second `a` is `a (2)`."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name in next(csv.reader([line], delimiter=delimiter)):
        seen[name.lower()] += 1
        found.append(name if seen[name.lower()] == 1 else f"{name} ({seen[name.lower()]})")
    return found


def _json(session: Session, file: DataFile, paths: Sequence[str]) -> str:
    """JSON knows no dates and no UUIDs: text stays text, whatever it looks like; and whole numbers that a
    DOUBLE would round keep their digits."""
    every = f"sample_size = -1, maximum_sample_files = {len(paths)}, union_by_name = true{_hive(file)}"
    guessed = f"read_json({_list(paths)}, {every})"
    own = {k.lower() for k in file.keys}
    rows = session.rows(f"DESCRIBE SELECT * FROM {guessed}")
    types = {str(r[0]): _plain(str(r[1])) for r in rows if str(r[0]).lower() not in own}
    for name in _rounded(session, paths, types):
        types[name] = "JSON"
    lower = {n.lower() for n in types}
    renamed = any(n.rpartition("_")[0].lower() in lower and n.rpartition("_")[2].isdigit() for n in types)
    if renamed or list(types) == ["json"]:  # names that differ only in case, or no objects but bare values
        return guessed
    columns = ", ".join(f"{literal(n)}: {literal(t)}" for n, t in types.items())
    return f"read_json({_list(paths)}, columns = {{{columns}}}{_hive(file)})"


def _plain(kind: str) -> str:
    return GUESSED.sub(lambda found: found[0] if found[0].startswith('"') else "VARCHAR", kind)


def _rounded(session: Session, paths: Sequence[str], types: Mapping[str, str]) -> list[str]:
    """The names whose numbers are whole and too long for the DOUBLE that others of them need."""
    doubles = [n for n, t in types.items() if t == "DOUBLE"]
    if not doubles:
        return []
    columns = ", ".join(f"{literal(n)}: 'JSON'" for n in doubles)
    asked = ", ".join(
        f"bool_or(regexp_full_match(CAST({identifier(n)} AS VARCHAR), '{LONG}'))" for n in doubles
    )
    found = session.row(f"SELECT {asked} FROM read_json({_list(paths)}, columns = {{{columns}}})")
    return [name for name, long in zip(doubles, found, strict=True) if long]
