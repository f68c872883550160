"""Decorators of the project's own that make assets: dissolved into Dagster's, as it loaded what they made.

One that only fills in arguments leaves the function as it is. One that wraps it becomes the body of the
task, and the function below it stands before that, under a name of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.arguments import PLAIN
from migrate.loaded.assets import Unwritable
from migrate.loaded.closures import Closures
from migrate.loaded.places import Places, Standing
from migrate.loaded.replacing import Replacing
from migrate.loaded.writing_out import decorated, function_of
from migrate.reading.factories.binding import spoken
from migrate.reading.factories.finding import Functions, key_of
from migrate.reading.factories.needed_imports import import_of
from migrate.reading.folding import Folds, literal
from migrate.reading.names import Internal
from migrate.reading.walking import rewrite

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer, Step
    from migrate.loaded.changes import Changes

TOLD = "what `{}` makes of it is written as Dagster {} loaded it"


def as_decorated_by_own(changes: Changes, answer: Answer) -> None:
    """Dissolve such decorators of functions at the top of modules."""
    places, dissolved = Places(changes.project), list[Standing]()
    for step in answer.steps:
        at = step["function"]
        found = places.at(at["file"], at["line"], at["name"]) if at else None
        below = _below(places, step) if found is not None and found.around else None
        own = below or found
        if found is None or own is None or not own.top or not _has_own(changes, own):
            continue
        try:
            new = _wrapped(changes, places, found, own, step) if below else [_plain(changes, own, step)]
        except Unwritable as why:
            changes.refused[own.file.path, own.node.name.value] = str(why)
            continue
        for function in new:
            changes.stand(own.file, function, own.file.line(own.node))
        changes.replace(own.file, own.node, new)
        names = "`, `".join(key[1] for key in _own(changes, own))
        changes.told[own.file.path, own.node.name.value] = [TOLD.format(names, answer.version)]
        dissolved.append(own)
    makers = {key: node for own in dissolved for key, node in _own(changes, own).items()}
    Replacing(changes, answer, {}).drop(makers, [(own.file, own.node) for own in dissolved])


def _below(places: Places, step: Step) -> Standing | None:
    """The function at the top of a module that a wrapper holds in its closure, if it holds just one."""
    inner = [held["function"] for held in step["function"]["closure"].values() if "function" in held]
    found = [places.at(one["file"], one["line"], one["name"]) for one in inner]
    tops = [one for one in found if one is not None and one.top and one.node.decorators]
    return tops[0] if len(tops) == 1 else None


def _own(changes: Changes, standing: Standing) -> Functions:
    """The decorators of a function that are functions of the project."""
    found: Functions = {}
    for decorator in standing.node.decorators:
        node = decorator.decorator
        key = key_of(changes.project, standing.file.module, node.func if isinstance(node, cst.Call) else node)
        bound = changes.project.names.modules[key[0]].nodes.get(key[1], []) if key else []
        if key and len(bound) == 1 and isinstance(bound[0], cst.FunctionDef):
            found[key] = bound[0]
    return found


def _has_own(changes: Changes, standing: Standing) -> bool:
    """Whether all decorators are the project's own: beside one of Dagster's, reading knows the construct."""
    count = len(standing.node.decorators)
    return not changes.project.place_of(standing.node) and 0 < count == len(_own(changes, standing))


def _plain(changes: Changes, own: Standing, step: Step) -> cst.FunctionDef:
    """The function as it is, below Dagster's decorator."""
    decorator = decorated(changes, own.node.with_changes(decorators=[]), step, own.file, set())
    return own.node.with_changes(decorators=[decorator])


def _wrapped(
    changes: Changes, places: Places, wrapper: Standing, own: Standing, step: Step
) -> list[cst.FunctionDef]:
    """The function under a name of its own, and the wrapper's body under the function's name."""
    name, inner = own.node.name.value, f"_{own.node.name.value}"
    closures = Closures(changes, places)
    closures.stand_ins[id(own.node)] = inner
    params = wrapper.node.params
    stars = [s.name.value for s in (params.star_arg, params.star_kwarg) if isinstance(s, cst.Param)]
    bare = [d for d in wrapper.node.decorators if _is_wraps(d)]
    if len(wrapper.node.decorators) - len(bare) > 1:
        raise Unwritable("a wrapper below several decorators")
    made = function_of(changes, closures, wrapper, step, name, own.file)
    named = [p.name.value for p in params.params]
    given = [p for p in own.node.params.params if p.name.value not in named]
    told = rewrite(made, _Inner(inner, name, stars, [p.name.value for p in given]))
    assert isinstance(told, cst.FunctionDef)
    fresh = rewrite(told, Folds({}))
    assert isinstance(fresh, cst.FunctionDef)
    if stars:
        fresh = fresh.with_changes(params=own.node.params)
    if set(stars) & set(spoken(fresh.body)):
        raise Unwritable(f"what a wrapper does with its {', '.join(stars)}")
    _import_names(changes, wrapper, own, fresh)
    plain = own.node.with_changes(name=cst.Name(inner), decorators=[])
    space = [cst.EmptyLine(), cst.EmptyLine()]
    return [plain, fresh.with_changes(returns=own.node.returns, leading_lines=space)]


def _is_wraps(decorator: cst.Decorator) -> bool:
    node = decorator.decorator
    func = node.func if isinstance(node, cst.Call) else node
    return cst.Module([]).code_for_node(func).rpartition(".")[2] == "wraps"


def _import_names(changes: Changes, wrapper: Standing, own: Standing, fresh: cst.FunctionDef) -> None:
    """What the wrapper's body names of its own module, imported where it stands now."""
    if wrapper.file is own.file:
        return
    names = changes.project.names
    here = names.modules[own.file.module]
    for name in spoken(fresh.body):
        meaning = names.resolve(wrapper.file.module, name)
        if meaning is None or meaning == names.resolve(own.file.module, name):
            continue
        if name in here.nodes or name in here.imports:
            raise Unwritable(f"{name} is another one in {own.file.module}")
        told = names.modules[wrapper.file.module].imports.get(name)
        target = f"{wrapper.file.module}.{name}" if isinstance(meaning, Internal) and not told else told
        changes.need(own.file, import_of(target or f"{wrapper.file.module}.{name}", name))


class _Inner(cst.CSTTransformer):
    """Calls of the function below: `*args, **kwargs` as its parameters, its `__name__` as a text."""

    def __init__(self, inner: str, name: str, stars: list[str], params: list[str]) -> None:
        super().__init__()
        self._inner, self._name, self._stars, self._params = inner, name, stars, params

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """`function.__name__`."""
        value = updated_node.value
        if isinstance(value, cst.Name) and value.value == self._inner:
            if updated_node.attr.value != "__name__":
                raise Unwritable(f"what a wrapper asks of {self._name}.{updated_node.attr.value}")
            return literal(self._name)
        return updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """`function(*args, **kwargs)`."""
        args: list[Any] = [a for a in updated_node.args if not self._is_star(a)]
        if len(args) == len(updated_node.args):
            return updated_node
        more = [cst.Arg(cst.Name(p), cst.Name(p), equal=PLAIN) for p in self._params]
        return updated_node.with_changes(args=[*args, *more])

    def _is_star(self, arg: cst.Arg) -> bool:
        return bool(arg.star) and isinstance(arg.value, cst.Name) and arg.value.value in self._stars
