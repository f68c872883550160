# dagster is only mentioned here
from elsewhere import FilesystemIOManager

store = FilesystemIOManager(base_dir="/data")
