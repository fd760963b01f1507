#!/usr/bin/env python3
"""What sqlembed.py takes and what it refuses, one row a reason."""

import importlib.util
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("sqlembed", HERE / "sqlembed.py")
sqlembed = importlib.util.module_from_spec(SPEC)
sys.dont_write_bytecode = True
SPEC.loader.exec_module(sqlembed)

REFUSED = [
    # reason, text, what the message must hold
    ("text before a name", "SELECT 1;\n", "x.sql:1: text before"),
    ("a name in capitals", "-- name: A\nSELECT 1;\n", "x.sql:1: 'A' is no"),
    ("no name at all", "-- name:\nSELECT 1;\n", "x.sql:1: '' is no name"),
    ("a name twice", "-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;\n",
     "x.sql:3: 'a' stands already in"),
    ("only a comment", "-- name: a\n-- later\n", "x.sql:1: 'a' is empty"),
    ("only a semicolon", "-- name: a\n;\n", "x.sql:1: 'a' is empty"),
    ("two statements", "-- name: a\nSELECT 1;\nSELECT 2;\n",
     "x.sql:3: more than one statement"),
    ("no semicolon", "-- name: a\nSELECT 1\n", "does not end with"),
    ("DDL", "-- name: a\nDROP TABLE x;\n", "'DROP' begins no SELECT"),
    ("a gap in the parameters", "-- name: a\nSELECT $1, $3;\n",
     "must use $1..$n without gaps, not $1, $3"),
    ("parameters from 0", "-- name: a\nSELECT $0;\n", "not $0"),
    ("an open quote", "-- name: a\nSELECT\n'x;\n", "x.sql:3: ' is never"),
    ("an open comment", "-- name: a\nSELECT /* 1;\n", "/* is never closed"),
    ("nothing", "", "no statement here"),
]


class Queries(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "x.sql").write_text(text)
            return sqlembed.read_queries(pathlib.Path(folder))

    def test_refusals_name_place_and_reason(self):
        for reason, text, message in REFUSED:
            with self.subTest(reason):
                with self.assertRaises(sqlembed.Refused) as caught:
                    self.read(text)
                self.assertIn(message, str(caught.exception))

    def test_comments_go_and_quotes_stay(self):
        (got,) = self.read("-- top\n-- name: a_1\n-- why; really\nSELECT  "
                           "'-- ; $9 ''  x', \"a;  b\" /* ; */\n"
                           "  FROM t WHERE b = $2 AND a = $1;\n-- end\n")
        self.assertEqual(got.text, "SELECT '-- ; $9 ''  x', \"a;  b\" FROM t "
                                   "WHERE b = $2 AND a = $1")
        self.assertEqual((got.params, got.writes), (2, False))

    def test_statements_know_whether_they_write(self):
        rows = [("SELECT 'INSERT';", False),
                ("insert into t values (1);", True),
                ("UPDATE t SET a = 1;", True), ("DELETE FROM t;", True),
                ("WITH x AS (SELECT 1) SELECT * FROM x;", False),
                ("WITH x AS (SELECT 1) DELETE FROM t;", True)]
        for text, writes in rows:
            with self.subTest(text):
                (got,) = self.read("-- name: a\n" + text)
                self.assertEqual(got.writes, writes)


class Migrations(unittest.TestCase):
    def read(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder) / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text)
            return sqlembed.read_migrations(pathlib.Path(folder))

    def test_steps_are_numbered_and_hashed(self):
        got = self.read({"a/0000_x.sql": "X", "a/0001_y.sql": "Y"})
        self.assertEqual([s[:2] for s in got["a"]], [(0, "x"), (1, "y")])
        self.assertTrue(got["a"][0][2].startswith("4b68ab3847feda7d"))

    def test_refusals(self):
        rows = [
            ("a gap", {"a/0000_x.sql": "X", "a/0002_y.sql": "Y"}, "step 0001"),
            ("not from 0", {"a/0001_x.sql": "X"}, "step 0000"),
            ("a number twice", {"a/0000_x.sql": "X", "a/0000_y.sql": "Y"},
             "step 0001"),
            ("a foreign file", {"a/0000_x.sql": "X", "a/notes": ""}, "named"),
            ("an empty step", {"a/0000_x.sql": " \n"}, "an empty step"),
            ("engines apart", {"a/0000_x.sql": "X", "b/0000_y.sql": "Y"},
             "every engine has all"),
            ("no engine", {}, "no engine here"),
        ]
        for reason, files, message in rows:
            with self.subTest(reason):
                with self.assertRaises(sqlembed.Refused) as caught:
                    self.read(files)
                self.assertIn(message, str(caught.exception))


class Literals(unittest.TestCase):
    def test_c_strings(self):
        rows = [("", '""'), ("a", '"a"'), ('a"b\\', '"a\\"b\\\\"'),
                ("a\nb\n", '"a\\n"\n"b\\n"'), ("\n", '"\\n"')]
        for text, want in rows:
            with self.subTest(text):
                self.assertEqual(sqlembed.c_string(text, ""), want)


if __name__ == "__main__":
    unittest.main()
