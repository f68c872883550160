"""The dq_ models carry a column `passed`: one check for each of them."""

from planalign.resources import WorkforceDatabase
from prefect_support.validations import CheckResult, Severity, ValidationTask, validation

DQ_MODELS = ["dq_employee_id_validation", "dq_workforce_reconciliation", "dq_compensation_bounds"]


def build_quality_check(model: str) -> ValidationTask[...]:
    """A check that no row of a dq_ model says `passed = false`."""

    @validation(f"asset://{model}", name=f"{model}_passed", description=f"Every row of {model} passed.")
    def quality_check(database: WorkforceDatabase) -> CheckResult:
        with database.connect(read_only=True) as connection:
            failed = connection.execute(
                f"select simulation_year, check_name from {model} where not passed order by all"
            ).fetchall()
        return CheckResult(
            passed=not failed,
            # the models decide what is wrong; whether it matters is for somebody to read
            severity=Severity.WARN,
            metadata={"failed": [f"{name} ({year})" for year, name in failed]},
        )

    return quality_check


quality_checks = [build_quality_check(model) for model in DQ_MODELS]
