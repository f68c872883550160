# dagster is only mentioned here
from elsewhere import dbt_cli_resource

LOCAL = dbt_cli_resource.configured({"project_dir": "shop"})
