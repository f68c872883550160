# dagster is only mentioned here
from elsewhere import file_relative_path

FOLDER = file_relative_path(__file__, "data")
