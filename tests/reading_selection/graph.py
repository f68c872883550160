"""A small graph with everything a selection may ask for."""

import dagster as dg
from dagster import AssetSelection

ext = dg.AssetSpec("ext", group_name="outside", tags={"tier": "raw"}, owners=["team:data"], kinds={"s3"})
behind = dg.AssetSpec(["sling", "cloud", "orgs"], deps=[ext])


@dg.asset(
    group_name="raw", tags={"tier": "raw", "flag": ""}, owners=["team:data"], deps=[ext], compute_kind="dlt"
)
def a(): ...


@dg.asset(group_name="raw", kinds={"python", "duckdb"}, owners=["me@example.com"], deps=[a, "nobody"])
def b(): ...


@dg.asset(key=["mart", "c"], group_name="mart", kinds={"python"}, deps=[b])
def c(): ...


@dg.asset(key_prefix=["mart", "deep"], tags={"tier": "gold"}, deps=[c])
def d(): ...


@dg.asset(key_prefix="other", deps=[d, behind])
def e(): ...


@dg.multi_asset(
    specs=[
        dg.AssetSpec("m1", deps=[a], group_name="mart", tags={"tier": "gold"}),
        dg.AssetSpec("m2", deps=["m1", c], owners=["team:ops"]),
        dg.AssetSpec("m3", kinds={"dbt"}),
    ]
)
def together(): ...


@dg.multi_asset(specs=[dg.AssetSpec("s1", deps=["m2"]), dg.AssetSpec("s2")], can_subset=True)
def apart(): ...


@dg.asset_check(asset=a)
def a_is_well(): ...


@dg.asset_check(asset=c)
def c_is_well(): ...


SELECTIONS = [
    "a",
    "*",
    "mart/c",
    "a*",
    "*m2",
    "+m2",
    "++m2",
    "a++",
    "+b+",
    "*b*",
    "s1",
    "b+",
    "key:a",
    'key:"mart/*"',
    "key:*c",
    "key:*",
    'key:"a" or key:b',
    "+key:b",
    "key:b+",
    "2+key:m2",
    "key:a+2",
    "+key:b+",
    "1+key:b+1",
    "tag:tier=raw",
    "tag:flag",
    'tag:"tier"="gold"',
    "tag:tier",
    "group:raw",
    'group:"mart"',
    'group:"m*"',
    "group:default",
    "group:outside",
    "group:<null>",
    'owner:"team:data"',
    'owner:"me@example.com"',
    'owner:"x"',
    "kind:python",
    "kind:dbt",
    "kind:dlt",
    "kind:<null>",
    "is:external",
    "is:materializable",
    "not kind:python",
    "group:raw and kind:python",
    "group:raw or kind:dbt and not key:m3",
    "not (group:raw or key:m1)",
    "not not key:a",
    "sinks(*)",
    "roots(*)",
    "sinks(group:raw)",
    "roots(group:mart or key:e)",
    "+sinks(group:raw)",
    "roots(key:a)+",
    "2+(key:m1 or key:m2)+1",
    "NOT key:a AND key:b",
    "* and +group:mart",
    "key: a",
    "roots(key:*)",
    "sinks(key:*)",
    'key:"sling/*/*orgs"+',
    "tag:dagster/kind/python",
    AssetSelection.all(),
    AssetSelection.all(include_sources=True),
    AssetSelection.groups("raw", "mart"),
    AssetSelection.groups("outside", include_sources=True),
    AssetSelection.assets(a, c),
    AssetSelection.assets("a", ["mart", "c"]),
    AssetSelection.assets(dg.AssetKey(["mart", "c"])),
    AssetSelection.assets(together),
    AssetSelection.assets(*[a, b]),
    AssetSelection.keys("mart/c", ["other", "e"]),
    AssetSelection.key_prefixes("mart"),
    AssetSelection.key_prefixes(["mart", "deep"], "other"),
    AssetSelection.key_prefixes("sling", include_sources=True),
    AssetSelection.key_substring("t/d"),
    AssetSelection.key_substring("s"),
    AssetSelection.key_substring("s", include_sources=True),
    AssetSelection.tag("tier", "gold"),
    AssetSelection.tag("tier", "raw", include_sources=True),
    AssetSelection.tag_string("tier=raw"),
    AssetSelection.kind("python"),
    AssetSelection.kind("s3", include_sources=True),
    AssetSelection.kind(None),
    AssetSelection.owner("team:data"),
    AssetSelection.from_string("group:raw"),
    AssetSelection.from_string("group:outside", include_sources=True),
    AssetSelection.from_coercible(["a", "b+"]),
    AssetSelection.from_coercible([a, together]),
    AssetSelection.checks(a_is_well),
    AssetSelection.checks(dg.AssetCheckKey(dg.AssetKey(["mart", "c"]), "c_is_well")),
    AssetSelection.checks_for_assets(a, c),
    AssetSelection.all_asset_checks(),
    AssetSelection.all().without_checks(),
    AssetSelection.groups("raw") - AssetSelection.checks_for_assets(a),
    AssetSelection.assets(c).upstream(),
    AssetSelection.assets(c).upstream(depth=1),
    AssetSelection.assets(c).upstream(2, False),
    AssetSelection.assets(c).upstream(include_self=False),
    AssetSelection.assets(a).downstream(),
    AssetSelection.assets(a).downstream(depth=0),
    AssetSelection.assets(a).downstream(1),
    AssetSelection.assets(a).downstream(depth=2, include_self=False),
    AssetSelection.assets("ext").downstream(),
    AssetSelection.assets(e).upstream_source_assets(),
    AssetSelection.assets("m1").required_multi_asset_neighbors(),
    AssetSelection.assets("s1").required_multi_asset_neighbors(),
    AssetSelection.groups("mart").roots(),
    AssetSelection.groups("mart").sinks(),
    AssetSelection.all(include_sources=True).roots(),
    AssetSelection.assets("ext").downstream().materializable(),
    AssetSelection.groups("raw") | AssetSelection.groups("mart"),
    AssetSelection.groups("mart") & AssetSelection.assets(a).downstream(),
    AssetSelection.all() - AssetSelection.groups("raw") - AssetSelection.kind("dbt"),
    (AssetSelection.assets(a).downstream() & AssetSelection.assets(d).upstream()) - AssetSelection.assets(b),
    AssetSelection.all().upstream_source_assets(),
    AssetSelection.checks(a_is_well) | AssetSelection.assets(b),
    ["a", "group:mart"],
    [a, c],
    [dg.AssetKey("b")],
    [together],
    "key:nothing",
    "column:x",
    "2+a",
    "key:a-b",
    "-",
    "",
    AssetSelection.assets("nothing"),
]

defs = dg.Definitions(
    assets=[ext, behind, a, b, c, d, e, together, apart], asset_checks=[a_is_well, c_is_well]
)
