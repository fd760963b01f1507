"""Tests of benchtable.py: figures read, aims held, the document rewritten."""

import unittest

import benchtable
from benchtable import Row

STATE = {"day": "2026-01-02", "commit": "abc1234",
         "machine": "2 cores of a machine", "others": 0.0,
         "figures": {"score.leaves": 100, "score.micros": 1.4567}}
PAGE = "head\n" + benchtable.BEGIN + "old\n" + benchtable.END + "tail\n"


class Figures(unittest.TestCase):
    def test_lines_become_numbers(self):
        self.assertEqual(benchtable.read_figures("a.b 1.5\nc 2e+06\n"),
                         {"a.b": 1.5, "c": 2000000})

    def test_anything_else_is_an_error(self):
        for text in ("a.b\n", "a b c\n", "a one\n"):
            with self.subTest(text), self.assertRaises(ValueError):
                benchtable.read_figures(text)

    def test_three_digits_count(self):
        rows = {0.0123: "0.01", 1.4567: "1.46", 9.999: "10.00", 12.34: "12.3",
                99.94: "99.9", 100.4: "100", 76592.0: "76,592", 7.0: "7"}
        for value, want in rows.items():
            with self.subTest(value):
                self.assertEqual(benchtable.number(value), want)

    def test_a_unit_follows_its_number(self):
        rows = {"": "2.50", "x": "2.50 ×", "/s": "2.50/s", "ms": "2.50 ms"}
        for unit, want in rows.items():
            with self.subTest(unit):
                self.assertEqual(benchtable.shown(2.5, unit), want)


class Aims(unittest.TestCase):
    def test_an_aim_is_kept_below_it_and_missed_at_it(self):
        row = Row("x.y", "words", "ms", 20)
        self.assertEqual(benchtable.aim(row, 19.9), "below 20 ms: kept")
        self.assertEqual(benchtable.aim(row, 20), "below 20 ms: **missed**")
        self.assertEqual(benchtable.aim(Row("x.y", "words", "ms"), 20), "")

    def test_an_aim_may_be_to_do_more_than_so_much(self):
        row = benchtable.Row("x.rate", "x", "/s", above=5000)
        self.assertEqual(benchtable.aim(row, 5001), "above 5,000/s: kept")
        self.assertEqual(benchtable.aim(row, 5000),
                         "above 5,000/s: **missed**")

    def test_the_missed_are_named(self):
        names = [r.name for r in benchtable.missed(
            {"score.micros": 20, "start.millis": 299, "score.leaves": 1e9})]
        self.assertEqual(names, ["score.micros"])

    def test_every_figure_belongs_to_a_part_and_has_one_row(self):
        names = [r.name for r in benchtable.ROWS]
        self.assertEqual(len(names), len(set(names)))
        for name in names:
            with self.subTest(name):
                self.assertIn(name.split(".")[0], benchtable.PARTS)


class Document(unittest.TestCase):
    def test_the_tables_stand_between_the_marks(self):
        text = benchtable.rewritten(PAGE, {"score": STATE})
        self.assertTrue(text.startswith("head\n" + benchtable.BEGIN))
        self.assertTrue(text.endswith(benchtable.END + "tail\n"))
        self.assertNotIn("old", text)
        self.assertIn("| one assessment | 1.46 µs | below 20 µs: kept |",
                      text)
        self.assertNotIn("a million assessments", text)  # was not measured

    def test_twice_is_once(self):
        once = benchtable.rewritten(PAGE, {"score": STATE})
        self.assertEqual(benchtable.rewritten(once, {"score": STATE}), once)

    def test_what_was_measured_elsewhere_stays_in_its_place(self):
        both = {"score": STATE, "store": STATE}
        page = benchtable.rewritten(PAGE, both)
        again = {**STATE, "day": "2026-03-04"}
        text = benchtable.rewritten(page, {"score": again, "replay": again})
        self.assertEqual(text, benchtable.rewritten(
            PAGE, {"score": again, "replay": again, "store": STATE}))

    def test_without_its_marks_nothing_is_written(self):
        for page in ("no marks\n", benchtable.BEGIN, benchtable.END):
            with self.subTest(page), self.assertRaises(ValueError):
                benchtable.rewritten(page, {})

    def test_a_busy_machine_is_said_aloud(self):
        for others, loud in ((0.05, False), (0.051, True)):
            line = benchtable.conditions({**STATE, "others": others})
            with self.subTest(others):
                self.assertEqual("under load" in line, loud)


if __name__ == "__main__":
    unittest.main()
