"""Compare what two sides wrote, table by table and year by year, strictly, inside DuckDB.

What counts as a difference, without any setting:

* **Tables** go by their exact names, `schema.table`, the schema left out where it is `main`. One that
  is on one side only is `missing`. A view and a table with the same rows are equal (a note says so).
* **Columns** go by their exact names: `Id` and `id` are two columns. A column on one side only, and
  any difference of type (INTEGER and BIGINT, DECIMAL(10,2) and DECIMAL(12,2), an enum's values or their
  order, a struct's fields or their order), is `schema`. Their order alone, collations, constraints,
  defaults, and whether a column is generated are no differences.
* **Rows** are a multiset: their order is no difference, how often a row occurs is. A declared primary
  key pairs rows, so that a changed row is one change; a key never hides or multiplies a row.
* **NULL** equals NULL and nothing else: not the empty text, not an empty list, not a struct of NULLs.
* **Floating numbers**: NaN equals NaN, whatever its sign; infinities equal themselves; -0.0 and 0.0
  differ; everything else by its bits. No rounding (a tolerance is a setting, with a reason).
* **Text** by its bytes: case, trailing blanks, Unicode normal forms and JSON's own spelling count;
  collations do not.
* **Time**: TIMESTAMP WITH TIME ZONE by the instant (the zone is no part of the value; comparison
  runs in UTC), TIME WITH TIME ZONE by time and offset, intervals by their parts (1 month is not 30 days,
  24 hours are not 1 day).
* **Nested values** by their text, which quotes what it must: order of lists and of a map's entries
  counts. (In a nested value that also holds text, NaN's sign counts.)
* **CSV** knows no types: values are text, an empty cell is NULL, `""` is the empty text. Parquet and JSON
  have the types that DuckDB reads.
* **Years**: the year column (`year`, else `simulation_year`, or the one named) splits a table; NULL is a
  year of its own. A table without it is compared as a whole.
* **Empty on both sides** is an `error` under a configuration that does not allow it. Without one it is
  equal with a note, unless every table is empty: then nothing was compared, and every verdict is `error`.

Fingerprints are 64 bits a row: a changed row stays unseen with a chance of about 1 in 10**19.
"""

from validation.parity.compare import Wish, compare
from validation.parity.lineage import Lineage, read_lineage
from validation.parity.report import ParityReport, TableReport

__all__ = ["Lineage", "ParityReport", "TableReport", "Wish", "compare", "read_lineage"]
