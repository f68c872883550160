"""Text in, text out: read a Dagster project, write a Prefect one, and say what became of every construct."""
