"""Tests of trace.py."""

import unittest

import source
import trace

TABLES = ("| row | what |\n|---|---|\n| M2 | a score |\n| D1 | a claim |\n\n"
          "| name | document |\n|---|---|\n| 17065 | a standard |\n")


def cite(**sides):
    return {"code": [], "test": [], "idle": [], **{s: [(s, 1)] for s in sides}}


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
                "schemes/a/golden/b.yaml": "test", "docs/a.md": None,
                "src/scheme/refused/a.txt": "test"}
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


C_TEST = """\
/* The head. [M1] */

#include "a.h"

static const struct row rows[] = {
    { "[M2] used" },

    { "after an empty line [M3]" },
};

static const struct row idle[] = {
    { "[M4] used by nothing" },
};

/* [M5] */
static void compare(void)
{
    EXPECT(1 == 1);
}

static void only_helps(void)
{
    go("[M6]");
}

/* --- a part of the file [M7] --- */

/* [M8] [17065 7.4] */
EACH_STORE_TEST(it_asserts_by_what_it_calls)
{
    compare(rows);

    /* [M9] */
    go();
}

/* [M10] */
TEST(it_asserts_nothing)
{
    only_helps();
}
"""


class Counting(unittest.TestCase):
    """What of a test counts."""

    def counted(self, path, text):
        return [w for _, w in trace.counting("test", path, text)]

    def test_c(self):
        self.assertEqual(
            sorted(self.counted("src/a/b_test.c", C_TEST), key=trace.order),
            ["M2", "M3", "M5", "M8", "M9", "17065 7.4"])

    def test_lines_are_the_file_s(self):
        for line, what in trace.counting("test", "src/a/b_test.c", C_TEST):
            with self.subTest(what):
                self.assertIn(what, C_TEST.splitlines()[line - 1])

    def test_others(self):
        row = "# [M1]\n- a\n+ b\n"
        rows = [
            ("tests/a.sh", "# [M1]\nexpect a b c\n", ["M1"]),
            ("tests/a.sh", "  expect \"[M1] a\" b c\n", ["M1"]),
            ("tests/a.sh", "# [M1]\n\nexpect a b c\n", []),
            ("tests/a.sh", "# [M1] expect\na=1\n", []),
            ("tests/a.sh", "refused a b # [M1]\n", ["M1"]),
            ("schemes/a/golden/b.yaml", "# [M1]\nexpect: 1\n", ["M1"]),
            ("schemes/a/golden/b.yaml", "# [M1]\nanswers: 1\n", []),
            ("src/scheme/refused/a.txt", row + "= 1:2 scheme.x\n", ["M1"]),
            ("src/scheme/refused/a.txt", row + "\n= 1:2 scheme.x\n", []),
            ("src/domain/test_fixture.c", C_TEST, []),
            ("fuzz/a.c", C_TEST, []),
            ("tests/golden/a.txt", "[M1]\nexpect: 1\n", []),
            ("tests/page/journey/a.mjs", "await w.step(\"[M1] a\", b)\n",
             ["M1"]),
            ("tests/page/journey/a.mjs", "// [M1]\n\nw.step(\"a\", b)\n",
             []),
            ("tests/page/a.mjs", "await w.step(\"[M1] a\", b)\n", []),
        ]
        for path, text, want in rows:
            with self.subTest(path, text=text):
                self.assertEqual(self.counted(path, text), want)

    def test_code_counts_wherever_it_stands(self):
        found = trace.counting("code", "src/a.c", "/* [M1] */\n\n/* [M2] */")
        self.assertEqual(list(found), [(1, "M1"), (3, "M2")])

    def test_what_does_not_count_is_kept_apart(self):
        cited = trace.collect(source.ROOT)
        for what, sides in cited.items():
            both = set(sides["test"]) & set(sides["idle"])
            self.assertEqual(both, set(), what)


class Check(unittest.TestCase):
    def check(self, cited, required=(), later=None):
        if later is None:
            later = {} if "M2" in required else {"M2": 1}
        return [f.text for f in trace.check(cited, *trace.known(TABLES),
                                            required, later)]

    def test_kept(self):
        both = cite(code=1, test=1)
        self.assertEqual(self.check({"M2": both}, ["M2"]), [])
        self.assertEqual(self.check({"17065 7.4": cite(code=1)}), [])
        self.assertEqual(self.check({"M2": cite(code=1)}, [], {"M2": 3}), [])

    def test_broken(self):
        rows = [
            ({"M3": cite(code=1)}, [], "M3 stands not in"),
            ({"17066 7.4": cite(test=1)}, [], "17066 7.4 stands not in"),
            ({"M2": cite(code=1)}, ["M2"], "M2 is cited in no test"),
            ({"M2": cite(test=1)}, ["M2"], "M2 is cited in no code"),
            ({"M2": cite(code=1, idle=1)}, ["M2"], "M2 is cited in no test"),
            ({"M9": cite(idle=1)}, [], "M9 stands not in"),
            ({"M2": cite(code=1, test=1)}, [], "M2 has code and test"),
            ({"M2": cite(code=1, test=1)}, ["M2"], "M9 stands not in",
             {"M9": 4}),
            ({}, [], "M2 is neither required nor said to come later", {}),
        ]
        for cited, required, why, *later in rows:
            with self.subTest(why):
                found = self.check(cited, required, *later)
                self.assertEqual(len(found), 1)
                self.assertIn(why, found[0])


class Required(unittest.TestCase):
    def test_read(self):
        text = ("# a comment [M9]\nM1 M2 # and\n\nD3\n"
                "M4: not yet, because\nM5:\n")
        self.assertEqual(trace.read_required(text),
                         (["M1", "M2", "D3", "M5:"], {"M4": 5}))


if __name__ == "__main__":
    unittest.main()
