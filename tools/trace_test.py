"""Tests of trace.py."""

import unittest

import source
import trace

TABLES = ("| row | what |\n|---|---|\n| M2 | a score |\n| D1 | a claim |\n\n"
          "| name | document |\n|---|---|\n| 17065 | a standard |\n")


def cite(**sides):
    return {"code": [], "test": [], **{s: [(s, 1)] for s in sides}}


class Reading(unittest.TestCase):
    def test_citations(self):
        rows = [
            ("/* [M2] */", ["M2"]),
            ("[M2, M3] and [17065 7.6.2]", ["M2", "M3", "17065 7.6.2"]),
            ("[\u6761\u4f8b 22]", ["\u6761\u4f8b 22"]),
            ("[RFC 9110 12.5.4]", ["RFC 9110 12.5.4"]),
            ("[D4]", ["D4"]),
            ("a[M2x] b[12] [B1] [STREAM_CASE] [M2", []),
            ("fields: [SC03, SC22]", []),
        ]
        for text, want in rows:
            with self.subTest(text):
                self.assertEqual([w for _, w in trace.citations(text)], want)

    def test_tables(self):
        self.assertEqual(trace.known(TABLES), ({"M2", "D1"}, {"17065"}))

    def test_kinds(self):
        rows = {"src/a/b.c": "code", "src/a/b_test.c": "test",
                "schemes/a/scheme.yaml": "code", "tests/a.sh": "test",
                "schemes/a/golden/b.yaml": "test", "docs/a.md": None}
        for path, want in rows.items():
            with self.subTest(path):
                self.assertEqual(trace.kind(path), want)

    def test_order(self):
        want = ["D1", "M2", "M10", "RFC 1 2", "17065 7.4", "17065 7.12"]
        self.assertEqual(sorted(reversed(want), key=trace.order), want)

    def test_the_real_tables_are_read(self):
        rows, names = trace.known(source.read(source.ROOT, trace.TABLES))
        self.assertEqual(len(rows), 34 + 5)
        self.assertIn("17065", names)


class Check(unittest.TestCase):
    def check(self, cited, required=()):
        return [f.text for f in
                trace.check(cited, *trace.known(TABLES), required)]

    def test_kept(self):
        both = cite(code=1, test=1)
        self.assertEqual(self.check({"M2": both}, ["M2"]), [])
        self.assertEqual(self.check({"17065 7.4": cite(code=1)}), [])

    def test_broken(self):
        rows = [
            ({"M3": cite(code=1)}, [], "M3 stands not in"),
            ({"17066 7.4": cite(test=1)}, [], "17066 7.4 stands not in"),
            ({"M2": cite(code=1)}, ["M2"], "M2 is cited in no test"),
            ({"M2": cite(test=1)}, ["M2"], "M2 is cited in no code"),
        ]
        for cited, required, why in rows:
            with self.subTest(why):
                found = self.check(cited, required)
                self.assertEqual(len(found), 1)
                self.assertIn(why, found[0])


if __name__ == "__main__":
    unittest.main()
