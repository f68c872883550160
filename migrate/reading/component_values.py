"""What a component's YAML says, as the Python that its class would be given: by the types of its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from migrate.reading.component_templates import Scope, Untold, quoted, templated
from migrate.reading.names import External, Internal, NameIndex, dotted

SPEC = frozenset(
    {
        *("deps", "group_name", "description", "tags", "owners", "kinds", "metadata", "skippable"),
        *("code_version", "automation_condition", "partitions_def"),
    }
)
PARTITIONS: Mapping[str, str] = {
    "hourly": "HourlyPartitionsDefinition",
    "daily": "DailyPartitionsDefinition",
    "weekly": "WeeklyPartitionsDefinition",
    "static": "StaticPartitionsDefinition",
    "time_window": "TimeWindowPartitionsDefinition",
}
LISTS = ("Sequence", "list", "List", "tuple", "Iterable", "set")
MAPS = ("Mapping", "dict", "Dict")
SAME = ("Optional", "Annotated", "Union", "Injected", "Final")
PLAIN = frozenset({"str", "int", "float", "bool", "Any", "None", "Literal", "object", "Path", "EnvVar"})


@dataclass(frozen=True)
class Field:
    """One field of a component's class or of a model: its type, its default, and where it is written."""

    name: str
    type: cst.BaseExpression
    default: cst.BaseExpression | None
    module: str
    resolved: bool = False


def fields_of(names: NameIndex, module: str, node: cst.ClassDef) -> dict[str, Field]:
    """The fields of a class and of the project's classes it stands on, in their order."""
    found: dict[str, Field] = {}
    for base in node.bases:
        meaning = names.resolve(module, dotted(base.value))
        if isinstance(meaning, Internal) and not meaning.rest:
            inner = names.modules[meaning.module].nodes[meaning.name][-1]
            if isinstance(inner, cst.ClassDef):
                found |= fields_of(names, meaning.module, inner)
    for statement in node.body.body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
            name = small.target.value
            found[name] = _field(name, small.annotation.annotation, small.value, module)
    return found


def _field(name: str, kind: cst.BaseExpression, value: cst.BaseExpression | None, module: str) -> Field:
    told = [value] if value is not None else []
    resolved = False
    if isinstance(kind, cst.Subscript) and dotted(kind.value).endswith("Annotated"):
        extra = [e.slice.value for e in kind.slice[1:] if isinstance(e.slice, cst.Index)]
        told += [e for e in extra if _called(e) == "Field"]
        resolved = any(_called(e) == "Resolver" for e in extra)
    default = told[0] if told else None
    if isinstance(default, cst.Call) and _called(default) in ("Field", "field"):
        default = _default(default)
    return Field(name, kind, default, module, resolved)


def _called(node: cst.BaseExpression) -> str:
    return dotted(node.func).rpartition(".")[2] if isinstance(node, cst.Call) else ""


def _default(call: cst.Call) -> cst.BaseExpression | None:
    for place, arg in enumerate(call.args):
        name = arg.keyword.value if arg.keyword else ("default" if place == 0 else "")
        if name == "default" and not isinstance(arg.value, cst.Ellipsis):
            return arg.value
        if name == "default_factory":
            empty = {"list": "[]", "dict": "{}", "set": "set()"}.get(dotted(arg.value), "")
            inner = arg.value.body if isinstance(arg.value, cst.Lambda) else cst.Call(arg.value)
            return cst.parse_expression(empty) if empty else inner
    return None


