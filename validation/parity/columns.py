"""One column: how its values are hashed, compared, measured and shown.

DuckDB's `hash()`, `=` and `IS DISTINCT FROM` take some unequal values for equal; each expression
here says which, and puts it right. Every claim has a test in tests/parity/test_parity_values.py.

* `hash` and `=` of FLOAT and DOUBLE take -0.0 for 0.0.
* `hash` of what takes 128 bits is an exclusive-or of its halves: it takes a HUGEINT of -1 for 0, 1 for
  2**64, and so for DECIMAL beyond 18 digits and UUID.
* `hash` and `=` of INTERVAL take 1 month for 30 days, and 24 hours for 1 day.
* `hash` of nested values takes `[]` for `[NULL]` and for NULL, and `[[1], [2]]` for `[[1, 2]]`;
  `=` of nested values inherits the two faults above. They are compared as text.
* `=`, `GROUP BY` and joins follow a column's collation, `hash` does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from validation.sql import identifier

WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)
FLOATING = frozenset({"FLOAT", "DOUBLE"})
WIDE = frozenset({"HUGEINT", "UHUGEINT"})
HALVES = {"HUGEINT": "HUGEINT", "UHUGEINT": "UHUGEINT", "UUID": "UHUGEINT"}
"""Types whose lower half is hashed beside them, and as what it is read."""
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
        text, json = f"CAST({source} AS VARCHAR)", f"CAST(to_json({source}) AS VARCHAR)"
        added = "UNION(" in self.type or "VARIANT" in self.type or (self.json_text and self.nested)
        found = f"({text} || ' ' || {json})" if added else text
        # NaN has one value here; its sign shows only in text, and never in JSON, which tells a text of
        # the user's own that holds the same letters from a number.
        if any(t in self.type for t in (*FLOATING, "VARIANT")):
            signless = f"replace({text}, '-nan', 'nan')"
            if any(t in self.type for t in TEXTUAL_LEAVES):
                more = "true" if added else f"contains({text}, 'nan')"
                found = f"({signless} || CASE WHEN {more} THEN ' ' || {json} ELSE '' END)"
            else:
                found = f"({signless} || ' ' || {json})" if added else signless
        return f"({found} || {_variant(source, json)})" if "VARIANT" in self.type else found

    def hashed(self, source: str) -> list[str]:
        """Arguments of `hash()` that tell any two different values of `source` apart."""
        if self.floating:
            return [source, f"({source} = 0 AND signbit({source}))"]
        if self.type in HALVES:
            whole = f"CAST({source} AS UHUGEINT)" if self.type == "UUID" else source
            return [source, f"CAST({whole} & {2**64 - 1}::{HALVES[self.type]} AS UBIGINT)"]
        if self.type.startswith("DECIMAL(") and not self.nested:
            return [source, *self._digits(source)]
        return [self.value(source) if self.as_text else source]

    def _digits(self, source: str) -> list[str]:
        """What the hash of a DECIMAL of 128 bits needs beside it: its sign where one half holds all its
        digits, else its text, which is dear to make."""
        width, scale = (int(n) for n in self.type[len("DECIMAL(") : -1].split(","))
        if width <= 18:
            return []
        if width == 19:
            return [f"({source} < 0)"]
        most = f"CAST('{Decimal(10**19).scaleb(-scale):f}' AS {self.type})"
        wide = f"CASE WHEN {source} NOT BETWEEN -{most} AND {most} THEN CAST({source} AS VARCHAR) END"
        return [f"({source} < 0)", wide]

    def differs(self, left: str, right: str) -> str:
        """Whether two results of `value` differ; never NULL."""
        unequal = f"{left} IS DISTINCT FROM {right}"
        if not self.floating:
            return unequal
        return f"({unequal} OR coalesce({left} = 0 AND signbit({left}) <> signbit({right}), false))"

    def distance(self, left: str, right: str) -> str:
        """The absolute difference of two numbers as DOUBLE; NULL where it is no finite number."""
        gap = self.gap(left, right)
        return f"CASE WHEN isfinite({gap}) THEN {gap} END" if self.floating else gap

    def gap(self, left: str, right: str) -> str:
        """The absolute difference of two numbers as DOUBLE, be it finite or not; exact numbers are
        subtracted before they are rounded, unless that is beyond 128 bits."""
        rounded = f"abs(CAST({left} AS DOUBLE) - CAST({right} AS DOUBLE))"
        if self.floating:
            return rounded
        if self.type in WHOLE:
            return f"CAST(abs(CAST({left} AS HUGEINT) - CAST({right} AS HUGEINT)) AS DOUBLE)"
        if self.type == "UHUGEINT":
            return f"CAST(greatest({left}, {right}) - least({left}, {right}) AS DOUBLE)"
        whole = f"CAST(abs({left} - {right}) AS DOUBLE)"
        if self.type != "HUGEINT" and not self.type.startswith("DECIMAL(38"):
            return whole
        most = f"CAST('{self._half():f}' AS {self.type})"
        within = " AND ".join(f"{v} BETWEEN -{most} AND {most}" for v in (left, right))
        return f"CASE WHEN {within} THEN {whole} ELSE {rounded} END"

    def _half(self) -> Decimal:
        """Numbers up to this can be subtracted from each other."""
        if self.type == "HUGEINT":
            return Decimal(2**126)
        return Decimal(4 * 10**37).scaleb(-int(self.type[len("DECIMAL(38,") : -1]))

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


def _variant(source: str, json: str) -> str:
    """The types within a VARIANT, which its text does not tell: an INTEGER from a BIGINT, a DATE from text.

    Its form in Parquet holds them, but also NaN's sign, and has no form for some types (TIMETZ, INTERVAL).
    """
    whole = f"variant_normalize(CAST({source} AS VARIANT))"
    bare = f"""regexp_replace({json}, '"(?:[^"\\\\]|\\\\.)*"', '', 'g')"""
    form = f"CAST(TRY(variant_to_parquet_variant({whole})) AS VARCHAR)"
    inner = f"CASE WHEN contains({bare}, 'NaN') THEN '' ELSE coalesce({form}, '') END"
    return f"variant_typeof({whole}) || {inner}"
