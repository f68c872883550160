"""The upstream partitions that a task reads, as its code spells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migrate.reading.units import Unit
from migrate.reading.values import Called, known
from migrate.rewriting.layout import quoted
from migrate.rewriting.references import partitions_variable
from migrate.rewriting.stored_at import MULTI, WINDOWS

if TYPE_CHECKING:
    from migrate.rewriting.work import Work

MAPS = "prefect_support.partition_maps"


@dataclass(frozen=True)
class Upstream:
    """An expression of one key, or of several; or `problem`, why there is none."""

    text: str = ""
    several: bool = False
    problem: str = ""


@dataclass(frozen=True)
class _Ends:
    """Both partitionings, and how they are spelled."""

    work: Work
    own: Any
    upstream: Any

    @property
    def same(self) -> bool:
        return repr(self.own) == repr(self.upstream)

    @property
    def windows(self) -> bool:
        return all(_short(p).startswith(WINDOWS) for p in (self.own, self.upstream))

    def variable(self, partitions: Any) -> str:
        return partitions_variable(self.work, partitions) if isinstance(partitions, Called) else ""

    def need(self, name: str) -> str:
        return self.work.need(MAPS, name)


def upstream_keys(work: Work, unit: Unit, partitions: Any, mapping: Any) -> Upstream:
    """The keys of an upstream asset with these partitions that one run of the unit reads."""
    ends = _Ends(work, unit.partitions, partitions)
    if isinstance(mapping, Called):
        return _named(ends, mapping)
    if mapping is not None:
        return Upstream(problem="a partition mapping that reading cannot tell")
    if ends.own is None:
        return _every(ends)
    if ends.same or not isinstance(ends.own, Called) or not isinstance(partitions, Called):
        return Upstream("partition_key")
    if ends.windows:
        return _overlapping(ends)
    if MULTI in (_short(ends.own), _short(partitions)):
        return _dimension(ends, "")
    return Upstream("partition_key")


def _named(ends: _Ends, mapping: Called) -> Upstream:
    name = mapping.short
    if name == "IdentityPartitionMapping":
        return Upstream("partition_key")
    if name == "AllPartitionMapping":
        return _every(ends)
    if name == "LastPartitionMapping":
        return _of(ends, "{0}.latest()")
    if name == "SpecificPartitionsPartitionMapping":
        keys = mapping.get("partition_keys", 0)
        if isinstance(keys, list | tuple) and keys and known(keys):
            told = [quoted(str(key)) for key in keys]
            return Upstream(told[0] if len(told) == 1 else f"[{', '.join(told)}]", len(told) > 1)
    if name == "StaticPartitionMapping":
        return _static(mapping.get("downstream_partition_keys_by_upstream_partition_key", 0))
    if name == "TimeWindowPartitionMapping":
        return _shifted(ends, mapping)
    if name == "MultiToSingleDimensionPartitionMapping":
        dimension = mapping.get("partition_dimension_name", 0)
        return _dimension(ends, dimension if isinstance(dimension, str) else "")
    return Upstream(problem=f"the partition mapping {name}")


def _of(ends: _Ends, text: str, several: bool = False) -> Upstream:
    variable = ends.variable(ends.upstream)
    if not variable:
        return Upstream(problem="upstream partitions that no variable of a module holds")
    return Upstream(text.format(variable, ends.variable(ends.own)), several)


def _every(ends: _Ends) -> Upstream:
    return _of(ends, f"{ends.need('all_of')}({{0}})", True)


def _overlapping(ends: _Ends) -> Upstream:
    if not ends.variable(ends.own):
        return Upstream(problem="partitions that no variable of a module holds")
    return _of(ends, f"{ends.need('overlapping')}({{0}}, {{1}}, partition_key)", True)


def _shifted(ends: _Ends, mapping: Called) -> Upstream:
    start, end = mapping.get("start_offset", 0, 0), mapping.get("end_offset", 1, 0)
    if start == end == 0 and ends.same:
        return Upstream("partition_key")
    if start == end == 0 and ends.windows:
        return _overlapping(ends)
    if isinstance(start, int) and isinstance(end, int) and ends.same and start <= end:
        shift = ends.need("shifted")
        if start == end:
            return _of(ends, f"{shift}({{0}}, partition_key, {start})")
        return _of(ends, f"[{shift}({{0}}, partition_key, by) for by in range({start}, {end + 1})]", True)
    return Upstream(problem="a shift between partitions of different length")


def _static(given: Any) -> Upstream:
    if not isinstance(given, dict) or not known(given):
        return Upstream(problem="a partition mapping that reading cannot tell")
    found: dict[str, list[str]] = {}
    for upstream, downstream in given.items():
        for key in [downstream] if isinstance(downstream, str) else list(downstream):
            found.setdefault(str(key), []).append(str(upstream))
    several = any(len(keys) != 1 for keys in found.values())
    values = {k: [quoted(v) for v in keys] for k, keys in found.items()}
    items = [f"{quoted(k)}: " + (f"[{', '.join(v)}]" if several else v[0]) for k, v in values.items()]
    return Upstream(f"{{{', '.join(items)}}}[partition_key]", several)


def _dimension(ends: _Ends, named: str) -> Upstream:
    """Between keys of several dimensions and those of one of them."""
    of_own = _short(ends.own) == MULTI
    whole, part = (ends.own, ends.upstream) if of_own else (ends.upstream, ends.own)
    dimensions = whole.get("partitions_defs", 0) if isinstance(whole, Called) else None
    fits = [
        name
        for name, each in (dimensions.items() if isinstance(dimensions, dict) else ())
        if repr(each) == repr(part) and named in ("", name)
    ]
    if len(fits) != 1 or _short(part) == MULTI:
        return Upstream(problem="partitions of several dimensions")
    if not of_own:
        return _of(ends, f"{ends.need('with_part')}({{0}}, {quoted(fits[0])}, partition_key)", True)
    own = ends.variable(ends.own)
    if not own:
        return Upstream(problem="partitions that no variable of a module holds")
    return Upstream(f"{own}.parts(partition_key)[{quoted(fits[0])}]")


def _short(partitions: Any) -> str:
    return partitions.short if isinstance(partitions, Called) else ""
