from dagster import Definitions
from dagster_dbt import DbtCliResource

from shop.assets import report, till
from shop.models import models

defs = Definitions(assets=[till, models, report], resources={"dbt": DbtCliResource(project_dir="dbt")})
