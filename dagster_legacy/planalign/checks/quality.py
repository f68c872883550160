"""The dq_ models carry a column `passed`: one check for each of them."""

from dagster import AssetCheckResult, AssetChecksDefinition, AssetCheckSeverity, AssetKey, asset_check

from planalign.resources import WorkforceDatabase

DQ_MODELS = ["dq_employee_id_validation", "dq_workforce_reconciliation", "dq_compensation_bounds"]


def build_quality_check(model: str) -> AssetChecksDefinition:
    """A check that no row of a dq_ model says `passed = false`."""

    @asset_check(asset=AssetKey(model), name=f"{model}_passed", description=f"Every row of {model} passed.")
    def quality_check(database: WorkforceDatabase) -> AssetCheckResult:
        with database.connect(read_only=True) as connection:
            failed = connection.execute(
                f"select simulation_year, check_name from {model} where not passed order by all"
            ).fetchall()
        return AssetCheckResult(
            passed=not failed,
            # the models decide what is wrong; whether it matters is for somebody to read
            severity=AssetCheckSeverity.WARN,
            metadata={"failed": [f"{name} ({year})" for year, name in failed]},
        )

    return quality_check


quality_checks = [build_quality_check(model) for model in DQ_MODELS]
