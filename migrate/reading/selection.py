"""Which assets and checks an `AssetSelection` means, over the deployed graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from migrate.reading.asset_graph import KIND, Node, graph_of
from migrate.reading.dbt_selection import EVERYTHING
from migrate.reading.dbt_selection import named as dbt_named
from migrate.reading.holdings import LOADERS
from migrate.reading.selected import Part, Selected, joined, tests_of
from migrate.reading.selection_text import Tree, parse
from migrate.reading.units import Unit, check_of, identity, key_of
from migrate.reading.values import Called, Decorated, flat, known

if TYPE_CHECKING:
    from migrate.model import Model

KEYS = ("AssetKey", "AssetSpec", "SourceAsset", "get_asset_key_for_model", "get_asset_key_for_source")
DBT = ("build_dbt_asset_selection", "DbtManifestAssetSelection", "build")
BUILT_BY = "duckdb snowflake bigquery postgres redshift databricks spark trino athena"
ADAPTERS = frozenset(BUILT_BY.split())


class Selector:
    """Resolves selections over one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.graph = graph_of(model)
        self._checks = [u for u in model.deployed_units if u.does == "check"]
        self._all = self.graph.made
        steps = [u for u in model.deployed_units if u.does == "dbt" and not u.keys]
        self._unread = [identity(Decorated(u.construct.place, u.scope)) for u in steps]

    def resolve(self, value: Any) -> Selected:
        """The selection a value means; None is everything."""
        if value is None:
            return self._everything(False)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list | tuple | set | frozenset):
            return self._union(self.resolve(item) for item in value)
        if isinstance(value, Decorated):
            return self._decorated(value)
        if isinstance(value, Called):
            return self._called(value)
        return Selected(untold=("a part of it is worked out when the code runs",))

    def _decorated(self, value: Decorated) -> Selected:
        unit = self._model.units.get(identity(value)) or self._model.unit_of(
            self._model.project.constructs[value.place]
        )
        if unit and unit.does == "check":
            return Selected(frozenset(), frozenset({check_of(unit)}))
        if unit and unit.does == "dbt" and self._shared(unit):
            return Selected(parts=(Part(identity(value)),))
        if unit and unit.stand_in:
            return self._of({unit.stand_in})
        return self._named(self._model.keys_of(value), self._model.project.constructs[value.place].name)

    def _shared(self, unit: Unit) -> bool:
        """Whether a dbt step takes a part of the project, and another step takes one too."""
        others = [u for u in self._model.deployed_units if u.does == "dbt" and u is not unit]
        chosen = [unit.construct.argument(name) for name in ("select", "exclude", "selector")]
        return bool(others) and any(node is not None for node in chosen)

    def _of(self, keys: Iterable[str], untold: Iterable[str] = ()) -> Selected:
        chosen = frozenset(keys)
        checks = {check_of(u) for u in self._checks if {c.asset for c in u.checks} & chosen}
        checks |= {tests_of(k) for k in chosen if k in self.graph.nodes and self.graph.nodes[k].dbt}
        return Selected(chosen, frozenset(checks), tuple(dict.fromkeys(untold)))

    def _named(self, keys: Iterable[str], spelled: str = "") -> Selected:
        """Keys that must be there: Dagster does not load a selection of keys it does not know."""
        wanted = [k for k in keys if k]
        if not wanted:
            return Selected(untold=(f"the keys of {spelled or 'an asset it names'} could not be told",))
        missing = [k for k in wanted if k not in self.graph.nodes]
        return self._of(wanted, [f"nothing that was read makes {key}" for key in missing])

    def _union(self, parts: Iterable[Selected]) -> Selected:
        found = Selected()
        for part in parts:
            found = joined("or", found, part)
        return found

    def _text(self, text: str, sources: bool = False) -> Selected:
        try:
            return self._tree(parse(text), sources)
        except ValueError:
            return Selected(untold=(f"Dagster does not accept {text!r}",))

    def _tree(self, tree: Tree, sources: bool) -> Selected:
        name, *given = tree
        if name in ("or", "and"):
            return joined(name, self._tree(given[0], sources), self._tree(given[1], sources))
        if name == "not":
            return joined("not", self._everything(sources), self._tree(given[0], sources))
        if name in ("up", "down"):
            return self._walked(self._tree(given[0], sources), name == "up", given[1])
        if name in ("sinks", "roots"):
            return self._ends(self._tree(given[0], sources), name == "roots")
        if name == "all":
            return self._everything(sources)
        if name == "keys":
            return self._named([given[0]])
        return self._attribute(name, given, sources)

    def _attribute(self, name: str, given: list[Any], sources: bool) -> Selected:
        if name == "key":
            return self._where(lambda n: _like(given[0], n.key), True)
        if name == "is":
            return self._where(lambda n: n.made == (given[0] == "materializable"), True)
        if name == "group":
            wanted = given[0]
            return self._trait("group", wanted, lambda n: bool(wanted) and _like(wanted, n.group), sources)
        if name == "tag":
            return self._trait("tag", given[0], lambda n: (n.tags or {}).get(given[0]) == given[1], sources)
        if name == "owner":
            return self._trait("owner", given[0], lambda n: given[0] in n.owners, True)
        if name == "kind":
            return self._kind(given[0], sources)
        return Selected(untold=(f"`{name}:` asks for what only a running Dagster knows",))

    def _kind(self, kind: str | None, sources: bool) -> Selected:
        if kind is None:
            return self._trait(
                "kind", "", lambda n: not any(t.startswith(KIND) for t in n.tags or {}), sources
            )
        return self._trait("kind", kind, lambda n: f"{KIND}{kind}" in (n.tags or {}), sources)

    def _everything(self, sources: bool) -> Selected:
        found = self._of(self.graph.nodes if sources else self._all)
        return Selected(found.keys, found.checks, (), tuple(map(Part, self._unread)))

    def _where(self, holds: Callable[[Node], bool], sources: bool) -> Selected:
        told = ["what a dbt step makes, whose project is not in this tree"] if self._unread else []
        return self._of((n.key for n in self.graph.nodes.values() if (n.made or sources) and holds(n)), told)

    def _trait(self, name: str, wanted: Any, holds: Callable[[Node], bool], sources: bool) -> Selected:
        """Keys by a trait, as long as no asset might have it without it being read."""
        found = self._where(holds, sources)
        untold = [
            f"the {name} of {n.key} is not told" for n in self.graph.nodes.values() if name in n.unsure
        ][:1]
        dbt = any(n.dbt for n in self.graph.nodes.values())
        if dbt and name == "kind" and wanted in ADAPTERS:
            untold.append(f"whether dbt's models are of kind {wanted} is decided by a profile")
        elif dbt and name == "group" and wanted:
            untold += self.graph.groups_untold(str(wanted))
        elif dbt and name != "kind" and wanted and self._model.dbt.mentions(str(wanted).strip("*")):
            untold.append(f"dbt's models may have the {name} {wanted}")
        return Selected(found.keys, found.checks, (*found.untold, *untold))

    def _called(self, value: Called) -> Selected:
        name = value.short
        if value.name.startswith("."):
            return self._method(name, value)
        if name in KEYS:
            return self._named([key_of(value)], "an asset it names")
        if name in DBT and "dbt" in value.name.lower():
            return self._dbt(value, 1 if name == "build_dbt_asset_selection" else 2)
        if name.startswith(LOADERS):
            return self._union(self.resolve(item) for item in self._model.holdings.loaded(value))
        if "AssetSelection" not in value.name:
            return Selected(untold=(f"{name} is not read",))
        if not known(value.args):
            return Selected(untold=(f"what `{name}` is given is worked out when the code runs",))
        sources = value.get("include_sources", None, False) is True
        if name in ("from_string", "from_coercible"):
            given = value.get("string", 0, value.get("selection"))
            return self._text(given, sources) if isinstance(given, str) else self.resolve(given)
        return self._made(name, value, sources)

    def _made(self, name: str, value: Called, sources: bool) -> Selected:
        args = flat(list(value.args))
        if name == "all":
            return self._everything(sources or value.get("include_sources", 0) is True)
        if name == "groups":
            return self._union([self._of(()), *(self._attribute("group", [g], sources) for g in args)])
        if name in ("assets", "keys"):
            return self._union(self._keys(item) for item in value.args)
        if name == "key_prefixes":
            prefixes = [
                "/".join(p) if isinstance(p, list | tuple) else key_of(p) or str(p) for p in value.args
            ]
            return self._where(lambda n: any(f"{n.key}/".startswith(f"{p}/") for p in prefixes), sources)
        if name == "key_substring":
            return self._where(lambda n: str(value.get("key_substring", 0)) in n.key, sources)
        if name in ("tag", "tag_string"):
            key, _, after = str(value.get("key", 0, value.get("string"))).partition("=")
            return self._attribute("tag", [key, value.get("value", 1, after)], sources)
        if name in ("kind", "owner"):
            return self._attribute(name, [value.get(name, 0)], sources)
        if name == "all_asset_checks":
            tests = {tests_of(k) for k, node in self.graph.nodes.items() if node.dbt}
            return Selected(frozenset(), frozenset(tests.union(map(check_of, self._checks))))
        if name == "checks_for_assets":
            named = self._union(self._keys(item) for item in value.args)
            return Selected(frozenset(), named.checks, named.untold)
        if name == "checks":
            return self._union(self._check(item) for item in args)
        return Selected(untold=(f"AssetSelection.{name} is not read",))

    def _check(self, item: Any) -> Selected:
        if isinstance(item, Called) and item.short == "AssetCheckKey":
            asset, name = key_of(item.get("asset_key", 0)), item.get("name", 1)
            found = [
                check_of(u) for u in self._checks if any((c.asset, c.name) == (asset, name) for c in u.checks)
            ]
            if found:
                return Selected(frozenset(), frozenset(found))
        if isinstance(item, Decorated):
            return self.resolve(item)
        return Selected(untold=("nothing that was read makes a check it names",))

    def _keys(self, item: Any) -> Selected:
        if isinstance(item, Decorated) or (isinstance(item, Called) and item.name == ".key"):
            return self.resolve(item)
        if isinstance(item, list | tuple) and not all(isinstance(part, str) for part in item):
            return self._union(self._keys(part) for part in item)
        return self._named([key_of(item)], "an asset it names")

    def _dbt(self, value: Called, at: int) -> Selected:
        """What dbt's own selection syntax means, for names of models."""
        select = value.get("dbt_select", at, value.get("select", None, "fqn:*"))
        exclude = value.get("dbt_exclude", at + 1, value.get("exclude"))
        steps = [self._model.units.get(identity(v)) for v in flat(value.get("dbt_assets", 0)) if at == 1]
        own = {key for unit in steps if unit for key in unit.keys}
        made = frozenset(k for k, node in self.graph.nodes.items() if node.dbt and (k in own or not own))
        if "dbt_selector" in value.kwargs or "selector" in value.kwargs:
            return Selected(untold=("a selector of dbt's YAML is for dbt to say",))
        if not made:
            return self._for_dbt(value, select, exclude)
        nodes = self._model.dbt
        chosen = dbt_named(self.graph, nodes, made, select)
        left = dbt_named(self.graph, nodes, made, exclude or ())
        if chosen is None or left is None:
            return self._for_dbt(value, select, exclude)
        return self._of(chosen - left)

    def _for_dbt(self, value: Called, select: Any, exclude: Any) -> Selected:
        """What only dbt can tell, of the one step that it is asked of."""
        named = [v for v in flat(value.get("dbt_assets", 0)) if isinstance(v, Decorated)]
        steps = [name for name, unit in self._model.units.items() if unit.does == "dbt"]
        wanted = [name for name in map(identity, named) if name in steps] or steps
        if len(wanted) != 1 or not isinstance(select, str) or not isinstance(exclude or "", str):
            return Selected(untold=(f"dbt's selection {select!r} is more than names of models",))
        select = "" if select in EVERYTHING else select
        return Selected(parts=(Part(wanted[0], select, exclude or ""),))

    def _method(self, name: str, value: Called) -> Selected:
        left = self.resolve(value.args[0])
        if name == "key" and isinstance(value.args[0], Decorated):
            return left
        if left.parts and name not in ("BitOr", "BitAnd", "Subtract", "without_checks"):
            left = Selected(
                left.keys, left.checks, (*left.untold, "only dbt knows what is around its models")
            )
        how = {"BitOr": "or", "BitAnd": "and", "Subtract": "not"}.get(name)
        if how:
            return joined(how, left, self.resolve(value.args[1]))
        if name in ("upstream", "downstream"):
            own = value.get("include_self", 2, True) is not False
            return self._walked(left, name == "upstream", value.get("depth", 1), own)
        if name in ("roots", "sources", "sinks"):
            return self._ends(left, name != "sinks")
        if name == "without_checks":
            bare = tuple(part._replace(tests=False) for part in left.parts)
            return Selected(left.keys, frozenset(), left.untold, bare)
        if name == "materializable":
            return self._of(left.keys & self._all, left.untold)
        if name == "required_multi_asset_neighbors":
            nodes = [self.graph.nodes[k] for k in left.keys if k in self.graph.nodes]
            return self._of(left.keys.union(*(n.together for n in nodes)), left.untold)
        if name == "upstream_source_assets":
            return self._of(self.graph.walk(left.keys, up=True) - self._all, left.untold)
        return Selected(left.keys, left.checks, (*left.untold, f"AssetSelection.{name} is not read"))

    def _walked(self, left: Selected, up: bool, depth: Any, own: bool = True) -> Selected:
        if depth is not None and not isinstance(depth, int):
            return Selected(untold=("how many steps it goes is worked out when the code runs",))
        found = self.graph.walk(left.keys, up, depth)
        loads = [k for k in self.graph.nodes if k.startswith("?")]
        unknown = loads and up and any(self.graph.nodes[k].source for k in found)
        if unknown or any(k in found for k in loads):
            return Selected(untold=(f"what the load {loads[0][1:]} makes is told when the code runs",))
        found = found if own else found - left.keys
        return self._of(found & self._all if up else found, left.untold)

    def _ends(self, left: Selected, up: bool) -> Selected:
        return self._of(self.graph.ends(left.keys, up), left.untold)


def _like(pattern: str, text: str) -> bool:
    return bool(re.match("^" + re.escape(pattern).replace("\\*", ".*") + "$", text))
