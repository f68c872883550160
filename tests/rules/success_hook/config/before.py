from dagster import Config, Definitions, HookContext, job, op, success_hook


class Settings(Config):
    rows: int = 3


@success_hook
def told(context: HookContext) -> None:
    context.log.info(Settings(**context.op_config).rows)


@op
def count(config: Settings) -> int:
    return config.rows


@job(hooks={told})
def all_of_it():
    count()


defs = Definitions(jobs=[all_of_it])
