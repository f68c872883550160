"""Files of the target that are no converted code: pyproject.toml, and the support modules it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

SUPPORT = Path(__file__).parent / "support"
WRITTEN_BY = "prefect_support"
KEYED = re.compile(r"""^["']?dagster[\w.-]*["']?\s*=""")
"""A dependency as Poetry writes it: `dagster-k8s = "^0.22"`, or a table."""
ARRAY = re.compile(r"""^\s*["']?([\w-]+)["']?\s*=\s*\[""")
TEXT = re.compile(r""""[^"]*"|'[^']*'""")


def settings(data: bytes) -> bytes:
    """pyproject.toml: Dagster's packages make way for Prefect's, its own section goes."""
    lines, skipping, seen, section, array = [], False, set[str](), "", ""
    for line in data.decode().splitlines(keepends=True):
        if line.startswith("["):
            skipping, section, array = line.startswith(("[tool.dagster", "[tool.dg")), line, ""
        if skipping:
            continue
        began = ARRAY.match(line)
        array = f"{section}{began[1]}" if began else array
        within, array = array, "" if "]" in TEXT.sub("", line) else array
        if "depend" in within and began and not array:
            lines.append(_in_one_line(line, seen))
            continue
        stripped = line.strip().lstrip('"')
        named = "dependencies" in section and bool(KEYED.match(line))
        listed = stripped.startswith("dagster") and line.strip().endswith(('",', '"'))
        if named or (listed and "depend" in within and not KEYED.match(line)):
            if "prefect" in seen:
                continue
            seen.add("prefect")
            wanted = 'prefect = ">=3.4"\n' if named else '"prefect>=3.4",\n'
            lines.append(line[: len(line) - len(line.lstrip())] + wanted)
            continue
        lines.append(line)
    return "".join(lines).replace("(Dagster,", "(Prefect,").encode()


def _in_one_line(line: str, seen: set[str]) -> str:
    """A list of dependencies that stands in one line, with Prefect's package for Dagster's."""
    start, _, rest = line.partition("[")
    inner, _, end = rest.rpartition("]")
    found = TEXT.findall(inner)
    kept = [one for one in found if not one[1:].startswith("dagster")]
    if len(kept) == len(found):
        return line
    if "prefect" not in seen:
        kept.insert(0, '"prefect>=3.4"')
        seen.add("prefect")
    return f"{start}[{', '.join(kept)}]{end}"


def add_support(files: dict[str, bytes], base: str = "", commands: Sequence[str] = ()) -> None:
    """The support modules that converted code imports, those they need, and commands; below `base`."""
    wanted: set[str] = set(commands)
    waiting = [d.decode("utf-8", "replace") for p, d in files.items() if p.endswith(".py")]
    while waiting:
        for name in _imported_support(waiting.pop()):
            if name not in wanted and (SUPPORT / f"{name}.py").is_file():
                wanted.add(name)
                waiting.append((SUPPORT / f"{name}.py").read_text(encoding="utf-8"))
    if wanted:
        files[f"{base}{WRITTEN_BY}/__init__.py"] = b""
    for name in sorted(wanted):
        files[f"{base}{WRITTEN_BY}/{name}.py"] = (SUPPORT / f"{name}.py").read_bytes()


def _imported_support(code: str) -> set[str]:
    return set(re.findall(rf"^ *from (?:{WRITTEN_BY})?\.(\w+) import ", code, re.MULTILINE))
