"""dbt's Jinja, read leniently: which relations a template asks for, and SQL that a parser can read.

Nothing is asked of a database and dbt is not needed: `ref`, `source`, `var`, `config` and the adapter are
stand-ins that write down what they are asked. What is not known renders as `null` instead of stopping.
Templates run in Jinja's sandbox, since a project that is assessed is not trusted code.

Upstream: https://docs.getdbt.com/reference/dbt-jinja-functions
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment

BLOCKS = re.compile(r"{%-?\s*(?:snapshot\s+\w+|endsnapshot)\s*-?%}")
TESTS = re.compile(r"{%(-?)\s*(?:test|data_test)\s+(\w+)")
MATERIALISATIONS = re.compile(r"{%-?\s*materialization\b.*?{%-?\s*endmaterialization\s*-?%}", re.DOTALL)


@dataclass
class Asked:
    """What a template asked for while it was rendered: relations by name, and SQL it ran by itself."""

    refs: list[str] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)


class Relation:
    """A table's name that may be asked anything a dbt relation may be asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name

    def __getattr__(self, asked: str) -> Any:
        if asked.startswith("__"):
            raise AttributeError(asked)
        if asked in ("identifier", "table", "name"):
            return self.name.rpartition(".")[2]
        return Nothing(name=asked)

    def include(self, **_: Any) -> Relation:
        """dbt leaves out parts of the name."""
        return self

    incorporate = quote = include


class Nothing(Undefined):
    """What is not known: empty when asked, `null` when written."""

    def _again(self, *_: Any, **__: Any) -> Any:
        return self

    __getattr__ = __getitem__ = __call__ = _again
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _again
    __mod__ = __rmod__ = __floordiv__ = __pow__ = __neg__ = __pos__ = _again

    def _never(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never  # type: ignore[assignment]  # Jinja's own raise

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Nothing)

    def __hash__(self) -> int:
        return 0

    def __str__(self) -> str:
        return "null"

    def __int__(self) -> int:  # type: ignore[override]  # Jinja's own raises
        return 0

    def __float__(self) -> float:  # type: ignore[override]
        return 0.0

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __bool__(self) -> bool:
        return False


class Templates:
    """The templates of one dbt project, with its macros and the defaults of its variables."""

    def __init__(self, macros: Mapping[Path, str], variables: Mapping[str, Any]) -> None:
        self.variables = dict(variables)
        self._environment = SandboxedEnvironment(undefined=Nothing, extensions=["jinja2.ext.do"])
        self._environment.globals.update(_constants())
        self._asked = Asked()
        self._environment.globals.update(self._calls("", {}, True))
        self.macros: dict[str, str] = {}
        for path, text in macros.items():
            self._define(path, text)

    def _define(self, path: Path, text: str) -> None:
        try:
            module = self._environment.from_string(_plain(text)).module
        except Exception:  # a macro that cannot be read is one that is not known
            return
        for name in dir(module):
            if not name.startswith("_"):
                self._environment.globals[name] = getattr(module, name)
                self.macros[name] = str(path)

    def parse(self, text: str) -> nodes.Template | None:
        """The syntax tree of a template; None when it is not valid Jinja."""
        try:
            return self._environment.parse(_plain(text))
        except Exception:  # whatever is wrong with it: dbt will say so
            return None

    def render(
        self, text: str, name: str, variables: Mapping[str, Any] | None = None, incremental: bool = True
    ) -> tuple[str, Asked]:
        """The SQL of a template and what it asked for; the SQL is empty when it cannot be rendered."""
        self._asked = asked = Asked()
        given = {**self.variables, **(variables or {})}
        calls = self._calls(name, given, incremental)
        before = {key: self._environment.globals.get(key) for key in calls}
        self._environment.globals.update(calls)  # macros see the same stand-ins as the model that calls them
        try:
            return self._environment.from_string(_plain(text)).render(), asked
        except Exception:  # lenient: what was asked until then still counts
            return "", asked
        finally:
            self._environment.globals.update(before)

    def _calls(self, name: str, variables: Mapping[str, Any], incremental: bool) -> dict[str, Any]:
        return {
            "ref": lambda *names, **_: self._ref(names),
            "source": self._source,
            "var": lambda key, default=None: variables.get(
                key, Nothing(name=key) if default is None else default
            ),
            "is_incremental": lambda: incremental,
            "this": Relation(name),
            "model": {"name": name, "alias": name, "unique_id": name},
            "config": Config(self._asked),
            "adapter": Adapter(self._asked),
            "run_query": self._query,
            "load_relation": lambda relation, **_: self._looked_up(str(relation)),
            "should_full_refresh": lambda: not incremental,
        }

    def _ref(self, names: tuple[Any, ...]) -> Relation:
        self._asked.refs.append(str(names[-1]))
        return Relation(str(names[-1]))

    def _source(self, schema: Any, table: Any) -> Relation:
        self._asked.sources.append((str(schema), str(table)))
        return Relation(f"{schema}.{table}")

    def _looked_up(self, name: str) -> Relation:
        self._asked.looked_up.append(name)
        return Relation(name)

    def _query(self, sql: Any, *_: Any, **__: Any) -> Nothing:
        self._asked.queries.append(str(sql))
        return Nothing(name="run_query")


