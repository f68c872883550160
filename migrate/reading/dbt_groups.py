"""The groups of what dbt makes: said by a translator of the project, or by dbt's own configuration.

Upstream: https://docs.dagster.io/integrations/libraries/dbt/reference
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.bodies import Body
from migrate.reading.dbt_names import Translator, translated
from migrate.reading.scope import Stop
from migrate.reading.values import Called

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.reading.constructs import Construct

OLDER = "load_assets_from_dbt_"
SAID = r"""["']?\+?\bgroup["']?\s*[:=]\s*["']?(?:{0}\b|\{{\{{|\w+\()"""


@dataclass(frozen=True)
class Groups:
    """Key → the group its translator says; `told` is False when it says what reading cannot follow."""

    by_key: Mapping[str, str]
    own: bool = False
    told: bool = True


def groups_of(model: Model, construct: Construct) -> Groups:
    """The groups that the translator of a dbt step gives; not `own` are those of dbt's configuration."""
    said = Translator.of(model, construct)
    if said is None:
        return Groups({})
    method = said.method("get_group_name")
    if method is None:
        spec = said.method("get_asset_spec")
        grouped = spec is not None and "group" in cst.Module([]).code_for_node(spec[1])
        return Groups({}, told=not grouped)
    keys = translated(model, construct)
    if keys is None:
        return Groups({}, own=True, told=False)
    module, function = method
    given = [p.name.value for p in function.params.params]
    found: dict[str, str] = {}
    for key in keys.makes:
        local = dict(zip(given, (Called("self", ()), keys.nodes.get(key, {})), strict=False))
        try:
            group = Body(model.project.evaluator, module, local).run(function)
        except Stop:
            return Groups({}, own=True, told=False)
        if not isinstance(group, str | None):
            return Groups({}, own=True, told=False)
        found[key] = group or ""
    return Groups(found, own=True)


def may_say(model: Model, group: str) -> bool:
    """Whether dbt's files give some node this group, or one that only dbt can tell.

    The older loaders of assets may take the folder of a model for its group: that depends on their version.
    """
    said = re.compile(SAID.format(re.escape(group).replace(r"\*", r"\w*")))
    return any(said.search(text) for text in model.dbt.texts()) or _names_a_folder(model, group)


def _names_a_folder(model: Model, group: str) -> bool:
    folder = model.dbt.path
    if folder is None or not any(path.is_dir() for path in folder.rglob(group or "?")):
        return False
    paths = [model.project.root / file.path for file in model.project.files if file.path.endswith(".py")]
    return any(OLDER in path.read_text(encoding="utf-8", errors="replace") for path in paths)
