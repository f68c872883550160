"""`Output` and `MaterializeResult` that are kept in a variable, or made by a helper of the same module.

A variable is followed when it is only ever given results and only ever handed over; a helper when all it
returns is results of one shape and all that call it hand them over. Everything else is refused elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import libcst as cst

from migrate.outcomes import Undeployed
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.walking import look, rewrite
from migrate.rewriting.held_paths import handed_over_once
from migrate.rewriting.work import Frame, Work
from migrate.rules import Rule

WRITTEN_OUT = "what it makes is written out where it is called"

KEPT = ("dagster.Output", "dagster.MaterializeResult")
NAMING = ("output_name", "asset_key")
HELPED: Mapping[tuple[str, tuple[str, ...]], str] = {
    ("dagster.MaterializeResult", ("metadata",)): "metadata",
    ("dagster.Output", ("value",)): "value",
}


class _Uses(cst.CSTVisitor):
    """What a function binds to names, what it hands over, and how often it speaks of each name."""

    def __init__(self) -> None:
        super().__init__()
        self.bound: dict[str, list[cst.BaseExpression | None]] = {}
        self.handed: list[cst.BaseExpression] = []
        self.spoken: dict[str, int] = {}
        self._depth = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._depth += 1

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._depth -= 1

    def visit_Name(self, node: cst.Name) -> None:
        self.spoken[node.value] = self.spoken.get(node.value, 0) + 1

    def visit_Arg(self, node: cst.Arg) -> bool:
        look(node.value, self)
        return False

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        look(node.value, self)
        return False

    def visit_Assign(self, node: cst.Assign) -> None:
        if len(node.targets) == 1 and not self._depth:
            self.bound.setdefault(dotted(node.targets[0].target), []).append(node.value)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if not self._depth:
            self.bound.setdefault(dotted(node.target), []).append(node.value)

    def visit_Return(self, node: cst.Return) -> None:
        if node.value is not None and not self._depth:
            items = node.value.elements if isinstance(node.value, cst.Tuple) else ()
            self.handed += [node.value, *(item.value for item in items)]

    def visit_Expr(self, node: cst.Expr) -> None:
        value = node.value.value if isinstance(node.value, cst.Yield) else None
        if value is not None and not isinstance(value, cst.From) and not self._depth:
            self.handed.append(value)


def variables(work: Work, frame: Frame) -> Mapping[str, Sequence[cst.Call]]:
    """The variables of a function that hold results and nothing else, with the calls that make them."""
    if frame.held is None:
        frame.held = _variables(work, frame.function)
    return frame.held


def _variables(work: Work, function: cst.FunctionDef) -> dict[str, list[cst.Call]]:
    uses, found = _Uses(), {}
    look(function.body, uses)
    for name, values in uses.bound.items():
        calls = [v for v in values if isinstance(v, cst.Call)]
        spoken = len(values) + sum(isinstance(v, cst.Name) and v.value == name for v in uses.handed)
        if name and len(calls) == len(values) and spoken == uses.spoken.get(name, 0) > len(values):
            shapes = {_shape(work, call) for call in calls}
            same = len(shapes) == 1 and None not in shapes and not _is_parameter(function, name)
            if same and handed_over_once(function, name):
                found[name] = calls
    return found


def only_handed_over(function: cst.FunctionDef, name: str) -> bool:
    """Whether a variable is given its value, handed over, and spoken of nowhere else."""
    uses = _Uses()
    look(function.body, uses)
    handed_over = sum(isinstance(v, cst.Name) and v.value == name for v in uses.handed)
    return uses.spoken.get(name, 0) == len(uses.bound.get(name, ())) + handed_over > 0


def _is_parameter(function: cst.FunctionDef, name: str) -> bool:
    given = function.params
    return any(p.name.value == name for p in (*given.posonly_params, *given.params, *given.kwonly_params))


def _shape(work: Work, call: cst.Call) -> tuple[str, bool, tuple[str, ...]] | None:
    """What a call makes, whether with a value, and what names its output; None if it is no such call."""
    path, made = spelled(work, call, call)
    if path not in KEPT or not isinstance(made, cst.Call) or any(a.star for a in made.args):
        return None
    given = arguments(path, made)
    if "check_results" in given:
        return None
    return path, "value" in given, tuple(work.text(given[n]) for n in NAMING if n in given)


def arguments(path: str, call: cst.Call) -> dict[str, cst.BaseExpression]:
    """The arguments of a result by name."""
    order = ("value", "output_name") if path == "dagster.Output" else ("asset_key", "metadata")
    return {
        a.keyword.value if a.keyword else dict(enumerate(order)).get(place, str(place)): a.value
        for place, a in enumerate(call.args)
    }


def spelled(
    work: Work, original: cst.BaseExpression, fresh: cst.BaseExpression
) -> tuple[str, cst.BaseExpression]:
    """Dagster's name of what an expression makes, and the call that says so in its place."""
    if not isinstance(original, cst.Call):
        return "", fresh
    shape = helpers(work).get(original.func.value, "") if isinstance(original.func, cst.Name) else ""
    if shape:
        path = next(path for (path, _), kind in HELPED.items() if kind == shape)
        return path, cst.Call(cst.Name("result"), [cst.Arg(fresh, cst.Name(shape))])
    return work.scopes.dagster(original.func), fresh


def handed(
    work: Work, frame: Frame, original: cst.BaseExpression, fresh: cst.BaseExpression
) -> tuple[str, cst.BaseExpression]:
    """The same for what is handed over: a variable's metadata has been told where it was given its result."""
    calls = variables(work, frame).get(original.value, ()) if isinstance(original, cst.Name) else ()
    if not calls:
        return spelled(work, original, fresh)
    path, made = spelled(work, calls[0], calls[0])
    assert isinstance(made, cst.Call)
    given = arguments(path, made)
    args = [cst.Arg(original, cst.Name("value"))] if "value" in given else []
    args += [cst.Arg(given[name], cst.Name(name)) for name in NAMING if name in given]
    return path, cst.Call(cst.Name("result"), args)


