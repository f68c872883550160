from other import RunConfig, SensorResult, build_schedule_from_partitioned_job

# dagster has names like these
config = RunConfig(ops={"a": 1})
result = SensorResult(cursor="1")
schedule = build_schedule_from_partitioned_job(config)
