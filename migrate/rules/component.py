"""Components in YAML (`defs.yaml`, `component.yaml`) → the Python they stand for; others are refused.

`DefsFolderComponent`, `DbtProjectComponent` and `PythonScriptComponent` are read as the assets they load, and
classes of the project as what their `build_defs` makes of the YAML. What has no such form (post-processing,
resolvers of one's own, templates only running them would tell) becomes a name that raises, and is counted.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.refusals import refused_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

HAND = "Write in Python what its build_defs returns (`dg list defs` shows it), and convert again."
REMEDIES = {
    "DltLoadCollectionComponent": "Write it as `@dlt_assets` in Python, which converts.",
    "SlingReplicationCollectionComponent": "Write it as `@sling_assets` in Python, which converts.",
}


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """A name that raises, with the component's type and what stood in the way."""
    value = work.model.project.value
    kind, reason = value(construct, "", 0), value(construct, "", 1)
    remedy = REMEDIES.get(construct.kind, HAND)
    outcome = Manual(f"{kind} in YAML: {reason} is not converted", remedy)
    return refused_statement(work, construct, updated, outcome)


RULE = Rule(("dagster_component",), "call", statement=statement)