def helpers(work: Work) -> Mapping[str, str]:
    """The functions of this file that make results for others of it, and what they return from now on."""
    if "results of helpers" not in work.remembered:
        work.remembered["results of helpers"] = _helpers(work)
    known = work.remembered["results of helpers"]
    assert isinstance(known, dict)
    return known


def _helpers(work: Work) -> dict[str, str]:
    functions = [s for s in work.file.tree.body if isinstance(s, cst.FunctionDef)]
    asked = _Asked()
    look(work.file.tree, asked)
    abroad = work.model.project.imported
    found = {}
    for function in functions:
        name = function.name.value
        shape = _returned_shape(work, function)
        lonely = f"{work.file.module}.{name}" not in abroad and asked.handed.get(name, 0) == asked.spoken.get(
            name
        )
        if shape and lonely and not function.decorators and not function.asynchronous:
            found[name] = shape
    return found


def _returned_shape(work: Work, function: cst.FunctionDef) -> str:
    uses = _Uses()
    look(function.body, uses)
    shapes = set()
    for value in uses.handed:
        path = work.scopes.dagster(value.func) if isinstance(value, cst.Call) else ""
        given = tuple(arguments(path, value)) if path in KEPT and isinstance(value, cst.Call) else ()
        shapes.add(HELPED.get((path, given), ""))
    yields = any(isinstance(v, cst.Yield) for v in uses.handed)
    return shapes.pop() if len(shapes) == 1 and not yields else ""


class _Asked(cst.CSTVisitor):
    """How often each function is spoken of, and how often to hand over or keep what it returns."""

    def __init__(self) -> None:
        super().__init__()
        self.handed: dict[str, int] = {}
        self.spoken: dict[str, int] = {}

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.spoken[node.name.value] = self.spoken.get(node.name.value, 0) - 1
        if not node.decorators:
            return
        uses = _Uses()
        look(node.body, uses)
        kept = [v for values in uses.bound.values() for v in values if len(values) and v]
        for value in dict.fromkeys([*uses.handed, *kept]):
            if isinstance(value, cst.Call) and isinstance(value.func, cst.Name):
                self.handed[value.func.value] = self.handed.get(value.func.value, 0) + 1

    def visit_Name(self, node: cst.Name) -> None:
        self.spoken[node.value] = self.spoken.get(node.value, 0) + 1


def assigned(
    work: Work, frame: Frame, original: cst.SimpleStatementLine, updated: cst.SimpleStatementLine
) -> tuple[str, str, cst.Call] | None:
    """The variable, Dagster's name and the call of a statement that keeps a result."""
    small, fresh = original.body[-1], updated.body[-1]
    if not isinstance(small, cst.Assign | cst.AnnAssign) or not isinstance(fresh, cst.Assign | cst.AnnAssign):
        return None
    name = dotted(small.targets[0].target if isinstance(small, cst.Assign) else small.target)
    if name not in variables(work, frame) or small.value is None or fresh.value is None:
        return None
    path, call = spelled(work, small.value, fresh.value)
    assert isinstance(call, cst.Call)
    return name, path, call


def plain_helper(work: Work, original: cst.FunctionDef, updated: cst.FunctionDef) -> cst.FunctionDef:
    """A helper that returned results, and returns their metadata or value from now on."""
    shape = helpers(work).get(original.name.value, "") if original in work.file.tree.body else ""
    if not shape:
        return updated
    done = rewrite(updated, _Bare(shape))
    assert isinstance(done, cst.FunctionDef)
    if done.returns is None:
        return done
    spelled_type = work.text(done.returns.annotation)
    inner = spelled_type.partition("[")[2].rpartition("]")[0]
    if shape == "metadata" or not inner:
        any_ = work.need("typing", "Any")
        inner = f"dict[str, {any_}]" if shape == "metadata" else any_
    return done.with_changes(returns=done.returns.with_changes(annotation=cst.parse_expression(inner)))


class _Bare(cst.CSTTransformer):
    def __init__(self, shape: str) -> None:
        super().__init__()
        self._shape, self._depth = shape, 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """What a function within it returns is its own."""
        self._depth += 1
        return self._depth == 1

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """LibCST calls this on the way out."""
        self._depth -= 1
        return updated_node

    def leave_Return(self, original_node: cst.Return, updated_node: cst.Return) -> cst.Return:
        """LibCST calls this on the way out."""
        value = updated_node.value
        if isinstance(value, cst.Call):
            return updated_node.with_changes(value=value.args[0].value)
        if self._shape != "metadata":
            return updated_node
        return cst.Return(cst.Dict([]))


def written_elsewhere(work: Work, function: cst.FunctionDef) -> cst.RemovalSentinel:
    """Nothing of a function whose statements stand where it was called; what it made is counted there."""
    inside: list[cst.CSTNode] = [function]
    ids = set()
    while inside:
        node = inside.pop()
        ids.add(id(node))
        inside += node.children
    for construct in work.file.constructs:
        if id(construct.node) in ids:
            work.outcomes[construct.place] = Undeployed(WRITTEN_OUT)
    return cst.RemoveFromParent()


def made_out_of_reach(work: Work, construct: Construct, rule: Rule) -> bool:
    """Whether a construct stands in a function where neither a flow nor prefect.yaml finds it."""
    if rule.unit:
        return work.model.unit_of(construct) is None
    return bool(construct.within and rule.deployments is not None)
