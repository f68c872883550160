"""The folder a conversion is written to: whole or not at all, and never over somebody's edits."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migrate.conversion_record import as_json
from migrate.errors import ChangeoverError, SourceError
from migrate.files import digest_tree
from migrate.results import Conversion

RECORD = "conversion.json"


class Target:
    """`out` of `migrate convert PROJECT --out DIR`."""

    def __init__(self, project: Path, out: Path) -> None:
        self.project, self.out = project, out

    def refuse_impossible(self) -> None:
        """Raise when the target and the source are one in the other, or the target is no folder of ours.

        Raises:
            SourceError: with the remedy.
        """
        source, out = self.project.resolve(), self.out.resolve()
        remedy = "Name a folder beside the project."
        if out == source or source in out.parents:
            raise SourceError("the target lies inside the project to convert", file=self.out, remedy=remedy)
        if out in source.parents:
            raise SourceError("the project to convert lies inside the target", file=self.out, remedy=remedy)
        if out.exists() and not out.is_dir():
            raise SourceError("the target is a file", file=self.out, remedy=remedy)
        if out.is_dir() and any(out.iterdir()) and not (out / RECORD).is_file():
            raise SourceError(
                "the target holds files that no conversion wrote",
                file=self.out,
                remedy="Name an empty folder.",
            )

    def content(self, result: Conversion) -> dict[str, bytes]:
        """Every file of the target with its bytes, the record of the conversion last."""
        files = dict(sorted(result.files.items()))
        record: dict[str, Any] = as_json(result)
        record["source_sha256"] = digest_tree(self.project)
        record["files"] = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        files[RECORD] = (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
        return files

    def changes(self, result: Conversion) -> list[str]:
        """One line for each file that a conversion would add, change or remove."""
        wanted, found = self.content(result), self._present()
        lines = []
        for path in sorted({*wanted, *found}):
            if path not in found:
                lines.append(f"would add {path}")
            elif path not in wanted:
                lines.append(f"would remove {path}")
            elif wanted[path] != (self.out / path).read_bytes():
                lines.append(f"would change {path}")
        return lines

    def difference(self, result: Conversion) -> Iterator[str]:
        """A unified diff between what is there and what would be."""
        wanted, found = self.content(result), self._present()
        for path in sorted({*wanted, *found}):
            old = (self.out / path).read_bytes() if path in found else b""
            new = wanted.get(path, b"")
            if old != new:
                yield from difflib.unified_diff(
                    old.decode("utf-8", "replace").splitlines(keepends=True),
                    new.decode("utf-8", "replace").splitlines(keepends=True),
                    f"a/{path}",
                    f"b/{path}",
                )

    def write(self, result: Conversion, force: bool = False) -> None:
        """Write everything to a folder beside the target, then put it in its place.

        Raises:
            ChangeoverError: files were edited by hand since they were written, and not `force`.
            OSError: the target's parent cannot be written to; the target is then as it was.
        """
        edited = self.edited()
        if edited and not force:
            raise ChangeoverError(
                f"edited since they were converted: {', '.join(edited)}",
                file=self.out,
                remedy="Keep your changes elsewhere, or overwrite them with --force.",
            )
        self.out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=self.out.parent, prefix=f".{self.out.name}."))
        try:
            fresh.chmod(0o755)
            for path, data in self.content(result).items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(data)
                mode = self.project / path
                if mode.is_file() and os.access(mode, os.X_OK):
                    (fresh / path).chmod(0o755)
            self._swap(fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise

    def _swap(self, fresh: Path) -> None:
        if not self.out.exists():
            fresh.rename(self.out)
            return
        old = Path(tempfile.mkdtemp(dir=self.out.parent, prefix=f".{self.out.name}.old."))
        self.out.rename(old / "old")
        try:
            fresh.rename(self.out)
        except OSError:
            (old / "old").rename(self.out)
            raise
        finally:
            shutil.rmtree(old, ignore_errors=True)

    def edited(self) -> list[str]:
        """Files whose bytes are not those that were written, and files that somebody added."""
        record = self._record()
        if not record:
            return []
        found = self._present()
        changed = [
            path
            for path, digest in record.items()
            if path in found and hashlib.sha256((self.out / path).read_bytes()).hexdigest() != digest
        ]
        return sorted([*changed, *(p for p in found if p not in record and p != RECORD)])

    def _record(self) -> dict[str, str]:
        try:
            content = json.loads((self.out / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        files = content.get("files") if isinstance(content, dict) else None
        return files if isinstance(files, dict) else {}

    def _present(self) -> set[str]:
        """Files of the target, products of running it left out."""
        skipped = {"__pycache__", ".ruff_cache", ".mypy_cache", ".pytest_cache", ".prefect"}
        found = set()
        for folder, names, files in os.walk(self.out):
            names[:] = [n for n in names if n not in skipped]
            found |= {
                Path(folder, n).relative_to(self.out).as_posix() for n in files if not n.endswith(".pyc")
            }
        return found
