"""The folder a conversion is written to: whole or not at all, and never over somebody's edits."""

from __future__ import annotations

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
from migrate.merging import merge
from migrate.repeating import ANSWER, GENERATED, RECORD, stamp
from migrate.results import Conversion


class Target:
    """`out` of `migrate convert PROJECT --out DIR`."""

    def __init__(self, project: Path, out: Path) -> None:
        self.project, self.out = project, out
        self.merged: list[str] = []
        self.conflicts: list[str] = []
        self.record: dict[str, Any] = {}
        """What conversion.json says, since `content` was asked."""

    def content(self, result: Conversion) -> dict[str, bytes]:
        """Every file of the target with its bytes, the record of the conversion last."""
        files = dict(sorted(result.files.items()))
        record = self.record = as_json(result)
        record["source_sha256"] = digest_tree(self.project)
        record["files"] = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        self._keep_edits(files)
        files[RECORD] = (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
        return files

    def _keep_edits(self, files: dict[str, bytes]) -> None:
        """Put into the new files what a person changed in the old ones, and keep files that were added."""
        self.merged, self.conflicts = [], []
        record, before = self._record(), self._generated()
        for path in self.edited():
            own = (self.out / path).read_bytes()
            if path not in record:
                files.setdefault(path, own)
            elif path not in files or path not in before:
                self.conflicts.append(path)
            else:
                self._merge(path, before[path], own, files)

    def _merge(self, path: str, before: str, own: bytes, files: dict[str, bytes]) -> None:
        try:
            found = merge(before, own.decode(), files[path].decode())
        except UnicodeDecodeError:
            self.conflicts.append(path)
            return
        if isinstance(found, str):
            self.merged.append(path)
            files[path] = found.encode()
            return
        places = ", ".join(
            f"line {c.edited} as edited and line {c.generated} as generated now" for c in found
        )
        self.conflicts.append(f"{path} ({places})")

    def _generated(self) -> dict[str, str]:
        try:
            content = json.loads((self.out / GENERATED).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

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
        import difflib  # asked for seldom

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

    def write(self, result: Conversion, force: bool = False, made_of: str = "") -> None:
        """Write everything to a folder beside the target, then put it in its place.

        `made_of` is a digest of all that went into the result; the next conversion asks for it.

        Raises:
            ChangeoverError: files were edited by hand where the conversion changes too, and not `force`.
            SourceError: the target's parent cannot be written to; the target is then as it was.
        """
        files = self.content(result)
        if force:
            self.merged = []
            files.update(result.files)
        elif self.conflicts:
            places = "; ".join(self.conflicts)
            raise ChangeoverError(
                f"edited since they were converted, where the conversion changes too: {places}",
                file=self.out,
                remedy="Keep your changes elsewhere, or overwrite them with --force.",
            )
        fresh = self._beside()
        try:
            fresh.chmod(0o755)
            own = not self.merged and files.keys() == {*result.files, RECORD}
            files[GENERATED] = _texts(result.files)
            files.update({ANSWER: stamp(made_of, files)} if made_of and own else {})
            for folder in {os.path.dirname(path) for path in files}:  # noqa: PTH120 - a text is all there is
                (fresh / folder).mkdir(parents=True, exist_ok=True)
            for path, data in files.items():
                with open(f"{fresh}/{path}", "wb") as stream:  # noqa: PTH123 - thousands of them
                    stream.write(data)
                mode = f"{self.project}/{path}"
                if os.access(mode, os.X_OK) and os.path.isfile(mode):  # noqa: PTH113
                    (fresh / path).chmod(0o755)
            self._swap(fresh)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise

    def _beside(self) -> Path:
        """A new folder on the target's file system."""
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(dir=self.out.parent, prefix=f".{self.out.name}."))
        except OSError as problem:
            raise SourceError(
                f"the target cannot be written: {problem.strerror}",
                file=self.out,
                remedy="Name a folder in one that you may write to; nothing has changed.",
            ) from None

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
        skipped = {".changeover", "__pycache__", ".ruff_cache", ".mypy_cache", ".pytest_cache", ".prefect"}
        found = set()
        for folder, names, files in os.walk(self.out):
            names[:] = [n for n in names if n not in skipped]
            found |= {
                Path(folder, n).relative_to(self.out).as_posix() for n in files if not n.endswith(".pyc")
            }
        return found


def _texts(files: dict[str, bytes]) -> bytes:
    """The generated files as texts; what is no text cannot be merged and is left out."""
    found = {}
    for path, data in sorted(files.items()):
        try:
            found[path] = data.decode()
        except UnicodeDecodeError:
            continue
    return (json.dumps(found, ensure_ascii=False) + "\n").encode()
