import os
from functools import cache
from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject


@cache
def project() -> DbtProject:
    found = DbtProject(project_dir=Path("dbt"), target=os.environ["TARGET"], state_path=Path("state"))
    found.prepare()
    return found


@dbt_models(project().manifest_path)
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


def dbt() -> DbtProject:
    return project()
