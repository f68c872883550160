"""Spelled like dagster's, and another library's."""

from warehouse import DbtCliResource

dbt = DbtCliResource(project_dir="dbt", dbt_executable="dbt")
