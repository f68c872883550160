"""A shop whose orders only Dagster can make."""
