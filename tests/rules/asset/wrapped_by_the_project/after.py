from functools import wraps

from prefect import get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from tenacity import retry

from prefect_support.io import store
from prefect_support.pickled_files import PickledFiles
from prefect_support.task_context import TaskContext


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


@materialize(
    Asset(key="asset://plain", properties=AssetProperties(name="plain")),
    cache_policy=NO_CACHE,
)
@noted
def plain() -> int:
    get_run_logger().info("plain")
    return 1


@materialize(
    Asset(key="asset://patient", properties=AssetProperties(name="patient")),
    cache_policy=NO_CACHE,
)
@retry
def patient() -> int:
    get_run_logger().info("patient")
    return 1


@materialize(
    Asset(key="asset://told", properties=AssetProperties(name="told")),
    cache_policy=NO_CACHE,
)
def told() -> int:
    context = TaskContext("asset://told")

    @said("news")
    def told(context):
        return 1

    return told(context)


@materialize(
    Asset(key="asset://handed", properties=AssetProperties(name="handed")),
    asset_deps=["asset://plain"],
    cache_policy=NO_CACHE,
)
def handed(plain: int) -> int:
    context = TaskContext("asset://handed")

    @said("news")
    def handed(context, plain: int):
        return plain

    return handed(context, plain=plain)


@materialize(
    Asset(key="asset://twice", properties=AssetProperties(name="twice")),
    cache_policy=NO_CACHE,
)
def twice(files: PickledFiles) -> int:
    @doubled
    def twice():
        return 1

    return store(files, "asset://twice", twice())


@materialize(
    Asset(key="asset://once", properties=AssetProperties(name="once")),
    cache_policy=NO_CACHE,
)
@noted
def once(files: PickledFiles) -> int:
    return store(files, "asset://once", 1)


@task(cache_policy=NO_CACHE)
@doubled
def passed_on() -> int:
    return 1


@task(cache_policy=NO_CACHE)
def seen() -> int:
    context = TaskContext()

    @peeking
    def seen(context):
        get_run_logger().info("seen")
        return 1

    return seen(context)


def files() -> PickledFiles:
    return PickledFiles(base_dir="files")
