"""What only running the code tells: the answer of a database, a lookup that may fail."""

import os
import sqlite3


def tables():
    connection = sqlite3.connect(":memory:")
    rows = connection.execute("select 'orders' union select 'customers' order by 1")
    return [name for (name,) in rows]


def hour():
    try:
        return int(os.environ["SHOP_NO_SUCH_HOUR"])
    except KeyError:
        return 3
