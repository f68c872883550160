# dagster is only mentioned here
from elsewhere import success_hook


@success_hook
def cheer(context):
    print(context)
