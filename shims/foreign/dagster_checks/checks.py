"""The checks that are deployed, and what each of them reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..dagster_probe.keys import path
from ..dagster_probe.operations import op_defs

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Check:
    """One asset check: who computes it, what it reads, and whether it has flipped yet."""

    key: Any
    kind: str
    test: dict[str, Any] = field(default_factory=dict)
    reads: str = ""
    good: str = ""
    flipped: bool = False
    why_not: str = ""
    made: frozenset[Any] = frozenset()
    together: frozenset[Any] = frozenset()
    """The checks that its function cannot leave out, itself among them."""

    @property
    def name(self) -> str:
        """`asset:check`."""
        return f"{path(self.key.asset_key)}:{self.key.name}"


def checks_of(repository: Any) -> Iterator[Check]:
    """Every deployed check: a function of its own, a dbt test, or part of an asset's function."""
    for definition in repository.asset_graph.assets_defs:
        keys = [spec.key for spec in definition.check_specs]
        if not keys:
            continue
        manifest = manifest_of(definition)
        tests = {}
        if manifest:
            relations = {k: n.get("alias") or n["name"] for k, n in manifest["nodes"].items()}
            for node in manifest["nodes"].values():
                if node["resource_type"] == "test":
                    tests[node["name"]] = {**node, "_relations": relations}
        text = "" if manifest else text_of(definition)
        whole = frozenset(() if definition.can_subset else keys)
        for key in keys:
            if tests:
                yield Check(key, "dbt", tests.get(key.name, {}))
            elif definition.keys and not definition.can_subset:
                yield Check(key, "inside", reads=text, made=frozenset(definition.keys), together=whole)
            else:
                yield Check(key, "python", reads=text, together=whole)


def manifest_of(definition: Any) -> dict[str, Any] | None:
    """dbt's manifest, where dagster-dbt keeps it: in the metadata of the assets it makes."""
    for metadata in (getattr(definition, "metadata_by_key", None) or {}).values():
        for name in ("dagster_dbt/manifest", "dagster-dbt/manifest"):
            held = metadata.get(name)
            manifest = getattr(held, "manifest", None) or getattr(
                getattr(held, "value", None), "manifest", None
            )
            if isinstance(manifest, dict):
                return manifest
    return None


def text_of(definition: Any) -> str:
    """All constants of the functions that compute a definition: SQL and names of tables are among them."""
    found: list[str] = []
    for op in op_defs(definition):
        function: Any = getattr(op.compute_fn, "decorated_fn", None)
        while hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        found.extend(texts(getattr(function, "__code__", None)))
        found.extend(str(cell.cell_contents) for cell in getattr(function, "__closure__", None) or ())
    return "\n".join(found)


def texts(code: Any) -> Iterator[str]:
    """Constants and names of a code object, those inside it included."""
    if code is None:
        return
    yield from code.co_names
    for constant in code.co_consts:
        if hasattr(constant, "co_consts"):
            yield from texts(constant)
        elif isinstance(constant, str):
            yield constant
