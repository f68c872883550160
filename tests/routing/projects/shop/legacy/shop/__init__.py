"""A small shop, as it runs under Dagster."""
