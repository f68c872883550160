from pieces import DynamicOutput  # not dagster's


def numbers():
    yield DynamicOutput(1, mapping_key="1")
