"""One column: how its values are hashed, compared, measured and shown.

DuckDB's `hash()`, `=` and `IS DISTINCT FROM` take some unequal values for equal; each expression
here says which, and puts it right. Every claim has a test in tests/parity/test_parity_values.py.

* `hash` and `=` of FLOAT and DOUBLE take -0.0 for 0.0.
* `hash` and `=` of INTERVAL take 1 month for 30 days, and 24 hours for 1 day.
* `hash` of nested values takes `[]` for `[NULL]` and for NULL, and `[[1], [2]]` for `[[1, 2]]`;
  `=` of nested values inherits the two faults above. They are compared as text.
* `=`, `GROUP BY` and joins follow a column's collation, `hash` does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from validation.sql import identifier

WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)
FLOATING = frozenset({"FLOAT", "DOUBLE"})
WIDE = frozenset({"HUGEINT", "UHUGEINT"})
TEXTUAL_LEAVES = ("VARCHAR", "JSON", "ENUM(", "BLOB", "VARIANT")


@dataclass(frozen=True)
class Column:
    """A column's name and DuckDB's own name of its type; `json_text` for versions whose casts lack quotes."""

    name: str
    type: str
    json_text: bool = False
    nullable: bool | None = None
    """Whether it may hold NULL by its table's definition; None where nothing says so (views, files)."""

    @cached_property
    def quoted(self) -> str:
        """The name as SQL."""
        return identifier(self.name)

    @property
    def floating(self) -> bool:
        """Whether it is FLOAT or DOUBLE."""
        return self.type in FLOATING

    @property
    def numeric(self) -> bool:
        """Whether a difference of two values is a number."""
        return self.type in FLOATING | WHOLE | WIDE or (self.type.startswith("DECIMAL") and not self.nested)

    @property
    def nested(self) -> bool:
        """Whether it is a list, array, struct, map or union."""
        return self.type.endswith("]") or self.type.startswith(("STRUCT(", "MAP(", "UNION("))

    @property
    def dear(self) -> bool:
        """Whether its values cost much more to read than a number."""
        return self.as_text or self.type in {"VARCHAR", "JSON", "BLOB", "BIT", "BIGNUM"}

    @property
    def as_text(self) -> bool:
        """Whether its values are compared as text."""
        return self.nested or self.type in {"INTERVAL", "VARIANT", "GEOMETRY"}

    def value(self, source: str) -> str:
        """The value of `source` in a form that `IS DISTINCT FROM` compares rightly (but for -0.0)."""
        if self.type == "VARCHAR":
            return f'({source} COLLATE "binary")'
        if not self.as_text:
            return source
        text = f"CAST({source} AS VARCHAR)"
        # NaN has one value here; its sign shows only in text. Where text of the user's own may hold
        # the same letters, the sign is left standing rather than the text changed.
        if any(t in self.type for t in FLOATING) and not any(t in self.type for t in TEXTUAL_LEAVES):
            text = f"replace({text}, '-nan', 'nan')"
        if "UNION(" in self.type or "VARIANT" in self.type or (self.json_text and self.nested):
            text = f"({text} || ' ' || CAST(to_json({source}) AS VARCHAR))"
        if self.type == "VARIANT":  # its text does not tell an INTEGER from a BIGINT
            text = f"({text} || ' ' || variant_typeof({source}))"
        return text

    def hashed(self, source: str) -> list[str]:
        """Arguments of `hash()` that tell any two different values of `source` apart."""
        if self.floating:
            return [source, f"({source} = 0 AND signbit({source}))"]
        return [self.value(source) if self.as_text else source]

    def differs(self, left: str, right: str) -> str:
        """Whether two results of `value` differ; never NULL."""
        unequal = f"{left} IS DISTINCT FROM {right}"
        if not self.floating:
            return unequal
        return f"({unequal} OR coalesce({left} = 0 AND signbit({left}) <> signbit({right}), false))"

    def distance(self, left: str, right: str) -> str:
        """The absolute difference of two numbers as DOUBLE; NULL where it is no finite number."""
        gap = self.gap(left, right)
        return gap if self.exact else f"CASE WHEN isfinite({gap}) THEN {gap} END"

    @property
    def exact(self) -> bool:
        """Whether numbers are subtracted before they are rounded to DOUBLE; then all are finite."""
        return self.type in WHOLE or (
            self.type.startswith("DECIMAL") and not self.type.startswith("DECIMAL(38")
        )

    def gap(self, left: str, right: str) -> str:
        """The absolute difference of two numbers as DOUBLE, be it finite or not."""
        if self.type in WHOLE:
            return f"CAST(abs(CAST({left} AS HUGEINT) - CAST({right} AS HUGEINT)) AS DOUBLE)"
        if self.exact:
            return f"CAST(abs({left} - {right}) AS DOUBLE)"
        return f"abs(CAST({left} AS DOUBLE) - CAST({right} AS DOUBLE))"

    def size(self, left: str, right: str) -> str:
        """The larger magnitude of two numbers as DOUBLE, which a relative difference is relative to."""
        return f"greatest(abs(CAST({left} AS DOUBLE)), abs(CAST({right} AS DOUBLE)))"

    def year(self, source: str) -> str:
        """The year of a row, where this is the year column: a whole number where it can be, else text."""
        if self.type in WHOLE:
            return f"CAST({source} AS BIGINT)" if self.type != "UBIGINT" else self.text(source)
        if self.type == "DATE" or (self.type.startswith("TIMESTAMP") and not self.nested):
            return f"year({source})"
        return self.text(source)

    def text(self, source: str) -> str:
        """How a value is shown, and grouped by as a year."""
        return f'(CAST({source} AS VARCHAR) COLLATE "binary")'
