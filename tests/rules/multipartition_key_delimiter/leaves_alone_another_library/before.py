# dagster is only mentioned here
from elsewhere import MULTIPARTITION_KEY_DELIMITER

KEPT = MULTIPARTITION_KEY_DELIMITER
