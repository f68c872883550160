"""`build_dbt_asset_selection` → a part of the dbt step: `models.part(select="tag:daily")` in the job's flow.

Names of models are told when converting, and so is what is around them; any other text is for dbt to tell
when the flow runs, and the step runs dbt with it. What is upstream or downstream of such a part is refused.

Upstream: https://docs.getdbt.com/reference/node-selection/syntax
"""

from __future__ import annotations

from migrate.rules import Rule

RULE = Rule(("dagster_dbt.build_dbt_asset_selection", "dagster_dbt.DbtManifestAssetSelection"), "value")
