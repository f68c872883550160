# dagster is only mentioned here
from elsewhere import FivetranWorkspace

workspace = FivetranWorkspace("a")
