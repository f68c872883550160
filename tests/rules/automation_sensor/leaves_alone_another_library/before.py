from other import AutomationConditionSensorDefinition, asset_sensor, run_failure_sensor, with_source_code_references

# dagster has names like these
condition = AutomationConditionSensorDefinition("all")
linked = with_source_code_references([1])


@asset_sensor("a")
def on_a():
    return 1


@run_failure_sensor
def failed():
    return 2
