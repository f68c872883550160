"""Where a side's tables come from: one DuckDB file, or a folder of DuckDB, Parquet, CSV and JSON files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrate.errors import EvidenceError

DATABASES = frozenset({".duckdb", ".db", ".ddb", ".sqlite", ".sqlite3"})
SQLITE = b"SQLite format 3"
FILES = frozenset({".parquet", ".csv", ".tsv", ".json", ".jsonl", ".ndjson"})
COMPRESSED = frozenset({".gz", ".zst"})
HIVE = re.compile(r"[^=/]+=[^/]*")


@dataclass(frozen=True)
class DataFile:
    """One database, or one table in files. `name` is the path below the folder without its ending."""

    paths: tuple[Path, ...]
    name: str
    suffix: str
    keys: tuple[str, ...] = ()
    """What its folders say (`year=2026`) from its own folder downwards: columns of it."""
    foreign: bool = False
    """Whether it is a database of another kind than DuckDB's."""

    @property
    def database(self) -> bool:
        """Whether it holds tables of its own."""
        return self.suffix in DATABASES


def find(side: Path) -> list[DataFile]:
    """The data files of a side, by name.

    Raises:
        EvidenceError: it does not exist, is no data file, holds none, or two files share a name.
    """
    if not side.exists():
        matching = tuple(p for p in sorted(_globbed(side)) if p.is_file())
        kinds = {_suffix(p) for p in matching}
        if len(kinds) == 1 and kinds <= FILES:
            return [DataFile(matching, "", kinds.pop(), _below(side, matching))]
        if matching:
            known = ", ".join(sorted(FILES))
            raise EvidenceError("a glob names files of one table", file=side, remedy=f"One of: {known}.")
        raise EvidenceError("there is no such file or folder", file=side)
    if side.is_file():
        suffix = _suffix(side)
        if suffix in FILES:
            return [DataFile((side,), "", suffix)]
        return [DataFile((side,), "", ".duckdb", foreign=_foreign(side))]
    found: dict[str, DataFile] = {}
    for file in _files(side):
        old = found.get(file.name)
        if old is not None and not (old.keys and old.keys == file.keys and old.suffix == file.suffix):
            raise EvidenceError(
                f"two files are both named {file.name}",
                file=file.paths[0],
                remedy="A table's name is its file's name without the ending: keep one of them.",
            )
        paths = (*old.paths, *file.paths) if old else file.paths
        found[file.name] = DataFile(paths, file.name, file.suffix, file.keys)
    if not found:
        known = ", ".join(sorted(DATABASES | FILES))
        raise EvidenceError("this folder holds no data file", file=side, remedy=f"Known endings: {known}.")
    return [found[name] for name in sorted(found)]


def _globbed(pattern: Path) -> Iterator[Path]:
    whole = pattern.absolute()
    yield from Path(whole.anchor).glob(str(whole.relative_to(whole.anchor)))


def _keys(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.partition("=")[0] for part in parts if HIVE.fullmatch(part))


def _below(pattern: Path, matching: Sequence[Path]) -> tuple[str, ...]:
    """The keys that all matching paths have where the pattern is no longer a plain folder."""
    parts = pattern.absolute().parts
    plain = next(n for n, part in enumerate(parts) if re.search(r"[*?[]", part))
    found = {_keys(path.parts[plain:-1]) for path in matching}
    return found.pop() if len(found) == 1 else ()


def distinct(left: Sequence[DataFile], right: Sequence[DataFile]) -> None:
    """Refuse to compare a file with itself, whatever its names.

    Raises:
        EvidenceError: a file of one side is a file of the other.
    """
    seen = {_identity(p): p for file in left for p in file.paths}
    for path in (p for file in right for p in file.paths):
        if _identity(path) in seen:
            raise EvidenceError(
                f"both sides are the same file ({seen[_identity(path)]})",
                file=path,
                remedy="A file always equals itself: give each side the file it wrote.",
            )


def _identity(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_dev, state.st_ino


def unread(side: Path) -> list[str]:
    """The files of a folder, hidden ones apart, whose endings say nothing: no table is made of them."""
    found = _seen(side) if side.is_dir() else ()
    return ["/".join(parts) for path, parts in found if _suffix(path) not in DATABASES | FILES | {".wal"}]


def _seen(side: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for path in sorted(p for p in side.rglob("*") if p.is_file()):
        parts = path.relative_to(side).parts
        if not any(p.startswith((".", "_")) for p in parts):
            yield path, parts


def _files(side: Path) -> Iterator[DataFile]:
    for path, parts in _seen(side):
        suffix = _suffix(path)
        if suffix not in DATABASES | FILES:
            continue
        folders = [i for i, part in enumerate(parts[:-1]) if HIVE.fullmatch(part)]
        if folders and folders[0] and suffix in FILES:
            yield DataFile((path,), "/".join(parts[: folders[0]]), suffix, _keys(parts[folders[0] : -1]))
        else:
            foreign = suffix in DATABASES and _foreign(path)
            stem = parts[-1][: parts[-1].lower().rindex(suffix)]
            yield DataFile((path,), "/".join((*parts[:-1], stem)), suffix, foreign=foreign)


def _suffix(path: Path) -> str:
    endings = [s.lower() for s in path.suffixes]
    if len(endings) > 1 and endings[-1] in COMPRESSED:
        return endings[-2]
    return endings[-1] if endings else ""


def _foreign(path: Path) -> bool:
    """Whether a database is SQLite's; else it must be DuckDB's."""
    try:
        with path.open("rb") as stream:
            magic = stream.read(16)
    except OSError as problem:
        raise EvidenceError(f"cannot be read: {problem.strerror}", file=path) from None
    if magic[8:12] != b"DUCK" and not magic.startswith(SQLITE):
        raise EvidenceError(
            "is not a DuckDB database", file=path, remedy="Give a DuckDB file, or a folder of data files."
        )
    return magic.startswith(SQLITE)
