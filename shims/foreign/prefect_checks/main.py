"""Repeats on the Prefect side what `dagster_checks` did: the same corruptions, the same checks, alone.

Runs in the target's interpreter, handed over as one file: `python prefect_checks.pyz request.json`. The
arguments of a check are those that the target's own flows give it: the flows are traced as by
`prefect_probe` (no task runs), and what they hand to a check is kept. A task that calls dbt runs
only the tests: its commands become `test` with the names of the checks. No server is used.

Exit code 0: the answer is written; 2: it holds `{"error": …}`.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from ..project import answered
from .bench import Bench


def main(arguments: list[str]) -> int:
    """Repeat every round; the answer is written where the request says."""
    logging.disable(logging.WARNING)
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    answer, root = Path(request["answer"]), Path(request["root"])
    return answered(answer, root, lambda: {"schema": 1, "rounds": Bench(request).rounds()})