class Values:
    """Writes values of YAML as expressions; `models` are the project's models it wrote calls of."""

    def __init__(self, names: NameIndex, scope: Scope) -> None:
        self._names, self._scope = names, scope
        self.models: dict[str, tuple[str, str]] = {}

    def of(self, worth: Any, kind: cst.BaseExpression, module: str) -> str:
        """A value of YAML where a type is expected.

        Raises:
            Untold: only Dagster's own resolving would tell.
        """
        if worth is None:
            return "None"
        if isinstance(kind, cst.SimpleString):
            kind = cst.parse_expression(str(kind.evaluated_value))
        if isinstance(kind, cst.BinaryOperation):
            return self._one_of(worth, (kind.left, kind.right), module)
        if isinstance(kind, cst.Subscript):
            return self._generic(worth, kind, module)
        name = dotted(kind).rpartition(".")[2]
        meaning = self._names.resolve(module, dotted(kind))
        if isinstance(meaning, External) and meaning.is_dagster:
            return self._dagster(worth, meaning.path.rpartition(".")[2])
        if isinstance(meaning, Internal) and not meaning.rest:
            return self._own(worth, meaning)
        if name in (*PLAIN, *LISTS, *MAPS):
            return self.plain(worth)
        raise Untold(f"a field of type {name or 'unknown'}")

    def _one_of(self, worth: Any, kinds: Sequence[cst.BaseExpression], module: str) -> str:
        others = [k for k in kinds if dotted(k) != "None"]
        fitting = [k for k in others if isinstance(worth, dict | list) or dotted(k) in PLAIN] or others
        if isinstance(worth, dict | list) and len(fitting) > 1:
            fitting = [k for k in fitting if dotted(k) not in PLAIN]
        if len(fitting) != 1 and not all(dotted(k) in PLAIN for k in fitting):
            raise Untold("a field that may be several things")
        return self.of(worth, fitting[0], module)

    def _generic(self, worth: Any, kind: cst.Subscript, module: str) -> str:
        name = dotted(kind.value).rpartition(".")[2]
        inner = [e.slice.value for e in kind.slice if isinstance(e.slice, cst.Index)]
        if name == "Annotated":
            return self.of(worth, inner[0], module)
        if name in SAME:
            return self._one_of(worth, inner, module)
        if name in LISTS and isinstance(worth, list):
            return f"[{', '.join(self.of(one, inner[0], module) for one in worth)}]"
        if name in MAPS and isinstance(worth, dict):
            pairs = [f"{quoted(k)}: {self.of(v, inner[-1], module)}" for k, v in worth.items()]
            return f"{{{', '.join(pairs)}}}"
        if name in (*LISTS, *MAPS, *PLAIN):
            return self.plain(worth)
        raise Untold(f"a field of type {name}")

    def _own(self, worth: Any, meaning: Internal) -> str:
        """A model of the project, or an alias of another type."""
        node = self._names.modules[meaning.module].nodes[meaning.name][-1]
        if isinstance(node, cst.ClassDef) and isinstance(worth, dict):
            given = self.given(worth, fields_of(self._names, meaning.module, node))
            self.models[meaning.name] = (meaning.module, meaning.name)
            return f"{meaning.name}({', '.join(f'{n}={v}' for n, v in given.items())})"
        value = node.value if isinstance(node, cst.Assign | cst.AnnAssign) else None
        if value is None or isinstance(node, cst.ClassDef):
            raise Untold(f"a field of type {meaning.name}")
        if _field("", value, None, meaning.module).resolved:
            raise Untold(f"what resolves {meaning.name}")
        return self.of(worth, value, meaning.module)

    def given(self, worth: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, str]:
        """The expressions of all fields of a class, with the defaults of those that YAML leaves out."""
        if set(worth) - set(fields):
            raise Untold(", ".join(sorted(set(worth) - set(fields))))
        found = {}
        for name, field in fields.items():
            if name in worth and field.resolved and worth[name] is not None:
                raise Untold(f"what resolves {name}")
            if name in worth:
                found[name] = self.of(worth[name], field.type, field.module)
            elif field.default is not None:
                found[name] = cst.Module([]).code_for_node(field.default)
            else:
                found[name] = "None"
        return found

    def plain(self, worth: Any) -> str:
        """A value without a type of its own."""
        if isinstance(worth, list):
            return f"[{', '.join(map(self.plain, worth))}]"
        if isinstance(worth, dict):
            return f"{{{', '.join(f'{quoted(k)}: {self.plain(v)}' for k, v in worth.items())}}}"
        if isinstance(worth, str):
            return templated(worth, self._scope)
        if not isinstance(worth, int | float | bool | None):
            return quoted(str(worth))  # a date, as its text
        return repr(worth)

    def _dagster(self, worth: Any, name: str) -> str:
        if name == "ResolvedAssetKey" or name == "AssetKey":
            return self.key(worth)
        if name == "ResolvedAssetSpec":
            return self.spec(worth)
        if name in ("ResolvedAssetAttributes", "AssetAttributesModel", "SharedAssetKwargs"):
            pairs = self.attributes(worth)
            return f"{{{', '.join(f'{quoted(n)}: {v}' for n, v in pairs.items())}}}"
        if name == "EnvVar" or (name == "AutomationCondition" and isinstance(worth, str)):
            return self.plain(worth)
        raise Untold(f"a field of type {name}")

    def key(self, worth: Any) -> str:
        """An asset key."""
        if "{{" in str(worth):
            return self.plain(str(worth))
        return f"dg.AssetKey([{', '.join(map(quoted, str(worth).split('/')))}])"

    def spec(self, worth: Any) -> str:
        """An `AssetSpec`."""
        if not isinstance(worth, dict) or "key" not in worth:
            raise Untold("what it says of its assets")
        more = self.attributes({n: v for n, v in worth.items() if n != "key"})
        return f"dg.AssetSpec({', '.join([self.key(worth['key']), *(f'{n}={v}' for n, v in more.items())])})"

    def attributes(self, worth: Any) -> dict[str, str]:
        """What YAML says of an asset beside its key."""
        if not isinstance(worth, dict) or set(worth) - {*SPEC, "key"}:
            raise Untold("what it says of its assets")
        found = {}
        for name, value in worth.items():
            if name == "key":
                found[name] = self.key(value)
            elif name == "deps":
                found[name] = f"[{', '.join(map(self.key, value or ()))}]"
            elif name == "partitions_def" and isinstance(value, dict):
                found[name] = self.partitions(value)
            else:
                found[name] = self.plain(value)
        return found

    def partitions(self, worth: Mapping[str, Any]) -> str:
        """A partitions definition."""
        kind = PARTITIONS.get(str(worth.get("type")))
        if kind is None:
            raise Untold("its partitions_def")
        window = kind.startswith("TimeWindow")
        renamed = {"start_date": "start", "end_date": "end"} if window else {}
        given = {renamed.get(n, n): self.plain(v) for n, v in worth.items() if n != "type"}
        return f"dg.{kind}({', '.join(f'{n}={v}' for n, v in given.items())})"
