"""A farm, as it runs under Dagster."""
