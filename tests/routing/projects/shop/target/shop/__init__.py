"""A small shop, as it runs under Prefect."""
