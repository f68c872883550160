from functools import wraps

from dagster import AssetExecutionContext, Definitions, FilesystemIOManager, asset, op
from tenacity import retry


def noted(function):
    @wraps(function)
    def inside(*args, **kwargs):
        print(function.__name__)
        found = function(*args, **kwargs)
        return found

    return inside


def said(channel):
    def around(function):
        @wraps(function)
        def inside(context, *args, **kwargs):
            found = function(context, *args, **kwargs)
            context.log.info(channel)
            return found

        return inside

    return around


def doubled(function):
    @wraps(function)
    def inside(*args, **kwargs):
        return function(*args, **kwargs) * 2

    return inside


def peeking(function):
    @wraps(function)
    def inside(*args, **kwargs):
        kwargs["context"].log.info("ran")
        return function(*args, **kwargs)

    return inside


@asset
@noted
def plain(context: AssetExecutionContext) -> int:
    context.log.info("plain")
    return 1


@asset
@retry
def patient(context: AssetExecutionContext) -> int:
    context.log.info("patient")
    return 1


@asset
@said("news")
def told(context: AssetExecutionContext) -> int:
    return 1


@asset
@said("news")
def handed(context: AssetExecutionContext, plain: int) -> int:
    return plain


@asset(io_manager_key="files")
@doubled
def twice() -> int:
    return 1


@asset(io_manager_key="files")
@noted
def once() -> int:
    return 1


@op
@doubled
def passed_on() -> int:
    return 1


@op
@peeking
def seen(context) -> int:
    context.log.info("seen")
    return 1


defs = Definitions(
    assets=[plain, patient, told, handed, twice, once],
    resources={"files": FilesystemIOManager(base_dir="files")},
)
