# dagster is only mentioned here
from elsewhere import safe_tempfile_path

KEPT = safe_tempfile_path
