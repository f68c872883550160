"""A SARIF log against the published JSON Schema: `published_sarif.py SCHEMA.json LOG`; exit code 1 if not.

The schema is `sarif-schema-2.1.0.json` of the OASIS standard. No Python package that is kept ships it, and it
is not copied here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jsonschema import validators


def problems(schema: dict[str, Any], log: dict[str, Any]) -> list[str]:
    """What the schema does not allow in a log, by place."""
    kind = validators.validator_for(schema)
    found = kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(log)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


if __name__ == "__main__":
    if len(sys.argv) != 3 or not Path(sys.argv[1]).is_file():
        sys.exit(f"no schema at {sys.argv[1]!r}: make sarif SCHEMA=…/sarif-schema-2.1.0.json")
    said = problems(*(json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3]))
    print("\n".join(said) or "valid")
    sys.exit(bool(said))
