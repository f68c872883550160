from dagster import RunRequest, sensor


@sensor(asset_selection="*")
def inbox(context):
    return RunRequest()
