"""The same dbt project in Prefect."""

from pathlib import Path

from prefect import flow
from prefect_dbt import PrefectDbtRunner, PrefectDbtSettings

DBT = Path(__file__).parent / "dbt"

# There is no manifest to read first and no asset to declare. The runner calls dbt in this process; while dbt
# works it opens a task run for each node and materializes each model's asset.
runner = PrefectDbtRunner(settings=PrefectDbtSettings(project_dir=DBT, profiles_dir=DBT))


@flow
def build(selected: str = "*", price: str = "400") -> None:
    # A data test that fails makes `invoke` raise, and so the flow fail: no need to look at results.
    runner.invoke(["build", "--vars", f"price: {price}", "--select", f"+{selected}"])
