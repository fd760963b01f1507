"""sqltables -- every table of a schema, and the statements that copy its rows.

The steps for SQLite are run in memory and the schema that they leave is read,
so no table and no column can be forgotten.  Each table, but for that of the
steps themselves, gets three statements: copy_TABLE_first, copy_TABLE_next and
copy_TABLE_put.  The columns of the key come first in each.
"""

import sqlite3

STEPS = "migration"  # store_migrate() writes it


class Table:
    def __init__(self, name, keys, others):
        self.name = name
        self.keys = keys
        self.columns = keys + others

    def statements(self):
        """(name, text, how many parameters, does it write?) of each."""
        columns = ", ".join(self.columns)
        keys = ", ".join(self.keys)
        given = ", ".join(f"${i + 2}" for i in range(len(self.keys)))
        row = ", ".join(f"${i + 1}" for i in range(len(self.columns)))
        select = f"SELECT {columns} FROM {self.name}"
        order = f"ORDER BY {keys} LIMIT $1"
        return [
            (f"copy_{self.name}_first", f"{select} {order}", 1, False),
            (f"copy_{self.name}_next",
             f"{select} WHERE ({keys}) > ({given}) {order}",
             1 + len(self.keys), False),
            (f"copy_{self.name}_put",
             f"INSERT INTO {self.name} ({columns}) VALUES ({row})",
             len(self.columns), True),
        ]


def read_table(db, name):
    columns = db.execute(f"PRAGMA table_info({name})").fetchall()
    keys = sorted((c for c in columns if c[5] > 0), key=lambda c: c[5])
    if not keys:
        raise ValueError(f"table {name} has no primary key: its rows could "
                         "not be copied in order")
    return Table(name, [c[1] for c in keys],
                 [c[1] for c in columns if c[5] == 0])


def refers_to(db, name):
    return {row[2] for row in db.execute(f"PRAGMA foreign_key_list({name})")}


def in_order(db, names):
    """Those that refer to others after them; else as they were made."""
    done, waiting = [], list(names)
    while waiting:
        ready = [n for n in waiting
                 if refers_to(db, n) - {n} <= set(done)]
        if not ready:
            raise ValueError("tables refer to one another in a circle: "
                             + ", ".join(waiting))
        done.append(ready[0])
        waiting.remove(ready[0])
    return done


def read_tables(steps):
    """The tables that these steps, texts of SQL, leave."""
    db = sqlite3.connect(":memory:")
    for text in steps:
        db.executescript(text)
    names = [row[0] for row in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        " AND name NOT LIKE 'sqlite_%' ORDER BY rowid")]
    names = [n for n in names if n != STEPS]
    return [read_table(db, n) for n in in_order(db, names)]
