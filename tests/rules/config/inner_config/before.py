from dagster import Config, Definitions, asset


class Upload(Config):
    name: str

    class Config:
        str_strip_whitespace = True


@asset
def uploaded(config: Upload) -> str:
    return config.name


defs = Definitions(assets=[uploaded])
