# nothing of dagster's
from mylib import build_column_schema_change_checks, build_metadata_bounds_checks

checks = [*build_column_schema_change_checks(assets=["a"]), *build_metadata_bounds_checks(assets=["a"])]
