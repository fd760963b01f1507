"""Tests of coverage.py."""

import collections
import unittest

import coverage
import source

TEXT = """\
static bool one(int a)
{
    check(a > 0 &&
          a < 9);
    return a < 5;
}

static bool two(int a)
{
    if (a < 5)
        return true;
    return a < 5;
}
"""
LISTED = """\
# why
src/domain/a.c one
    return a < 5;
        1: never larger
src/domain/a.c two
    if (a < 5)
        2: never asked
"""


def line(number, count, branches):
    return {"line_number": number, "count": count,
            "branches": [{"count": n} for n in branches]}


class Counting(unittest.TestCase):
    FILES = [
        {"file": "/x/src/domain/a.c", "lines": [line(5, 1, [1, 0])]},
        {"file": "../src/domain/a.c", "lines": [line(5, 0, [0, 0]),
                                                line(10, 0, [])]},
        {"file": "../src/domain/b.c", "lines": [line(1, 2, [2, 2])]},
        {"file": "../src/base/c.c", "lines": [line(1, 2, [2, 2])]},
    ]

    def test_what_several_programs_reach_is_added_up(self):
        found = coverage.counts(self.FILES, "domain")
        self.assertEqual(set(found), {"src/domain/a.c", "src/domain/b.c"})
        lines, branches = found["src/domain/a.c"]
        self.assertEqual(coverage.reached(lines), (1, 2))
        self.assertEqual(coverage.reached(branches), (1, 2))

    def test_a_room_is_the_sum_of_its_files(self):
        self.assertEqual(coverage.added([(1, 2), (3, 4)]), (4, 6))
        self.assertEqual(coverage.added([]), (0, 0))

    def test_a_room_below_its_least_is_found(self):
        rows = [((95, 100), 95, 0), ((949, 1000), 95, 1), ((0, 0), 1, 1)]
        for pair, least, want in rows:
            with self.subTest(pair):
                self.assertEqual(len(coverage.below("a", pair, least)), want)

    def test_least(self):
        self.assertEqual(coverage.read_least("# x\na 90 # y\n\nb 1.5\n"),
                         [("a", 90.0), ("b", 1.5)])


class Reasons(unittest.TestCase):
    def judged(self, branches):
        misses = coverage.missed("src/domain/a.c", TEXT,
                                 collections.Counter(branches))
        return [f"{f.path}:{f.line}" for f in
                coverage.judged(misses, coverage.read_reasons(LISTED))]

    def test_what_is_listed_and_not_taken_is_well(self):
        self.assertEqual(self.judged({(5, 0): 1, (5, 1): 0, (10, 0): 0,
                                      (10, 1): 0, (12, 0): 3}), [])

    def test_what_is_not_listed_is_found(self):
        well = {(5, 1): 0, (10, 0): 0, (10, 1): 0}
        self.assertEqual(self.judged({**well, (12, 0): 0}),
                         ["src/domain/a.c:12"])
        self.assertEqual(self.judged({**well, (5, 0): 0}),
                         ["src/domain/a.c:5"])

    def test_what_is_listed_and_taken_is_found(self):
        self.assertEqual(self.judged({(5, 1): 0, (10, 0): 0, (10, 1): 1}),
                         ["tools/coverage.reasons:7"])
        self.assertEqual(self.judged({(10, 0): 0, (10, 1): 0}),
                         ["tools/coverage.reasons:4"])

    def test_what_check_says_is_left_out(self):
        self.assertEqual(coverage.missed("a.c", TEXT, {(3, 0): 0, (4, 0): 0}),
                         {})
        self.assertEqual(coverage.checked_lines(TEXT), {3, 4})

    def test_a_reason_says_how_many(self):
        with self.assertRaises(SystemExit):
            coverage.read_reasons("a.c one\n    x\n        because\n")

    def test_no_real_reason_is_that_no_test_tries_it(self):
        text = source.read(source.ROOT, coverage.REASONS)
        for number, _, _, _, words in source.reasons(text):
            with self.subTest(number):
                self.assertNotRegex(words, r"\btest(s|ed)?\b")

    def test_the_real_reasons_name_code_that_there_is(self):
        listed = coverage.read_reasons(source.read(source.ROOT,
                                                   coverage.REASONS))
        self.assertGreater(len(listed), 10)
        for path, _, code in listed:
            with self.subTest(code):
                self.assertIn(code, [s.strip() for s in source.read(
                    source.ROOT, path).splitlines()])


if __name__ == "__main__":
    unittest.main()
