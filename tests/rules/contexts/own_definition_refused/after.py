from prefect import task

made = []
FACTS = {"rows": 1}


def facts():
    return {"rows": 1}


@task
def called(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:12: context.assets_def (line 13) has no counterpart. Write out "
        "what you need of it: its keys, metadata or partitions."
    )
    # return context.assets_def.metadata_by_key[context.asset_key]["rows"]


@task
def rebound(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:17: context.assets_def (line 18) has no counterpart. Write out "
        "what you need of it: its keys, metadata or partitions."
    )
    # return context.assets_def.metadata_by_key[context.asset_key]["rows"]


FACTS = {"rows": 2}

for name in ("a", "b"):

    @task
    def looped(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:26: context.assets_def (line 27) has no counterpart. Write out "
            "what you need of it: its keys, metadata or partitions."
        )
        # return context.assets_def.metadata_by_key[context.asset_key]["name"]

    made.append(looped)


@task
def shadowing(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:33: context.assets_def (line 34) has no counterpart. Write out "
        "what you need of it: its keys, metadata or partitions."
    )
    # own = context.assets_def
    # print(own)
    # return [len(own.check_specs)]


@task
def inside(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:40: context.assets_def (line 41) has no counterpart. Write out "
        "what you need of it: its keys, metadata or partitions."
    )
    # return [FACTS for FACTS in context.assets_def.metadata_by_key[context.asset_key].values()]


@task
def pair(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:45: context.assets_def (line 46) has no counterpart. Write out "
        "what you need of it: its keys, metadata or partitions."
    )
    # print(context.assets_def.metadata_by_key[dg.AssetKey("left")])
    # yield dg.MaterializeResult(asset_key="left")
    # yield dg.MaterializeResult(asset_key="right")


@task
def untold_kind(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:52: the kind of partitions that reading cannot tell (line 56) "
        "has no counterpart. Name the definition in the decorator, or write "
        "what follows from its kind."
    )
    # found = dg.DailyPartitionsDefinition("2024-01-01")
    # for found in (found,):
    #     print(found)
    # return isinstance(found, dg.MonthlyPartitionsDefinition)


@task
def untold_dimension(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:60: get_partitions_def_for_dimension of partitions that "
        "reading cannot tell (line 61) has no counterpart. Name the definition "
        "in the decorator, or write what follows from its kind."
    )
    # return str(untold_kind.get_partitions_def_for_dimension("day"))
