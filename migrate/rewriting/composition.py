"""The body of a `@job` or graph: which ops it invokes, in which order, with whose outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.scope import bind
from migrate.reading.units import Unit
from migrate.reading.values import Called, Decorated, Defined, Named, Unknown, known, undecided
from migrate.rewriting.composed import Value
from migrate.rewriting.functions import has_docstring
from migrate.rewriting.helping import DEEPEST, Helper, helper_of
from migrate.rewriting.invocations import Invocations, Invoked
from migrate.rewriting.layout import quoted
from migrate.rewriting.steps import Steps
from migrate.rewriting.work import Work

ITEM = "_the_item_of_a_map"


class Composition:
    """Reads statements one by one, and leaves steps in the wiring.

    `module` is where the names of ops are looked up; `prefix` stands before the names of a graph's steps.
    """

    def __init__(self, work: Work, module: str, steps: Steps, prefix: str = "") -> None:
        self._work, self._module, self._steps, self._prefix = work, module, steps, prefix
        self.variables: dict[str, Value] = {}
        self._local: dict[str, Any] = {}
        self._functions: dict[str, Helper] = {}
        self.returned: Value | None = None
        self._depth, self._ended = 0, False

    def _problem(self, what: str) -> Value:
        self._steps.wiring.problems.append(what)
        return Value("None")

    def body(self, function: cst.FunctionDef) -> None:
        """All statements of a function."""
        body = list(function.body.body)
        for statement in body[1:] if has_docstring(body) else body:
            self.statement(statement)

    def statement(self, statement: cst.CSTNode) -> None:
        """One statement; what cannot be read is among the wiring's problems."""
        if self._ended:
            return
        if isinstance(statement, cst.BaseSmallStatement):  # of a body that stands on one line
            self._small(statement)
        elif isinstance(statement, cst.For):
            self._for(statement)
        elif isinstance(statement, cst.If):
            self._if(statement)
        elif isinstance(statement, cst.FunctionDef):
            self._functions[statement.name.value] = Helper(statement, self._module, nested=True)
        elif isinstance(statement, cst.SimpleStatementLine):
            self._steps.comment = [line.comment.value for line in statement.leading_lines if line.comment]
            for small in statement.body:
                self._small(small)
        else:
            self._problem(f"a {type(statement).__name__} statement in its body")

    def _small(self, small: cst.BaseSmallStatement) -> None:
        if isinstance(small, cst.Expr) and isinstance(small.value, cst.Ellipsis | cst.SimpleString):
            return
        if isinstance(small, cst.Expr):
            self._expression(small.value)
        elif isinstance(small, cst.Assign) and len(small.targets) == 1:
            self._assign(small.targets[0].target, small.value)
        elif isinstance(small, cst.Return):
            self.returned = self.value(small.value) if small.value else None
            self._ended = True
        elif not isinstance(small, cst.Pass):
            self._problem(f"a {type(small).__name__} in its body")

    def _expression(self, node: cst.BaseExpression) -> None:
        """A value nobody takes; `results.append(op())` extends a list."""
        func = node.func if isinstance(node, cst.Call) else None
        held = self.variables.get(dotted(func.value)) if isinstance(func, cst.Attribute) else None
        if held is None or held.items is None or not isinstance(func, cst.Attribute):
            self.value(node)
        elif isinstance(node, cst.Call) and func.attr.value == "append" and len(node.args) == 1:
            items = (*held.items, self.value(node.args[0].value))
            self.variables[dotted(func.value)] = self._list(items)
        else:
            self._problem(f"`{self._work.text(node)}` in its body")

    def _for(self, loop: cst.For) -> None:
        items = self._outside(loop.iter)
        if not isinstance(items, list | tuple | range | dict):
            self._problem("a loop over something that only running the code would tell")
            return
        for item in items:
            self._local.update(bind(loop.target, item))
            for statement in loop.body.body:
                self.statement(statement)

    def _if(self, statement: cst.If) -> None:
        """The branch that is taken, where reading tells which one."""
        test = self._outside(statement.test)
        if undecided(test) or isinstance(test, Named | Defined):
            self._problem("a condition that only running the code would tell")
            return
        branch = statement.body if test else statement.orelse
        if isinstance(branch, cst.If):
            self._if(branch)
        elif branch is not None:
            body = branch.body.body if isinstance(branch, cst.Else) else branch.body
            for inner in body:
                self.statement(inner)

    def _outside(self, node: cst.BaseExpression) -> Any:
        return Invocations(self._work, self._module, self._local).value(node)

    def _assign(self, target: cst.BaseExpression, node: cst.BaseExpression) -> None:
        value = self.value(node)
        if isinstance(target, cst.Name):
            self.variables[target.value] = value
            return
        if not isinstance(target, cst.Tuple):
            self._problem(f"an assignment to `{self._work.text(target)}`")
            return
        outs = [out.name for out in value.unit.outs] if value.unit else list(value.parts)
        if len(outs) != len(target.elements):
            self._problem(f"`{self._work.text(target)}`, which takes apart what is no set of outputs")
            return
        for name, element in zip(outs, target.elements, strict=True):
            self.variables[dotted(element.value)] = self._pick(value, name)

    def _pick(self, value: Value, name: str) -> Value:
        """One output of an op or graph."""
        if name in value.parts:
            return value.parts[name]
        out = next((o for o in value.unit.outs if o.name == name), None) if value.unit else None
        if out is None or value.unit is None:
            return self._problem(f"an output {name}, which is not declared")
        if not value.unit.several:
            return Value(value.text, value.over, maybe=value.maybe)
        output = self._work.need("prefect_support.flows", "output")
        if value.over:
            return Value(f"[{output}(item, {quoted(name)}) for item in {value.text}]", over=True)
        text = f"{output}({value.text}, {quoted(name)})"
        unit = Unit(value.unit.construct, "op", value.unit.name, outs=(out,)) if out.dynamic else None
        return Value(text, unit=unit, maybe=out.optional or value.maybe)

    def value(self, node: cst.BaseExpression) -> Value:
        """What an expression in the body is."""
        if isinstance(node, cst.Name) and node.value in self.variables:
            return self.variables[node.value]
        if isinstance(node, cst.Attribute) and not self._is_op(node):
            return self._pick(self.value(node.value), node.attr.value)
        if isinstance(node, cst.List | cst.Tuple):
            return self._list([self.value(element.value) for element in node.elements])
        if isinstance(node, cst.ListComp):
            return self._comprehension(node)
        if isinstance(node, cst.Dict):
            return self._mapping(node)
        if isinstance(node, cst.Call):
            return self._call(node)
        return self._problem(f"`{self._work.text(node)}` in its body")

    def _is_op(self, node: cst.BaseExpression) -> bool:
        return dotted(node).split(".")[0] not in self.variables and bool(self._invoked(node))

    def _list(self, items: Sequence[Value]) -> Value:
        if any(item.maybe for item in items):
            return self._problem("a list of outputs of which some may not be produced")
        if any(item.over for item in items):
            return self._problem("a list of what is run for each item")
        return Value(f"[{', '.join(item.text for item in items)}]", items=tuple(items))

    def _comprehension(self, node: cst.ListComp) -> Value:
        items = self._outside(node.for_in.iter)
        if not isinstance(items, list | tuple | range) or node.for_in.ifs or node.for_in.inner_for_in:
            return self._problem("a comprehension over something that only running the code would tell")
        found = []
        for item in items:
            self._local.update(bind(node.for_in.target, item))
            found.append(self.value(node.elt))
        return self._list(found)

    def _mapping(self, node: cst.Dict) -> Value:
        parts = {}
        for element in node.elements:
            if not isinstance(element, cst.DictElement) or not isinstance(element.key, cst.SimpleString):
                return self._problem("a dictionary with computed names")
            parts[str(element.key.evaluated_value)] = self.value(element.value)
        return Value("", parts=parts)

    def _invoked(self, node: cst.BaseExpression) -> Invoked | None:
        return Invocations(self._work, self._module, self._local).of(node)

    def _call(self, node: cst.Call) -> Value:
        method = node.func.attr.value if isinstance(node.func, cst.Attribute) else ""
        if isinstance(node.func, cst.Attribute) and method in ("map", "collect"):
            target = self.value(node.func.value)
            if method == "collect":
                return Value(target.text, maybe=target.maybe)
            return self._map(target, [arg.value for arg in node.args])
        helper = self._helper(node.func)
        if helper is not None:
            return self._helped(helper, node.args)
        invoked = self._invoked(node.func)
        if invoked is None:
            spelled = self._work.text(node.func)
            return self._problem(f"`{spelled}`, which is no op or graph that can be read")
        positional = [self.value(a.value) for a in node.args if not a.keyword]
        named = {a.keyword.value: self.value(a.value) for a in node.args if a.keyword}
        return self._run(invoked, positional, named)

    def _helper(self, node: cst.BaseExpression) -> Helper | None:
        name = dotted(node)
        if name in self._functions:
            return self._functions[name]
        return helper_of(self._work, node, self._outside(node)) if name not in self.variables else None

    def _helped(self, helper: Helper, args: Sequence[cst.Arg]) -> Value:
        """What a plain function returns; the ops that it invokes are steps here."""
        given = helper.bound(args)
        if given is None or self._depth > DEEPEST:
            return self._problem(f"`{helper.function.name.value}`, a function whose calls cannot be laid out")
        inner = Composition(self._work, helper.module, self._steps, self._prefix)
        inner._depth = self._depth + 1
        if helper.nested:
            inner.variables, inner._functions = dict(self.variables), self._functions
            inner._local = dict(self._local)
        for name, node in given.items():
            plain = self._outside(node) if dotted(node) not in self.variables else Unknown()
            if known(plain) and not isinstance(plain, Decorated | Called):
                inner._local[name] = plain
            else:
                inner.variables[name] = self.value(node)
        inner.body(helper.function)
        return inner.returned or Value("None")

    def _map(self, target: Value, given: Sequence[cst.BaseExpression]) -> Value:
        """`.map(op)` or `.map(lambda item: …)`: what takes an item runs once for each."""
        item = self._items(target)
        if len(given) != 1:
            return self._problem("`.map` with several arguments")
        if isinstance(given[0], cst.Lambda):
            (parameter,) = given[0].params.params
            before = dict(self.variables)
            self.variables[parameter.name.value] = item
            result = self.value(given[0].body)
            self.variables = before
            return result
        helper = self._helper(given[0])
        if helper is not None:
            self.variables[ITEM] = item
            return self._helped(helper, [cst.Arg(cst.Name(ITEM))])
        invoked = self._invoked(given[0])
        if invoked is None:
            return self._problem(f"`.map` of `{self._work.text(given[0])}`, which is no op that can be read")
        return self._run(invoked, [item], {})

    def _items(self, target: Value) -> Value:
        """What to go through for the items of an output."""
        if target.over:
            return target
        return Value(self._steps.items_of(target.text), over=True)

    def _run(self, invoked: Invoked, positional: Sequence[Value], named: Mapping[str, Value]) -> Value:
        if invoked.graph is not None:
            return self._inline(invoked, invoked.graph, positional, named)
        assert invoked.unit
        names = [i.name for i in invoked.unit.inputs]
        given = {**dict(zip(names, positional, strict=False)), **named}
        step = self._steps.add(self._prefix, invoked, given)
        maybe = any(value.maybe for value in given.values())
        value = Value(step.future, bool(step.over), invoked.unit, maybe=maybe)
        valued = [out.name for out in invoked.unit.outs if out.value]
        return self._pick(value, valued[0]) if invoked.unit.several and len(valued) == 1 else value

    def _inline(
        self,
        invoked: Invoked,
        graph: cst.FunctionDef,
        positional: Sequence[Value],
        named: Mapping[str, Value],
    ) -> Value:
        """The steps of a graph, in the place where it is invoked."""
        if invoked.config is not None or invoked.options:
            return self._problem(f"the graph {invoked.name} with config or options of its own")
        if invoked.construct.argument("config") is not None:
            return self._problem(f"the graph {invoked.name}, which works out the configs of its ops")
        name = self._prefix + self._steps.named(self._prefix, invoked.name)
        inner = Composition(self._work, invoked.construct.module, self._steps, f"{name}.")
        names = [p.name.value for p in graph.params.params]
        inner.variables = {**dict(zip(names, positional, strict=False)), **named}
        hooks, self._steps.hooks = self._steps.hooks, (*self._steps.hooks, *invoked.hooks)
        inner.body(graph)
        self._steps.hooks = hooks
        return inner.returned or Value("None")
