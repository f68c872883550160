"""Spelled like dagster's, and another library's."""

from warehouse import DbtProject

project = DbtProject(project_dir="dbt", packaged_project_dir="packed")
project.prepare_if_stale()
