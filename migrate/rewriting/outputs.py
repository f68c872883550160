"""What a function hands over: `Output`, `MaterializeResult` and plain values, at the edge of a task."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.units import LOADERS, Out, Unit
from migrate.reading.walking import look
from migrate.rewriting import held
from migrate.rewriting.dbt_calls import streamed
from migrate.rewriting.dynamic_helpers import handed_on
from migrate.rewriting.dynamic_lists import dynamic_values, makes_list, plain
from migrate.rewriting.keys import any_key
from migrate.rewriting.layout import Group, lay
from migrate.rewriting.named_outputs import Named, each_of, known, named
from migrate.rewriting.told_storage import told_of_output
from migrate.rewriting.work import Frame, Work, led, statements
from migrate.rewriting.yields import (
    CHECKED,
    EVENTS,
    RESULTS,
    looped,
    path_of,
    path_of_all,
    reports,
    with_value,
)

BARE = cst.SimpleStatementLine([])


def rewrite(
    work: Work, frame: Frame, original: cst.SimpleStatementLine, updated: cst.SimpleStatementLine
) -> list[cst.BaseStatement] | None:
    """The statements that take the place of one that returns or yields; None leaves it alone."""
    small, fresh = original.body[-1], updated.body[-1]
    unit = frame.unit
    if unit is None or unit.does == "check":
        return None
    if isinstance(small, cst.Assign) and isinstance(fresh, cst.Assign) and _only_told(work, frame, small):
        return led([cst.SimpleStatementLine([cst.Expr(fresh.value)])], updated.leading_lines)
    if makes_list(frame, small) and dynamic_values(work, original):
        return [plain(work, updated)]
    kept = held.assigned(work, frame, original, updated)
    if kept:
        name, path, call = kept
        _, value, told = _parts(work, frame, path, call)
        told += [f"{name} = {value}"] if value else []
        return led(statements("\n".join(told) + "\n"), updated.leading_lines)
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.Yield) and isinstance(fresh, cst.Expr):
        given = fresh.value
        assert isinstance(given, cst.Yield)
        if _in_nested(work, frame, small.value):
            return None
        return _yielded(work, frame, small.value, given, updated)
    if isinstance(small, cst.Return) and isinstance(fresh, cst.Return) and small.value and fresh.value:
        if _in_nested(work, frame, small):
            return None
        lines = _returned(work, frame, small.value, fresh.value)
        return None if lines is None else led(statements("\n".join(lines) + "\n"), updated.leading_lines)
    return None


def _only_told(work: Work, frame: Frame, small: cst.Assign) -> bool:
    """Whether what is kept is an event that is yielded and asked for nothing else."""
    if not isinstance(small.value, cst.Call) or path_of(work, frame, small.value) not in EVENTS:
        return False
    return held.only_handed_over(frame.function, dotted(small.targets[0].target))


def _in_nested(work: Work, frame: Frame, small: cst.CSTNode) -> bool:
    finder = _Owns(small)
    look(frame.function.body, finder)
    return not finder.found


class _Owns(cst.CSTVisitor):
    def __init__(self, wanted: cst.CSTNode) -> None:
        super().__init__()
        self._wanted, self.found = wanted, False

    def visit_Yield(self, node: cst.Yield) -> None:
        self.found = self.found or node is self._wanted

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Return(self, node: cst.Return) -> None:
        self.found = self.found or node is self._wanted


def _yielded(
    work: Work, frame: Frame, original: cst.Yield, given: cst.Yield, updated: cst.SimpleStatementLine
) -> list[cst.BaseStatement] | None:
    unit = frame.unit
    assert unit
    item = given.value.item if isinstance(given.value, cst.From) else given.value
    before = original.value.item if isinstance(original.value, cst.From) else original.value
    if item is not None and id(before) in handed_on(work).items:
        line = _gathered(unit, known(work, frame, unit.outs[0]), work.text(item), item is not given.value)
        return led(statements(f"{line}\n"), updated.leading_lines)
    if unit.does == "dbt" and isinstance(given.value, cst.From):
        lines = streamed(work, frame, original, given.value.item)
        return led(statements("\n".join(lines) + "\n"), updated.leading_lines) if lines else []
    if isinstance(given.value, cst.From) and unit.construct.kind in LOADERS:  # what loads has run by then
        return led(statements(f"{work.text(given.value.item)}\n"), updated.leading_lines)
    if isinstance(original.value, cst.From) and isinstance(given.value, cst.From):
        return _from(work, frame, original.value.item, given.value.item, updated)
    if original.value is None or isinstance(original.value, cst.From):
        work.unsupported(original, "a yield of nothing", "Take it out: Dagster fails there.")
        return None
    path = path_of(work, frame, original.value)
    if path in EVENTS and given.value is not None:
        if isinstance(original.value, cst.Name) and held.only_handed_over(
            frame.function, original.value.value
        ):
            return []
        return led(statements(f"{work.text(given.value)}\n"), updated.leading_lines)
    if path == CHECKED and unit.checks and given.value is not None:
        return led(statements(f"results.append({work.text(given.value)})\n"), updated.leading_lines)
    told = given.value
    if told is not None and not isinstance(told, cst.From):
        path, told = held.handed(work, frame, original.value, told)
    if path not in RESULTS or not isinstance(told, cst.Call):
        work.unsupported(
            original, f"a yield of {path or 'something that is no Output'}", "Return it instead."
        )
        return None
    chosen, handed, lines = _parts(work, frame, path, told)
    if chosen and handed and chosen.out.value:
        spelled = stored(work, frame, chosen, handed)
        lines.insert(0, spelled if chosen.out.store else _gathered(unit, chosen, spelled))
    return led(statements("\n".join(lines) + "\n"), updated.leading_lines) if lines else []


def _from(
    work: Work,
    frame: Frame,
    original: cst.BaseExpression,
    fresh: cst.BaseExpression,
    updated: cst.SimpleStatementLine,
) -> list[cst.BaseStatement] | None:
    """`yield from` a display, a comprehension, or a generator of the project."""
    if isinstance(original, cst.List | cst.Tuple) and isinstance(fresh, cst.List | cst.Tuple):
        made: list[cst.BaseStatement] = []
        for before, after in zip(original.elements, fresh.elements, strict=True):
            one = _yielded(work, frame, cst.Yield(before.value), cst.Yield(after.value), BARE)
            made += one or []
        return led(made, updated.leading_lines)
    if isinstance(original, cst.ListComp | cst.GeneratorExp) and isinstance(
        fresh, cst.ListComp | cst.GeneratorExp
    ):
        inside = _yielded(work, frame, cst.Yield(original.elt), cst.Yield(fresh.elt), BARE)
        return led(looped(fresh.for_in, inside or []), updated.leading_lines)
    path = path_of_all(work, frame, original)
    if path == CHECKED and frame.unit and frame.unit.checks:
        return led(statements(f"results += {work.text(fresh)}\n"), updated.leading_lines)
    if path in EVENTS:
        return led(statements(f"for _ in {work.text(fresh)}:\n    pass\n"), updated.leading_lines)
    work.unsupported(original, "yield from another generator", "Yield its outputs one by one.")
    return None


def _returned(
    work: Work, frame: Frame, original: cst.BaseExpression, fresh: cst.BaseExpression
) -> list[str] | None:
    unit = frame.unit
    assert unit
    valued = with_value(unit)
    path, fresh = held.handed(work, frame, original, fresh)
    if path in RESULTS and isinstance(fresh, cst.Call):
        chosen, value, lines = _parts(work, frame, path, fresh)
        if value and chosen and unit.several and not any(o.store for o in valued):
            return [*lines, f"return {{{chosen.name}: {value}}}"]
        if value and chosen:
            return [*lines, f"return {stored(work, frame, chosen, value)}"]
        return [*lines, *([] if _is_last(frame, original) else ["return None"])] or _nothing(original)
    if len(valued) == 1 and valued[0].dynamic and not unit.several:
        return [f"return {work.text(plain(work, fresh))}"]
    if len(valued) > 1:
        return _several(work, frame, original, fresh, valued)
    if valued and store_place(work, valued[0]) and work.text(original) != "None":
        return [f"return {stored(work, frame, known(work, frame, valued[0]), work.text(fresh))}"]
    return None


def _nothing(original: cst.BaseExpression) -> list[str]:
    """What is left of a last return without value: nothing, if the result was made before it."""
    return [] if isinstance(original, cst.Name) else ["return None"]


def _gathered(unit: Unit, named: Named, value: str, many: bool = False) -> str:
    """The line that keeps a yielded value, or many of them, until the end."""
    held = f"outputs[{named.name}]" if unit.several else "outputs"
    if named.out.dynamic:
        return f"{held}.{'extend' if many else 'append'}({value})"
    return f"outputs[{named.name}] = {value}"


def _several(
    work: Work, frame: Frame, original: cst.BaseExpression, fresh: cst.BaseExpression, valued: Sequence[Out]
) -> list[str] | None:
    before_and_after = each_of(frame, original, fresh, valued)
    if before_and_after is None:
        if any(store_place(work, out) for out in valued):
            work.unsupported(
                original, "several outputs returned in one value", "Return a tuple with one item each."
            )
        return None
    lines, pairs = [], []
    for out, (before, after) in zip(valued, before_and_after, strict=True):
        meant, spelled = known(work, frame, out), work.text(after)
        path, told = held.handed(work, frame, before, after)
        if path in RESULTS and isinstance(told, cst.Call):
            own = path == "dagster.MaterializeResult" and any(
                a.keyword and a.keyword.value == "asset_key" for a in told.args
            )
            chosen, spelled, more = _parts(work, frame, path, told, None if own else out)
            meant = chosen or meant
            lines += more
        if spelled:
            pairs.append(f"{meant.name}: {stored(work, frame, meant, spelled)}")
    return [*lines, f"return {lay(Group('{', tuple(pairs), '}'), 0, 15)}"]


def _parts(
    work: Work, frame: Frame, path: str, call: cst.Call, meant: Out | None = None
) -> tuple[Named | None, str, list[str]]:
    """Which output a result is, its value, and the lines that carry its metadata."""
    unit = frame.unit
    assert unit
    given = {a.keyword.value if a.keyword else str(i): a.value for i, a in enumerate(call.args)}
    if path == "dagster.DynamicOutput":
        given.pop("1", None)
    out = known(work, frame, meant) if meant else named(work, frame, given)
    positional = path in ("dagster.Output", "dagster.DynamicOutput")
    value = given.get("value") or (given.get("0") if positional else None)
    lines = []
    metadata = given.get("metadata")
    asset = given.get("asset_key")
    if metadata is not None and (out.out.key if out else asset):
        add = work.need("prefect.assets", "add_asset_metadata")
        spelled = out.key() if out else any_key(work, asset)
        lines.append(lay(Group(f"{add}(", (spelled, work.text(metadata)), ")"), 0, 4))
    checks = given.get("check_results")
    if checks is not None and reports(work, frame):
        lines.append(f"results += {work.text(checks)}")
    elif checks is not None:
        work.need("prefect_support.validations", "report_checks")
        told = (f"{frame.function.name.value}.checks", work.text(checks))
        lines.append(lay(Group("report_checks(", told, ")"), 0, 4))
    return out, work.text(value) if value is not None else "", lines


def stored(work: Work, frame: Frame, named: Named, value: str) -> str:
    """`store(...)` of an output's value; the value itself, where nothing keeps it."""
    place = store_place(work, named.out)
    if not place:
        return value
    unit = frame.unit
    assert unit
    store = work.need("prefect_support.io", "store")
    items = [place, named.key(), value]
    if unit.partitions is not None:
        items.append("partition_key")
    items += told_of_output(work, unit, named.out, named.name)
    return lay(Group(f"{store}(", tuple(items), ")"), 0, 15)


def store_place(work: Work, out: Out) -> str:
    """The expression of what keeps an output: its resource, or Dagster's own files; empty for nothing."""
    if out.store or out.key not in work.model.kept:
        return out.store
    return f"{work.need('prefect_support.pickled_files', 'PickledFiles')}()"


def _is_last(frame: Frame, value: cst.BaseExpression) -> bool:
    last = frame.function.body.body[-1]
    small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Return) and small.value is value
