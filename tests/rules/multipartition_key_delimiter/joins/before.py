from dagster import MULTIPARTITION_KEY_DELIMITER


def parts(key: str) -> list[str]:
    return key.split(MULTIPARTITION_KEY_DELIMITER)
