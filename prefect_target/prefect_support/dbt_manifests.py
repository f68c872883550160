"""One parse for many dbt calls: which parsed project may be used again for other `--vars`.

Written by `migrate convert`; yours to edit.

dbt parses a project anew whenever `--vars` change, although most variables only end up in SQL text,
which dbt renders when it runs. What IS fixed when dbt parses: which nodes exist and are enabled,
their `ref()`s and `source()`s, `config(...)`, names of schemas, all of YAML. So a parsed project is
used again only when

* no file of the project has changed, nor an environment variable that was read while parsing;
* every variable mentioned in YAML, or in a macro that names schemas and tables, has the same value;
* each model, snapshot and SQL test, rendered the way the parser renders it, calls the same
  `ref()`, `source()` and `config()` with the same arguments.

Otherwise it is parsed again; both are kept.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations#reusing-objects
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_VAR = re.compile(r"""\bvar\s*\(\s*(?:['"](\w+)['"])?""")
_NAMING_MACRO = re.compile(r"^(?:\w+__)?(?:generate_\w+_name|test_\w+)$")
_LATE_YAML = {"on-run-start", "on-run-end", "pre-hook", "post-hook", "pre_hook", "post_hook", "description"}
_SKIPPED_FOLDERS = {"target", "logs", ".git", "__pycache__"}
Stamp = frozenset[tuple[str, int, int]]


class CannotParse(RuntimeError):
    """dbt cannot parse the project; the message is dbt's own."""


@dataclass
class Held:
    """A parsed project, and the sets of variables it is known to be right for."""

    manifest: Any
    place: tuple[str, ...]
    stamp: Stamp
    variables: dict[str, Any]
    fixed: frozenset[str] | None  # names of variables that are read while parsing YAML; None: all
    proven: set[str] = field(default_factory=set)


_held: list[Held] = []


def held_manifest(project_dir: Path, place: Sequence[str], variables: Mapping[str, Any]) -> Any:
    """The parsed project for these variables: one that is held if it is proven right, else a new one.

    `place` are the options that say which project, profile and target. Returns dbt's Manifest;
    raises CannotParse.
    """
    stamp, wanted = _stamp(project_dir), _text(variables)
    _held[:] = [held for held in _held if held.place != tuple(place) or held.stamp == stamp]
    for held in (held for held in _held if held.place == tuple(place) and _same_environment(held)):
        if wanted in held.proven or _right_for(held, place, variables):
            held.proven.add(wanted)
            return _fresh(held.manifest)
    found = _parsed_before(project_dir, place, stamp, variables)
    if found is None:
        manifest = _parse(place, variables)
        fixed = _fixed_variables(project_dir, manifest)
        found = Held(manifest, tuple(place), stamp, dict(variables), fixed)
    found.proven.add(wanted)
    _held.append(found)
    return _fresh(found.manifest)


def _parsed_before(
    project_dir: Path, place: Sequence[str], stamp: Stamp, variables: Mapping[str, Any]
) -> Held | None:
    """What `dbt parse` without variables left in `target`, if it is proven right for these; read, not parsed.

    Where it was not right once, it is not tried again until `dbt clean`.
    """
    left, refused = (project_dir / "target" / name for name in ("partial_parse.msgpack", "needs_variables"))
    tried = any(not held.variables for held in _held if held.place == tuple(place))
    if tried or not left.exists() or refused.exists():
        return None
    try:
        manifest = _parse(place, {})
        held = Held(manifest, tuple(place), stamp, {}, _fixed_variables(project_dir, manifest))
        if _right_for(held, place, variables):
            return held
    except CannotParse:
        pass  # with its variables it may parse
    refused.touch()
    return None


def _parse(place: Sequence[str], variables: Mapping[str, Any]) -> Any:
    from dbt.cli.main import dbtRunner

    # the command that follows writes manifest.json anyway
    quick = ["--log-level", "none", "--no-write-json"]
    result = dbtRunner().invoke([*quick, "parse", *place, "--vars", _text(variables)])
    if not result.success:
        raise CannotParse(str(result.exception or "dbt parse failed"))
    return result.result


def _right_for(held: Held, place: Sequence[str], variables: Mapping[str, Any]) -> bool:
    changed = {
        name
        for name in {*held.variables, *variables}
        if name not in held.variables or name not in variables or held.variables[name] != variables[name]
    }
    if held.fixed is None or changed & held.fixed:
        return False
    nodes = [node for node in held.manifest.nodes.values() if _is_rendered(node)]
    try:
        config = _runtime_config(place, variables)
        return all(_reads_the_same(node, config, held.manifest) for node in nodes)
    except Exception:  # whatever is wrong with these variables, dbt says it best when it parses
        return False


def _is_rendered(node: Any) -> bool:
    if str(node.language) != "sql" or str(node.resource_type) not in ("model", "snapshot", "test"):
        return False
    return getattr(node, "test_metadata", None) is None  # generic tests are made of YAML


def _runtime_config(place: Sequence[str], variables: Mapping[str, Any]) -> Any:
    from dbt.adapters.factory import register_adapter
    from dbt.cli.flags import Flags, args_to_context
    from dbt.config.runtime import RuntimeConfig, load_profile, load_project
    from dbt.flags import set_flags
    from dbt.mp_context import get_mp_context
    from dbt_common.clients.system import get_env
    from dbt_common.context import set_invocation_context

    set_invocation_context(get_env())
    flags = Flags(args_to_context(["parse", *place, "--vars", _text(variables)]))
    set_flags(flags)
    profile = load_profile(flags.PROJECT_DIR, flags.VARS, flags.PROFILE, flags.TARGET, None)
    project = load_project(flags.PROJECT_DIR, flags.VERSION_CHECK, profile, flags.VARS)
    config = RuntimeConfig.from_parts(project, profile, flags)
    register_adapter(config, get_mp_context())
    return config


def _reads_the_same(node: Any, config: Any, manifest: Any) -> bool:
    from dbt.clients.jinja import get_rendered
    from dbt.context.context_config import ContextConfig
    from dbt.context.providers import generate_parser_model_context

    probe = copy(node)
    probe.refs, probe.sources, probe.metrics = [], [], []
    called = ContextConfig(config, node.fqn, node.resource_type, node.package_name)
    get_rendered(node.raw_code, generate_parser_model_context(probe, config, manifest, called), probe)
    same: bool = (
        _plain(probe.refs) == _plain(node.refs)
        and _plain(probe.sources) == _plain(node.sources)
        and _plain(called._config_call_dict) == _plain(node.config_call_dict)
    )
    return same


def _fixed_variables(project_dir: Path, manifest: Any) -> frozenset[str] | None:
    """Names of the variables that YAML and naming macros mention; None when one is computed."""
    files = [path for path in _files(project_dir) if path.suffix in (".yml", ".yaml")]
    values = [text for path in files for text in _early_texts(yaml.safe_load(path.read_text("utf-8")))]
    naming = [
        macro.macro_sql
        for macro in manifest.macros.values()
        if _NAMING_MACRO.match(macro.name) and macro.package_name != "dbt"
    ]
    names = [match.group(1) for text in (*values, *naming) for match in _VAR.finditer(text)]
    return None if None in names else frozenset(names)


def _early_texts(value: Any) -> Iterator[str]:
    """Every text in a YAML document that dbt renders while it parses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _early_texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if str(key).lstrip("+") not in _LATE_YAML:
                yield from _early_texts(item)


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if entry.name not in _SKIPPED_FOLDERS:
                yield from _files(entry)
        elif entry.suffix in (".sql", ".py", ".yml", ".yaml", ".csv", ".md"):
            yield entry


def _stamp(project_dir: Path) -> Stamp:
    stats = ((str(path), path.stat()) for path in _files(project_dir))
    return frozenset((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def _same_environment(held: Held) -> bool:
    return all(os.environ.get(name, value) == value for name, value in held.manifest.env_vars.items())


def _fresh(manifest: Any) -> Any:
    """A copy: running a project marks its nodes as compiled, with the SQL of that run."""
    return manifest.deepcopy()


def _text(variables: Mapping[str, Any]) -> str:
    return json.dumps(dict(variables), sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    return json.loads(
        json.dumps(value, sort_keys=True, default=lambda item: getattr(item, "__dict__", str(item)))
    )
