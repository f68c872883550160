"""Working out calls: of Dagster, of built-in functions and methods, and of the project's own functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading import data_files, key_parts, plain_functions
from migrate.reading.bodies import Body
from migrate.reading.names import Internal, dotted
from migrate.reading.operators import BUILTINS, METHODS
from migrate.reading.scope import Scope, Stop
from migrate.reading.values import Called, Decorated, Defined, Named, Unknown, flat
from migrate.reading.zones import zone_name

if TYPE_CHECKING:
    from migrate.reading.evaluation import Evaluator


NO_METHOD = object()
DEFINITIONS = ("dagster.Definitions", "dagster.load_defs", "dagster.load_from_defs_folder", ".")


def called(reader: Evaluator, node: cst.Call, scope: Scope) -> Any:
    """A call: worked out, or kept as `Called` when it is Dagster's or another library's."""
    if isinstance(node.func, cst.Attribute):
        method = _method(reader, node, node.func, scope)
        if method is not NO_METHOD:
            return method
    function = reader.guarded(node.func, scope)
    args, kwargs = arguments(reader, node.args, scope)
    if isinstance(function, Named):
        of_a_file = data_files.called(reader.data, function.path, [*args, *kwargs.values()])
        if of_a_file is not None:
            return of_a_file
        told, plain = plain_functions.called(function.path, args, kwargs)
        if told:
            return plain
        if function.path.startswith("builtins."):
            if not all(not isinstance(a, Unknown) for a in args):
                raise Stop("an argument is unknown")
            zone = zone_name(args[0]) if function.path == "builtins.str" and len(args) == 1 else None
            if zone is not None:
                return zone
            if function.path == "builtins.isinstance" and len(args) == 2:
                instance = plain_functions.is_instance(*args)
                return Unknown("what a value is an instance of") if instance is None else instance
            if any(isinstance(a, Called | Named | Decorated) for a in args):
                return Called(function.path, tuple(args), kwargs)
            return BUILTINS[function.path.removeprefix("builtins.")](*args, **kwargs)
        if function.path.endswith("_from_current_module"):
            kwargs[".module"] = scope.module
        return Called(function.path, tuple(args), kwargs, reader.project.place_of(node))
    if isinstance(function, Defined):
        return _project_call(reader, function, args, kwargs, node)
    if isinstance(function, Called):
        place = reader.project.place_of(node) or function.place
        return Called(function.name, (*function.args, *args), kwargs, place)
    if isinstance(function, Decorated):
        return Called(f"@{function.place}", tuple(args), kwargs)
    raise Stop("what is called is unknown")


def _method(reader: Evaluator, node: cst.Call, func: cst.Attribute, scope: Scope) -> Any:
    path = dotted(func)
    found = reader.project.names.resolve(scope.module, path) if path else None
    of_a_value = isinstance(found, Internal) and bool(found.rest)
    if found and not of_a_value and path.split(".")[0] not in scope.local:
        return NO_METHOD
    target = reader.guarded(func.value, scope)
    if isinstance(target, data_files.ProjectPath | data_files.Opened):
        args, _ = arguments(reader, node.args, scope)
        return data_files.method(reader.data, target, func.attr.value, args)
    parts = key_parts.parts_of(target) if func.attr.value in key_parts.METHODS else None
    if parts is not None:
        return key_parts.asked(parts, func.attr.value, arguments(reader, node.args, scope)[0])
    if func.attr.value in METHODS and isinstance(target, str | dict | list):
        args, kwargs = arguments(reader, node.args, scope)
        result = getattr(target, func.attr.value)(*args, **kwargs)
        return list(result) if func.attr.value in ("items", "keys", "values") else result
    if func.attr.value == "to_config_dict" and isinstance(target, Called) and target.short == "RunConfig":
        return target
    if func.attr.value == "configure_at_launch" and isinstance(target, Defined):
        args, kwargs = arguments(reader, node.args, scope)
        return _project_call(reader, target, args, kwargs, node)
    if isinstance(target, Called | Decorated):
        args, kwargs = arguments(reader, node.args, scope)
        return Called(f".{func.attr.value}", (target, *args), kwargs, reader.project.place_of(node))
    return NO_METHOD


def arguments(reader: Evaluator, given: Sequence[cst.Arg], scope: Scope) -> tuple[list[Any], dict[str, Any]]:
    """The evaluated positional and named arguments of a call."""
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    for arg in given:
        value = reader.guarded(arg.value, scope)
        if arg.keyword:
            kwargs[arg.keyword.value] = value
        elif arg.star == "**":
            kwargs.update(value if isinstance(value, dict) else {"**": Unknown("unknown keywords")})
        elif arg.star == "*":
            args.extend(value if isinstance(value, list | tuple) else [Unknown("unknown arguments")])
        else:
            args.append(value)
    return args, kwargs


def _project_call(
    reader: Evaluator, function: Defined, args: list[Any], kwargs: dict[str, Any], node: cst.Call
) -> Any:
    definition = reader.project.names.modules[function.module].nodes[function.name][-1]
    if isinstance(definition, cst.ClassDef):
        return Called(
            f"{function.module}:{function.name}", tuple(args), kwargs, reader.project.place_of(node)
        )
    if not isinstance(definition, cst.FunctionDef):
        raise Stop(f"{function.name} is no function")
    local = _parameters(reader, definition, args, kwargs, function.module)
    try:
        return Body(reader, function.module, local).run(definition)
    except Stop:
        wrapped = [a for a in args if isinstance(a, Called) and a.name.startswith(DEFINITIONS)]
        if len(args) == 1 and (wrapped or _maps(definition, args[0])):
            return args[0]  # a function around definitions that cannot be read gives them back
        raise


MAPPED = re.compile(r"\.(map_asset_specs|replace_attributes|merge_attributes|with_attributes)\(")


def _maps(function: cst.FunctionDef, given: Any) -> bool:
    """Whether a function hands assets back with other attributes of theirs."""
    assets = [v for v in flat(given) if isinstance(v, Decorated | Called)]
    return bool(assets) and bool(MAPPED.search(cst.Module([]).code_for_node(function.body)))


def _parameters(
    reader: Evaluator, function: cst.FunctionDef, args: list[Any], kwargs: dict[str, Any], module: str
) -> dict[str, Any]:
    params = function.params
    local: dict[str, Any] = {}
    for place, param in enumerate([*params.posonly_params, *params.params, *params.kwonly_params]):
        name = param.name.value
        if name in kwargs:
            local[name] = kwargs[name]
        elif place < len(args) and param not in params.kwonly_params:
            local[name] = args[place]
        else:
            local[name] = reader.guarded(param.default, Scope(module, {})) if param.default else Unknown(name)
    if isinstance(params.star_kwarg, cst.Param):
        local[params.star_kwarg.name.value] = {k: v for k, v in kwargs.items() if k not in local}
    return local
