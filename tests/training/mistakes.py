"""Mistakes put into a solution: exercise, what stands there, what is written, what the learner reads."""

MISTAKES = [
    (1, '@materialize("asset://revenue", asset_deps=[ORDERS], tags=["group:sales"])\n', "", "plain function"),
    (1, "asset_deps=[ORDERS]", "asset_deps=[]", "`revenue` is made from ['asset://orders'] in Dagster"),
    (1, "return max(revenue", "return min(revenue", "Dagster's best_day is '2025-03-01'"),
    (1, "def best_day(revenue", "def best_day(revenue:", "Python cannot read this"),
    (2, "    every_order_has_a_price(found)\n", "", "`revenue` was reached"),
    (2, "    return not absurd", "    return True", "should return False for expensive orders"),
    (2, "        get_run_logger().warning(", "        raise CheckFailed(", "Dagster's run succeeds"),
]
