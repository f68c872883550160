"""Functions and loops that make jobs, schedules or definitions, written out where they are called.

A flow stands at the top of its module, and prefect.yaml names it there: a function that makes jobs has no
such place. What Dagster calls once for each of its arguments is laid out once for each of them instead,
parameters replaced by what is handed over, branches chosen, loops unrolled, names made the module's own.

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.component_methods import atom
from migrate.reading.component_templates import Untold
from migrate.reading.factories.binding import Given, bound, inner_names, moved, spoken
from migrate.reading.factories.calling import Calling
from migrate.reading.factories.finding import Functions, Key, calls_in, is_cached, key_of
from migrate.reading.factories.naming import Naming, words_of
from migrate.reading.factories.needed_imports import import_of, with_imports
from migrate.reading.factories.straightening import changed_by, kept, straightened
from migrate.reading.factories.telling import Telling
from migrate.reading.folding import true
from migrate.reading.local_names import local_names
from migrate.reading.names import ModuleNames, bound_by, dotted
from migrate.reading.texts_of import NAMED
from migrate.reading.unrolling import Put, added, block_of, chosen, returns, settled, targets
from migrate.reading.walking import cloned, parts_of, rewrite

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile

Statements = list[cst.BaseStatement]
DEEPEST = 12
BUILTIN = frozenset(dir(builtins))


@dataclass
class Writer:
    """Writes out the calls of one module; `used` are the functions that were."""

    project: Project
    file: PythonFile
    names: ModuleNames
    functions: Functions
    loops: frozenset[int]
    used: dict[Key, None] = field(default_factory=dict)
    imports: dict[str, None] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    made: dict[tuple[Key, str], cst.BaseExpression] = field(default_factory=dict)
    line: int = 1

    def __post_init__(self) -> None:
        self.telling = Telling(self.project, self.file.module)
        self.naming = Naming({*self.names.nodes, *self.names.imports}, self.telling)

    def module(self) -> cst.Module:
        """The module with what its statements call written out; itself when there is no such call."""
        body: list[cst.BaseStatement | cst.SimpleStatementLine] = []
        for statement in self.file.tree.body:
            laid = self._top(statement)
            body += [statement] if laid is None else laid
        if not self.used and len(body) == len(self.file.tree.body):
            return self.file.tree
        return self.file.tree.with_changes(body=[*with_imports(body, list(self.imports))])

    def _top(self, statement: cst.BaseStatement) -> Statements | None:
        """What a statement becomes; None when nothing of it is written out, or it cannot be."""
        if not self._concerned(statement):
            return None
        self.line = self._line(statement) or 1
        before = (dict(self.used), dict(self.imports), self.naming.copy())
        imported = dict(self.names.imports)
        try:
            laid = self._statement(cloned(statement), 0)
        except Untold:
            self.used, self.imports, self.naming = before
            self.names.imports.clear()
            self.names.imports.update(imported)
            return None
        leading = getattr(statement, "leading_lines", ())
        if laid and leading and not getattr(laid[0], "leading_lines", ()):
            laid[0] = laid[0].with_changes(leading_lines=leading)
        for one in laid:
            self._placed(one)
        return laid

    def _line(self, node: cst.CSTNode) -> int:
        return self.file.line(node) or next((n for c in parts_of(node) if (n := self._line(c))), 0)

    def _placed(self, node: cst.CSTNode) -> None:
        self.lines[id(node)] = self.line
        for child in parts_of(node):
            self._placed(child)

    def _concerned(self, statement: cst.CSTNode) -> bool:
        if isinstance(statement, cst.For):
            return id(statement) in self.loops or self._calls(statement)
        return isinstance(statement, cst.SimpleStatementLine) and self._calls(statement)

    def _calls(self, node: cst.CSTNode) -> bool:
        return any(self.key(call.func) for call in calls_in(node))

    def key(self, func: cst.BaseExpression) -> Key | None:
        """The function of this project that a call is written out for, or None."""
        key = key_of(self.project, self.file.module, func)
        return key if key in self.functions else None

    def _statement(self, statement: cst.BaseStatement, depth: int) -> Statements:
        if depth > DEEPEST:
            raise Untold("calls within calls")
        if isinstance(statement, cst.If) and (told := true(statement.test)) is not None:
            return [s for one in chosen(statement, told) for s in self._statement(one, depth)]
        if isinstance(statement, cst.For):
            return self._loop(statement, depth)
        if isinstance(statement, cst.FunctionDef | cst.ClassDef):
            return [statement]
        if not isinstance(statement, cst.SimpleStatementLine):
            raise Untold("a block that only running the code decides")
        done: Statements = []
        kept: list[cst.BaseSmallStatement] = []
        for small in statement.body:
            fresh = self._small(added(small), done, depth)
            kept += [] if fresh is None else [fresh]
        done += [statement.with_changes(body=kept)] if kept else []
        self.naming.remember(done)
        return done

    def _small(
        self, small: cst.BaseSmallStatement, done: Statements, depth: int
    ) -> cst.BaseSmallStatement | None:
        """The small statement over what its calls give; these are laid out in `done`."""
        if isinstance(small, cst.AugAssign) and isinstance(small.value, cst.List):
            made = [self._named(e, done, depth) for e in small.value.elements]
            small = small.with_changes(value=small.value.with_changes(elements=made))
        value = getattr(small, "value", None)
        if value is None or not self._calls(value):
            return small
        target = ""
        if isinstance(small, cst.Assign) and len(small.targets) == 1:
            target = small.targets[0].target.value if isinstance(small.targets[0].target, cst.Name) else ""
        elif isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
            target = small.target.value
        fresh = self.expression(value, done, depth, target)
        if target and isinstance(fresh, cst.Name) and fresh.value == target:
            return None
        return small.with_changes(value=fresh)

    def _named(self, element: cst.BaseElement, done: Statements, depth: int) -> cst.BaseElement:
        """A job or a schedule that is made within a list, by a name of its own."""
        call = element.value
        if not isinstance(call, cst.Call) or dotted(call.func).rpartition(".")[2] not in NAMED:
            return element
        return element.with_changes(value=self._result(call, done, depth, "made"))

    def expression(
        self, node: cst.BaseExpression, done: Statements, depth: int, target: str = ""
    ) -> cst.BaseExpression:
        """An expression over what its calls give."""
        whole = node if isinstance(node, cst.Call) and self.key(node.func) else None
        fresh = rewrite(node, Calling(self, done, depth, {id(whole): target} if whole else {}))
        assert isinstance(fresh, cst.BaseExpression)
        return fresh

    def comprehension(
        self, node: cst.ListComp | cst.GeneratorExp | cst.SetComp, done: Statements, depth: int
    ) -> cst.BaseExpression:
        """`[call(item) for item in ITEMS]` as a list of what each of the calls gives."""
        loop = node.for_in
        items = self.telling.items(loop.iter)
        if items is None or loop.inner_for_in is not None or loop.asynchronous is not None:
            raise Untold("what a comprehension goes over")
        found: list[cst.BaseElement] = []
        for item in items:
            put = Put(targets(loop.target, item))
            tests = [true(self.telling.folded(rewrite(cloned(t.test), put))) for t in loop.ifs]
            if None in tests:
                raise Untold("the test of a comprehension")
            if all(tests):
                one = self.telling.folded(rewrite(cloned(node.elt), put))
                found.append(cst.Element(self.expression(one, done, depth)))
        return cst.List(found)

    def _loop(self, loop: cst.For, depth: int) -> Statements:
        items = self.telling.items(loop.iter)
        if items is None or loop.orelse is not None:
            raise Untold("what a loop goes over")
        block = block_of(loop.body)
        inside = {n for s in block for n, _ in bound_by(s)} - self.naming.before(block)
        found: Statements = []
        for item in items:
            put = targets(loop.target, item)
            self._unshared(block, {*put, *inside} if len(items) > 1 else set())
            once = [self._put(cloned(s), put) for s in block]
            once = self.naming.renamed(once, inside, "_".join(words_of(put)))
            found += [s for one in once for s in self._statement(one, depth + 1)]
        return found

    def _unshared(self, block: Statements, names: set[str]) -> None:
        """Functions that are made in a loop see its variables as they are in the end."""
        for statement in block:
            if isinstance(statement, cst.FunctionDef) and set(spoken(statement.body)) & names:
                raise Untold("a loop whose functions share its variables")

    def _put(self, statement: cst.BaseStatement, put: Given) -> cst.BaseStatement:
        if inner_names(statement) & set(put):
            raise Untold("a variable of the same name within")
        done = self.telling.folded(rewrite(statement, Put({n: atom(cloned(v)) for n, v in put.items()})))
        assert isinstance(done, cst.BaseStatement)
        return done

    def call(self, node: cst.Call, key: Key, done: Statements, depth: int, target: str) -> cst.BaseExpression:
        """What one call gives; its statements are added to `done`.

        Raises:
            Untold: it cannot be written out.
        """
        function = self.functions[key]
        told = (key, cst.Module([]).code_for_node(cst.Call(cst.Name("_"), node.args)))
        if is_cached(function) and told in self.made:
            return self.made[told]
        self.used[key] = None
        prefix = target or self.naming.prefix(key[1], node.args)
        given = bound(function, node.args)
        body = self._body(function, key[0], given)
        last = body[-1] if body else None
        small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
        if not isinstance(small, cst.Return) or small.value is None or any(map(returns, body[:-1])):
            raise Untold("returned from several places")
        assert isinstance(last, cst.SimpleStatementLine)
        value = cst.SimpleStatementLine([cst.Expr(small.value)])
        inside = {n for s in body for n, _ in bound_by(s)}
        result = small.value.value if isinstance(small.value, cst.Name) else ""
        *laid, ended = self.naming.renamed([*body[:-1], value], inside, prefix, (result, target))
        done += [s for one in laid for s in self._statement(one, depth + 1)]
        assert isinstance(ended, cst.SimpleStatementLine)
        given_back = ended.body[0]
        assert isinstance(given_back, cst.Expr)
        self.made[told] = self._result(given_back.value, done, depth, prefix if not target else "")
        return self.made[told]

    def _result(
        self, node: cst.BaseExpression, done: Statements, depth: int, prefix: str
    ) -> cst.BaseExpression:
        """What a call gives: within another expression it gets a variable, as rules know it."""
        fresh = self.expression(node, done, depth + 1)
        if not prefix or not isinstance(fresh, cst.Call):
            return fresh
        kind = re.sub(r"^(build|define|make)_", "", dotted(fresh.func).rpartition(".")[2]).lower()
        assign = cst.Assign([cst.AssignTarget(cst.Name("made"))], fresh)
        laid = self.naming.renamed([cst.SimpleStatementLine([assign])], {"made"}, prefix, suffix=kind)
        done += laid
        return cst.Name(next(n for n, _ in bound_by(laid[0])))

    def _body(self, function: cst.FunctionDef, module: str, given: Given) -> Statements:
        """The statements of a function for what it is given, up to its `return`."""
        block = [cloned(s) for s in block_of(function.body)][1 if function.get_docstring() else 0 :]
        aliases = {} if module == self.file.module else self._imported(function, module)
        safe = {n: v for n, v in given.items() if moved(v)}
        if any(inner_names(s) & {*safe, *aliases} for s in block):
            raise Untold("a variable of the same name within")
        aliased = Put({n: cst.Name(a) for n, a in aliases.items()})
        fresh = [one for s in block if isinstance(one := rewrite(s, aliased), cst.BaseStatement)]
        fresh = straightened(fresh, dict(safe), self.telling)
        changed = changed_by(fresh)
        put = {n: v for n, v in safe.items() if n not in changed}
        found = kept(fresh, given, put)
        for statement in fresh:
            found += settled(self._put(statement, put))
            last = found[-1] if found else None
            if isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[-1], cst.Return):
                break
        return found

    def _imported(self, function: cst.FunctionDef, module: str) -> dict[str, str]:
        """Other names for what the function's module has and this one calls something else."""
        params = [*function.params.params, *function.params.kwonly_params]
        parts = [function.body, *(p.default for p in params if p.default is not None)]
        asked = {name for part in parts for name in spoken(part)} - BUILTIN
        aliases: dict[str, str] = {}
        for name in sorted(asked - set(local_names(function, module, False))):
            meaning = self.project.names.resolve(module, name)
            if meaning is None or self.project.names.resolve(self.file.module, name) == meaning:
                continue
            target = self.project.names.modules[module].imports.get(name, f"{module}.{name}")
            alias = f"{module.rpartition('.')[2]}_{name}" if name in self.naming.taken else name
            aliases |= {name: alias} if alias != name else {}
            self.names.imports[alias] = target
            self.naming.taken.add(alias)
            self.imports[import_of(target, alias)] = None
        return aliases
