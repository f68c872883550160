"""Settings that the measured noise earns, as TOML, and how they come into migration.toml."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from migrate.config import Ignore, Migration, Tolerance
from migrate.errors import ConfigError
from migrate.files import write_text

if TYPE_CHECKING:
    from migrate.config import Outputs
    from validation.calibration.noise import Noise

HEADER = re.compile(r"^\s*\[")
OUTPUTS = re.compile(r"^\s*(\[\[outputs\.\w+\]\]|\[outputs\])\s*(#.*)?$")


def proposed(found: Sequence[Noise], outputs: Outputs, where: str) -> list[Ignore | Tolerance]:
    """One setting a noisy column that none of `outputs` covers yet.

    Args:
        found: the noisy columns.
        outputs: the settings there are.
        where: what was measured, in words; the reason begins with it.
    """
    return [_setting(noise, where) for noise in found if not covered(noise, outputs)]


def covered(noise: Noise, outputs: Outputs) -> bool:
    """Whether a setting of `outputs` lets this column differ by that much already."""

    def names(setting: Ignore | Tolerance) -> bool:
        return fnmatchcase(noise.table, setting.table) and fnmatchcase(noise.column, setting.column)

    if any(names(ignore) for ignore in outputs.ignore):
        return True
    absolute, relative = noise.max_absolute or 0.0, noise.max_relative or 0.0
    return noise.kind == "float" and any(
        names(t) and (relative <= t.relative or absolute <= t.absolute) for t in outputs.tolerance
    )


def _setting(noise: Noise, where: str) -> Ignore | Tolerance:
    reason = f"{where}: {noise.measured}"
    if noise.kind != "float":
        return Ignore(table=noise.table, column=noise.column, reason=reason)
    absolute, relative = noise.max_absolute or 0.0, noise.max_relative or 0.0
    if relative <= 1e-6:
        return Tolerance(table=noise.table, column=noise.column, relative=_above(relative), reason=reason)
    return Tolerance(table=noise.table, column=noise.column, absolute=_above(absolute), reason=reason)


def _above(measured: float) -> float:
    """The next power of ten: what was measured twice is not the most there will ever be."""
    return float(f"1e{math.floor(math.log10(measured)) + 1}") if measured > 0 else 0.0


def with_proposals(outputs: Outputs, settings: Sequence[Ignore | Tolerance]) -> Outputs:
    """The settings and the proposals together."""
    ignore = [s for s in settings if isinstance(s, Ignore)]
    tolerance = [s for s in settings if isinstance(s, Tolerance)]
    return outputs.model_copy(
        update={"ignore": (*outputs.ignore, *ignore), "tolerance": (*outputs.tolerance, *tolerance)}
    )


def as_toml(settings: Sequence[Ignore | Tolerance]) -> str:
    """The settings as they stand in migration.toml."""
    blocks = []
    for setting in settings:
        name = "ignore" if isinstance(setting, Ignore) else "tolerance"
        lines = [
            f"[[outputs.{name}]]",
            f"table = {_text(setting.table)}",
            f"column = {_text(setting.column)}",
        ]
        if isinstance(setting, Tolerance):
            lines += [f"{k} = {v!r}" for k in ("absolute", "relative") if (v := getattr(setting, k))]
        blocks.append("\n".join([*lines, f"reason = {_text(setting.reason)}"]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a TOML basic string escapes what JSON escapes


def write(file: Path, settings: Sequence[Ignore | Tolerance]) -> None:
    """Put the settings after the last `[[outputs.…]]` of migration.toml; every other byte stays as it is.

    Raises:
        ConfigError: the file cannot take them so (an inline `ignore = [...]`); it is then as it was.
    """
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    heads = [n for n, line in enumerate(lines) if OUTPUTS.match(line)]
    end = (
        next((n for n in range(heads[-1] + 1, len(lines)) if HEADER.match(lines[n])), len(lines))
        if heads
        else len(lines)
    )
    while end > 0 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1  # blank lines and comments before a header belong to it
    before, after = "".join(lines[:end]).rstrip("\n"), "".join(lines[end:]).lstrip("\n")
    text = f"{before}\n\n{as_toml(settings)}" + (f"\n{after}" if after else "")
    try:
        Migration.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as problem:
        raise ConfigError(
            f"the proposals cannot be written into it: {problem}",
            file=file,
            remedy="Write `ignore` and `tolerance` as [[outputs.ignore]] and [[outputs.tolerance]] tables.",
        ) from None
    write_text(file, text)
