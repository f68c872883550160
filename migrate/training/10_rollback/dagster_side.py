"""The graph that is being migrated: who takes whose value. `python dagster_side.py` prints it."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "legacy"))

from shop import defs

if __name__ == "__main__":
    graph = defs.resolve_asset_graph()
    keys = sorted(key.to_user_string() for key in graph.get_all_asset_keys())
    upstream = {
        node.key.to_user_string(): sorted(key.to_user_string() for key in node.parent_keys)
        for node in graph.asset_nodes
    }
    print(json.dumps({"assets": keys, "upstream": dict(sorted(upstream.items()))}))
