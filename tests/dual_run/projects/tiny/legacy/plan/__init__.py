"""The tiny plan, as it runs under Dagster."""
