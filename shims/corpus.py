"""`make corpus`: the rows of `migrate.corpus`, and for each project whether its graph is the target's."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from migrate import corpus
from migrate.reading.source import module_name
from migrate.results import Conversion, ConvertedPart
from shims.graph_check import GraphAnswer, graph_answer


def graphs(project: Path, result: Conversion) -> Iterator[tuple[str, str, bool]]:
    """(code location, what comparing its graph with the target's says, whether that is bad) of a project."""
    with tempfile.TemporaryDirectory(prefix="corpus-") as folder:
        for path, data in result.files.items():
            Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
            Path(folder, path).write_bytes(data)
        for part in result.parts:
            yield from _part(project, Path(folder), part, result.locations)


def _part(
    project: Path, target: Path, part: ConvertedPart, locations: list[dict[str, str]]
) -> Iterator[tuple[str, str, bool]]:
    mine = [where["file"] for where in locations if _within(where["file"], part.base)]
    if len(mine) != 1 or not part.deployments:
        if mine:
            why = (
                "no flow to load it by"
                if len(mine) == 1
                else f"{len(mine)} code locations: only one is compared"
            )
            yield part.base or project.name, why, False
        return
    module, _ = module_name(project, mine[0])
    depth = module.count(".") + (2 if mine[0].endswith("__init__.py") else 1)
    above = PurePosixPath(*PurePosixPath(mine[0]).parts[:-depth])
    entry, _, flow = part.deployments[0].entrypoint.removeprefix(f"{part.base}/").rpartition(":")
    name = entry.removesuffix(".py").replace("/", ".")
    answer = graph_answer(project / above, module, target / part.base, f"{name}:{flow}")
    yield mine[0], _told(answer), (answer.loaded and not answer.equal) or answer.side == "the target"


def _told(answer: GraphAnswer) -> str:
    return "; ".join([answer.text, *answer.differences[:10]])


def _within(file: str, base: str) -> bool:
    return not base or file.startswith(f"{base}/")


if __name__ == "__main__":
    sys.exit(corpus.command(graphs))
