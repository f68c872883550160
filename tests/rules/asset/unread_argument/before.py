from dagster import AutomationCondition, asset


@asset(automation_condition=AutomationCondition.eager(), code_version="3")
def gold() -> int:
    return 1
