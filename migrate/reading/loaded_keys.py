"""The keys that Sling and dlt give their assets, as far as reading tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.data_files import ProjectPath
from migrate.reading.names import External, Internal, dotted
from migrate.reading.scope import Scope, Stop
from migrate.reading.values import Called, known

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.constructs import Construct


@dataclass(frozen=True)
class LoadedKey:
    """One asset of a loader."""

    key: str
    deps: tuple[str, ...] = ()
    group: str = ""
    declared: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Translator:
    """What a translator says: the methods of its class, its prefix, and its group if that is one text."""

    methods: Mapping[str, cst.FunctionDef] = field(default_factory=dict)
    module: str = ""
    prefix: str | None = "target"
    group: str = ""


def translator_of(model: Model, construct: Construct, argument: str) -> Translator | None:
    """The translator that a decorator names; None when its class cannot be told."""
    node = construct.argument(argument)
    if node is None:
        return Translator()
    value = model.project.evaluator.value(node, Scope(construct.module, {}))
    if value is None:
        return Translator()
    if not isinstance(value, Called):
        return None
    prefix = value.get("target_prefix", 0)
    if ":" not in value.name:
        return Translator(prefix=prefix or "target") if value.short.endswith("Translator") else None
    module, _, name = value.name.rpartition(":")
    nodes = model.project.names.modules[module].nodes.get(name, ())
    definition = nodes[-1] if nodes else None
    if not isinstance(definition, cst.ClassDef) or _inherits(model, module, definition):
        return None
    return _of_class(model, module, definition, prefix)


def said_by_translator(model: Model, construct: Construct) -> Any:
    """What starts the assets of a loader by itself: the condition that its translator returns for each."""
    found = translator_of(model, construct, f"dagster_{construct.kind.partition('_')[0]}_translator")
    for name in ("get_automation_condition", "get_auto_materialize_policy"):
        method = found.methods.get(name) if found else None
        if found and method is not None:
            return _returned(model, found.module, method)
    return None


def _inherits(model: Model, module: str, definition: cst.ClassDef) -> bool:
    """Whether a class of the project stands between it and Dagster's."""
    paths = [dotted(base.value) for base in definition.bases]
    return not all(isinstance(model.project.names.resolve(module, path), External) for path in paths)


def _of_class(model: Model, module: str, definition: cst.ClassDef, prefix: Any) -> Translator | None:
    methods = {s.name.value: s for s in definition.body.body if isinstance(s, cst.FunctionDef)}
    group = _returned(model, module, methods["get_group_name"]) if "get_group_name" in methods else ""
    own = prefix if prefix is not None else _prefix(model, module, methods.get("__init__"))
    if not isinstance(group, str):
        return None
    return Translator(methods, module, own if isinstance(own, str) else None, group)


def _prefix(model: Model, module: str, init: cst.FunctionDef | None) -> Any:
    """The prefix that a constructor is given when nobody says one."""
    if init is None:
        return "target"
    for param in [*init.params.params, *init.params.kwonly_params]:
        if param.name.value == "target_prefix":
            return model.project.evaluator.value(param.default, Scope(module, {})) if param.default else None
    return None


def _returned(model: Model, module: str, method: cst.FunctionDef) -> Any:
    """What a method of one line returns."""
    body = method.body.body
    last = body[-1].body[0] if isinstance(body[-1], cst.SimpleStatementLine) else None
    if len(body) > 2 or not isinstance(last, cst.Return):
        return None
    return model.project.evaluator.value(last.value, Scope(module, {}))


def sling_keys(model: Model, construct: Construct) -> list[LoadedKey] | None:
    """The assets of the streams of a replication; None when they cannot be told."""
    naming = translator_of(model, construct, "dagster_sling_translator")
    node = construct.argument("replication_config")
    if naming is None or node is None or naming.prefix is None:
        return None
    if naming.methods.keys() & {
        "get_asset_spec",
        "get_asset_key",
        "get_deps_asset_key",
        "sanitize_stream_name",
    }:
        return None
    told = [list(_streams(config, naming)) for config in _replications(model, construct, node)]
    if not told or not all(told) or any(None in keys for keys in told):
        return None
    first = [key for key in told[0] if key]
    if any([k.key for k in keys if k] != [k.key for k in first] for keys in told):
        return None
    return first


def _replications(model: Model, construct: Construct, node: cst.BaseExpression) -> Iterator[Any]:
    """What the replication is: one value, or one for each branch that assigns the name."""
    project = model.project
    value = project.evaluator.value(node, Scope(construct.module, {}))
    path = dotted(node)
    meaning = project.names.resolve(construct.module, path) if path else None
    if isinstance(meaning, Internal) and not meaning.rest:
        for bound in project.names.modules[meaning.module].nodes[meaning.name]:
            if isinstance(bound, cst.Assign | cst.AnnAssign) and bound.value is not None:
                yield _read(model, project.evaluator.value(bound.value, Scope(meaning.module, {})))
        return
    yield _read(model, value)


def _read(model: Model, value: Any) -> Any:
    """A replication's file as a dictionary, if the value names one within the project."""
    if not isinstance(value, str | ProjectPath):
        return value
    import yaml

    if isinstance(value, ProjectPath):
        try:
            return yaml.safe_load(model.project.evaluator.data.text(value.path))
        except (Stop, yaml.YAMLError):
            return None
    found = [p for p in (model.project.base / value, model.project.root / value) if p.is_file()]
    try:
        return yaml.safe_load(found[0].read_text(encoding="utf-8")) if found else None
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _streams(config: Any, naming: Translator) -> Iterator[LoadedKey | None]:
    """One for each stream, None for those that cannot be told."""
    if not isinstance(config, Mapping) or not isinstance(config.get("streams"), Mapping):
        yield None
        return
    defaults = config.get("defaults") or {}
    shared = (defaults.get("meta") or {}).get("dagster") if isinstance(defaults, Mapping) else {}
    for name, stream in config["streams"].items():
        own = stream if isinstance(stream, Mapping) else {}
        if own.get("disabled") is True:
            continue
        said = {**(shared or {}), **((own.get("meta") or {}).get("dagster") or {})}
        yield _stream(name, own, said, naming)


def _stream(
    name: Any, own: Mapping[Any, Any], said: Mapping[str, Any], naming: Translator
) -> LoadedKey | None:
    spelled = own.get("object") or name
    if not known(said) or not isinstance(spelled, str):
        return None
    key = said.get("asset_key")
    key = key.split(".") if isinstance(key, str) else [naming.prefix or "", *_clean(spelled).split(".")]
    deps = said.get("deps") or ([_clean(name)] if isinstance(name, str) else [])
    deps = [deps] if isinstance(deps, str) else deps
    group = said.get("group") if "get_group_name" not in naming.methods else naming.group
    return LoadedKey("/".join(key), tuple(d.replace(".", "/") for d in deps), group or "")


def _clean(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.]+", "_", name.replace('"', "")).lower()
