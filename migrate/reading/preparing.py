"""What is done to a module before anything is read of it: older spellings, partitions, `@definitions`."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from migrate.reading.dissolving import dissolved
from migrate.reading.given_functions import with_functions
from migrate.reading.hoisting import hoisted
from migrate.reading.lines import lines_of
from migrate.reading.named_jobs import with_named_jobs
from migrate.reading.older import modernised
from migrate.reading.own_definitions import with_own_definitions
from migrate.reading.partitioned_configs import with_variables
from migrate.reading.warning_filters import without_warning_filters


def prepared(
    whole: cst.Module, module: str, package: bool, given: Mapping[int, int]
) -> tuple[cst.Module, dict[int, int], tuple[cst.FunctionDef, ...]]:
    """The module as it is read, the line of each node where it is known, and `@definitions` laid out.

    `given` are lines that are known already.
    """
    quiet = without_warning_filters(whole, module, package)
    given = given if quiet is whole else dict(given) or lines_of(whole)
    newer, lines = modernised(quiet, module, package, lambda: dict(given) or lines_of(quiet))
    lines = lines or dict(given)
    told, more = with_variables(newer, module, package, lambda: dict(lines) or lines_of(newer))
    lines = more or lines
    ticking, more = with_functions(told, module, package, lambda: dict(lines) or lines_of(told))
    lines = more or lines
    named, more = hoisted(ticking, module, package, lambda: dict(lines) or lines_of(ticking))
    lines = more or lines
    owned, more = with_own_definitions(named, module, package, lambda: dict(lines) or lines_of(named))
    lines = more or lines
    apart, more = with_named_jobs(owned, module, package, lambda: dict(lines) or lines_of(owned))
    lines = more or lines
    tree, gone = dissolved(apart, module, package)
    return tree, (lines or lines_of(apart)) if gone else lines, gone
