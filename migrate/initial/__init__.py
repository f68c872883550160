"""`migrate init`: a first migration.toml from what is found in a project."""
