"""What Dagster gave its users beyond running the graph, and what there is in its place today.

Said for every phase, because nobody reads it from a green gate. A sentence here states what exists;
what does not exist is named as missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validation.report import Loss

if TYPE_CHECKING:
    from validation.records import Conversion, Equivalence

ALWAYS = (
    Loss(
        "The asset catalogue and the lineage view in the web interface",
        "Every asset and edge is declared in the target's code and was compared with Dagster's loaded "
        "graph (section Graph). Prefect's open-source interface shows runs and task runs, not a "
        "catalogue: there is no browsable replacement in this phase.",
    ),
    Loss(
        "The materialisation history of each asset",
        "Prefect keeps flow runs, task runs and their metadata; each dual run also keeps a ledger of "
        "every step. A history by asset is not given back in this phase.",
    ),
)


def losses(conversion: Conversion | None, equivalence: Equivalence | None) -> tuple[Loss, ...]:
    """The losses that apply to this project, with their mitigation."""
    counts = equivalence.counts if equivalence else {}
    found = list(ALWAYS)
    if counts.get("checks", (0, 0))[0]:
        found.append(
            Loss(
                "The page of asset checks and their history",
                "Each check runs as a validation task with the same verdict and the same effect on "
                "what follows (section Checks); its history is that of its task runs.",
            )
        )
    if counts.get("partitions", (0, 0))[0]:
        found.append(
            Loss(
                "Partition status: which years are materialised, and the backfill page",
                "The year is a validated flow parameter and every flow run carries it. "
                "There is no page that shows missing years in this phase.",
            )
        )
    kinds = {c.kind for c in conversion.constructs} if conversion else set()
    if kinds & {
        "FreshnessPolicy",
        "AutomationCondition",
        "AutoMaterializePolicy",
        "build_last_update_freshness_checks",
    }:
        found.append(
            Loss(
                "Declarative automation and freshness",
                "See the constructs marked adapted or manual: each names what starts it now.",
            )
        )
    return tuple(found)