class Config:
    """dbt's `config`: called it takes settings, `.get` asks for one."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def __call__(self, *given: Any, **settings: Any) -> str:
        """Take settings; nothing is written."""
        for mapping in given:
            self._asked.config.update(mapping if isinstance(mapping, dict) else {})
        self._asked.config.update(settings)
        return ""

    def get(self, name: str, default: Any = None, **_: Any) -> Any:
        """One setting, as far as the template has set it."""
        return self._asked.config.get(name, default)

    def require(self, name: str, **_: Any) -> Any:
        """One setting."""
        return self._asked.config.get(name, Nothing(name=name))

    def set(self, name: str, value: Any) -> str:
        """Take one setting."""
        self._asked.config[name] = value
        return ""


class Adapter:
    """dbt's adapter: every relation that is looked up by name is there, and written down."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def get_relation(self, database: Any = None, schema: Any = None, identifier: Any = None) -> Relation:
        """A relation by name: what no lineage tool of dbt sees."""
        name = str(identifier)
        self._asked.looked_up.append(name)
        return Relation(name)

    def dispatch(self, macro_name: str = "", *_: Any, **__: Any) -> Callable[..., Any]:
        """Macros of an adapter are not known."""
        return Nothing(name=macro_name)

    def quote(self, name: Any) -> str:
        """A quoted name."""
        return f'"{name}"'

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing(name=name)


def _plain(text: str) -> str:
    """dbt's own blocks as Jinja knows them."""
    return (
        TESTS.sub(r"{%\1 macro test_\2", MATERIALISATIONS.sub("", BLOCKS.sub("", text)))
        .replace("endtest", "endmacro")
        .replace("enddata_test", "endmacro")
    )


def _constants() -> dict[str, Any]:
    target = {"name": "dev", "schema": "main", "database": "db", "type": "duckdb", "threads": 1}
    return {
        "execute": True,
        "target": target,
        "flags": {"FULL_REFRESH": False, "WHICH": "run"},
        "env_var": lambda name, default="": default,
        "log": _silent,
        "print": _silent,
        "return": lambda value: value,
        "exceptions": {"raise_compiler_error": _silent, "warn": _silent},
        "tojson": lambda value, *_: json.dumps(value, default=str),
        "fromjson": _from_json,
        "set": lambda value, *_: set(value),
        "zip": zip,
        "doc": _silent,
        "dbt_version": "1.11.0",
        "invocation_id": "0",
        "modules": _modules(),
    }


def _from_json(text: Any, default: Any = None) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return default


def _silent(*_: Any, **__: Any) -> str:
    return ""


def _modules() -> dict[str, Any]:
    import datetime
    import itertools

    return {"datetime": datetime, "re": re, "itertools": itertools}
