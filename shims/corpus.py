"""`make corpus`: the rows of `migrate.corpus`, whether targets import, and whether graphs are the same."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from migrate import corpus
from migrate.conversion_record import as_json
from migrate.project_settings import packages_told
from migrate.reading.source import module_name
from migrate.results import Conversion, ConvertedPart
from shims.graph_check import GraphAnswer, graph_answer
from shims.target_imports import not_importing


def graphs(project: Path, result: Conversion) -> Iterator[tuple[str, str, bool]]:
    """(code location, what comparing its graph with the target's says, whether that is bad) of a project."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        _write(result, Path(folder))
        for part in result.parts:
            yield from _part(project, Path(folder), part, result)


def imports(project: Path, result: Conversion) -> Iterator[str]:
    """What keeps modules of a project's target from being imported."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        _write(result, Path(folder))
        for part in result.parts:
            yield from not_importing(Path(folder), project, part)


def _write(result: Conversion, folder: Path) -> None:
    for path, data in result.files.items():
        Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
        Path(folder, path).write_bytes(data)


def _part(
    project: Path, target: Path, part: ConvertedPart, result: Conversion
) -> Iterator[tuple[str, str, bool]]:
    told = [where["file"] for where in result.locations if _within(where["file"], part.base)]
    mine = [file for file in told if not stands_for_another(project, file, told)]
    if not mine:
        return
    shown = mine[0] if len(mine) == 1 else f"{part.base or project.name}, {len(mine)} code locations"
    if not part.deployments:
        yield shown, "no flow to load it by", False
        return
    home = PurePosixPath(part.base)
    modules = [imported(project, where, home) for where in mine]
    entry, _, flow = part.deployments[0].entrypoint.removeprefix(f"{part.base}/").rpartition(":")
    name = _module(part, entry)
    answer = graph_answer(
        project,
        modules,
        target,
        f"{name}:{flow}",
        os.environ.get("LEGACY_PYTHON", sys.executable),
        target_python=os.environ.get("TARGET_PYTHON", sys.executable),
        home=part.base,
        constructs=as_json(result)["constructs"],
    )
    yield shown, _told(answer), (answer.loaded and not answer.equal) or answer.side == "the target"


def _module(part: ConvertedPart, entry: str) -> str:
    """What a file of the target is imported as, where its packages are installed or on the path."""
    path = f"{part.base}/{entry}" if part.base else entry
    plain = entry.removesuffix(".py").replace("/", ".")
    return part.modules[path][0] if entry.startswith("src/") and path in part.modules else plain


def imported(project: Path, file: str, home: PurePosixPath) -> tuple[str, str]:
    """The module of a code location's file, and the folder below `home` from which it is imported."""
    told = {str(home / where / name) for name in packages_told(project / home) for where in ("", "src")}
    module, package = module_name(project, file, told)
    depth = module.count(".") + (2 if package else 1)
    above = PurePosixPath(*PurePosixPath(file).parts[:-depth])
    return module, str(above.relative_to(home)) if above.is_relative_to(home) else "."


MAKES_DEFINITIONS = re.compile(
    r"\b(Definitions|definitions|repository|load_\w*defs\w*)\s*\(|@\w*\.?(definitions|repository)\b"
)


def stands_for_another(project: Path, file: str, told: Sequence[str]) -> bool:
    """Whether a package holds no definitions of its own, and a module in it that is told, too, does."""
    folder, _, name = file.rpartition("/")
    inside = [other for other in told if other != file and other.startswith(f"{folder}/")]
    if name != "__init__.py" or not inside:
        return False
    return not MAKES_DEFINITIONS.search((project / file).read_text(encoding="utf-8", errors="replace"))


def _told(answer: GraphAnswer) -> str:
    return "; ".join([answer.text, *answer.differences[:10]])


def _within(file: str, base: str) -> bool:
    return not base or file.startswith(f"{base}/")


if __name__ == "__main__":
    sys.exit(corpus.command(graphs, imports))
