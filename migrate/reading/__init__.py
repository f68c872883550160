"""Reading a Dagster project: files, names, values, constructs, and what is deployed. Nothing is imported."""
