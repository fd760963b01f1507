#!/usr/bin/env python3
"""What sqltables.py makes of a schema, and what it refuses."""

import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import sqltables  # noqa: E402


class Tables(unittest.TestCase):
    def test_those_that_refer_come_after(self):
        got = sqltables.read_tables([
            "CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER"
            " REFERENCES a (id));",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, me INTEGER"
            " REFERENCES a (id));"])
        self.assertEqual([t.name for t in got], ["a", "b"])

    def test_keys_come_first_in_their_own_order(self):
        (got,) = sqltables.read_tables([
            "CREATE TABLE t (x TEXT, b TEXT, a TEXT, PRIMARY KEY (a, b));"])
        self.assertEqual(got.statements(), [
            ("copy_t_first", "SELECT a, b, x FROM t ORDER BY a, b LIMIT $1",
             1, False),
            ("copy_t_next", "SELECT a, b, x FROM t WHERE (a, b) > ($2, $3)"
             " ORDER BY a, b LIMIT $1", 3, False),
            ("copy_t_put", "INSERT INTO t (a, b, x) VALUES ($1, $2, $3)",
             3, True),
        ])

    def test_the_newest_schema_counts_and_its_steps_do_not(self):
        (got,) = sqltables.read_tables([
            "CREATE TABLE migration (number INTEGER PRIMARY KEY);",
            "CREATE TABLE t (id INTEGER PRIMARY KEY);"
            "CREATE TABLE gone (id INTEGER PRIMARY KEY);",
            "ALTER TABLE t ADD COLUMN later TEXT; DROP TABLE gone;"])
        self.assertEqual((got.name, got.columns), ("t", ["id", "later"]))

    def test_refusals(self):
        rows = [
            ("no key", "CREATE TABLE t (x TEXT);", "table t has no primary"),
            ("a circle", "CREATE TABLE a (id INTEGER PRIMARY KEY"
             " REFERENCES b (id)); CREATE TABLE b (id INTEGER PRIMARY KEY"
             " REFERENCES a (id));", "in a circle: a, b"),
        ]
        for reason, text, message in rows:
            with self.subTest(reason):
                with self.assertRaises(ValueError) as caught:
                    sqltables.read_tables([text])
                self.assertIn(message, str(caught.exception))


if __name__ == "__main__":
    unittest.main()
