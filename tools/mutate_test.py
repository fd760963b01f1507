"""Tests of mutate.py and mutants.py."""

import os
import pathlib
import stat
import tempfile
import unittest
import unittest.mock

import mutants
import mutate
import source


def flips(text):
    """["OLD to NEW"] of a text."""
    return [f"{old} to {new}" for _, old, new in mutants.exchanges(text)]


class Exchanges(unittest.TestCase):
    def test_what_is_flipped(self):
        rows = [
            ("a < b", ["< to <=", "< to >="], "at the boundary, and round"),
            ("a <= b", ["<= to <", "<= to >"], ""),
            ("a > b", ["> to >=", "> to <="], ""),
            ("a >= b", [">= to >", ">= to <"], ""),
            ("a == b", ["== to !="], ""),
            ("a != b", ["!= to =="], ""),
            ("a && b || c", ["&& to ||", "|| to &&"], ""),
            ("a < 5", ["< to <=", "< to >=", "5 to 4"],
             "<= is 6 already, so the constant goes down"),
            ("5 < a", ["5 to 6", "< to <=", "< to >="], ""),
            ("a > 5u", ["> to >=", "> to <=", "5u to 6u"], "suffix stays"),
            ("a == 0", ["== to !=", "0 to 1"], ""),
            ("a >= 0", [">= to >", ">= to <", "0 to (-1)"],
             "a sign that meets no other"),
            ("a + 1", ["1 to 2"], "one off"),
            ("n - 0x10", ["0x10 to 17"], "hexadecimal"),
            ("enum { MOST = 200 };", ["200 to 201"], "a limit"),
        ]
        for text, want, why in rows:
            with self.subTest(text, why=why):
                self.assertEqual(flips(text), want)

    def test_what_stays(self):
        rows = [
            ("/* a < b */", "a comment"),
            ("// a < b", "a comment"),
            ('f("a < b");', "a string"),
            ("c = '<';", "a character"),
            ("#include <a.h>\n", "the preprocessor's"),
            ("#define X(a) \\\n    ((a) < 1)\n", "the preprocessor's, on"),
            ("  #if 1 < 2\n", "the preprocessor's, indented"),
            ("a << 2; b >>= 3; p->x;", "other operators"),
            ("return -1;", "a sign"),
            ("f(-1); x = -1;", "signs"),
            ("a[1] = 2;", "no boundary"),
            ("check(a < b && c == 1);", "true of every program"),
            ("static_assert(A == 1, \"\");", "true of every program"),
            ("a + 1.5", "no integer"),
        ]
        for text, why in rows:
            with self.subTest(text, why=why):
                self.assertEqual(flips(text), [])

    def test_code_after_what_stays(self):
        self.assertEqual(flips("#define A 1\nb == c"), ["== to !="])
        self.assertEqual(flips("check(f(a) > 1);\nb == c"), ["== to !="])
        self.assertEqual(flips("enum { A };\nx = 5;"), [])
        self.assertEqual(flips("a /* # */ == b"), ["== to !="])


TEXT = """\
enum { MOST = 3 };

static bool one(int a)
{
    return a < 1 || a > 1;
}

static const struct row rows[] = {
    { "a", 2 + 1 },
};

int *two(int b)
{
    if (b == 2)
        return b == 2;
    if (b == 2)
        return NULL;
}
"""


class Mutants(unittest.TestCase):
    def setUp(self):
        self.made = mutants.mutants("src/a.c", TEXT)

    def find(self, function, old, new, nth=1):
        (m,) = [m for m in self.made if m[1] == function
                and m[3:6] == (old, new, nth) and "if" not in m.text]
        return m

    def test_places(self):
        rows = [
            ("enum", "3", "4", 1, "enum { MOST = 3 };"),
            ("one", "<", "<=", 5, "return a < 1 || a > 1;"),
            ("rows", "1", "2", 9, '{ "a", 2 + 1 },'),
            ("two", "==", "!=", 15, "return b == 2;"),
        ]
        for function, old, new, line, text in rows:
            with self.subTest(function):
                m = self.find(function, old, new)
                self.assertEqual((m.line, m.text), (line, text))

    def test_the_same_line_twice_is_counted(self):
        same = [m.nth for m in self.made
                if m.old == "==" and m.text == "if (b == 2)"]
        self.assertEqual(same, [1, 2])

    def test_keys_are_unique(self):
        self.assertEqual(len({m.key() for m in self.made}), len(self.made))

    def test_applied(self):
        text = self.find("one", "<", ">=").applied(TEXT)
        self.assertEqual(text, TEXT.replace("a < 1", "a >= 1"))

    def test_the_real_core(self):
        for path in mutate.sources_of(mutate.ROOMS):
            text = source.read(source.ROOT, path)
            for m in mutants.mutants(path, text):
                with self.subTest(str(m)):
                    self.assertIn(m.old, m.text)
                    self.assertNotEqual(m.applied(text), text)


LISTED = """\
# a comment
src/a.c one
    return a < 1 || a > 1;
        < to <=: equal is handled before
        > to >=: the same
src/a.c two
    if (b == 2)
        == to != (#2): whatever
"""


class Accepted(unittest.TestCase):
    def test_read(self):
        self.assertEqual(mutants.accepted(LISTED, "list"), {
            ("src/a.c", "one", "return a < 1 || a > 1;", "<", "<=", 1):
                (4, "equal is handled before"),
            ("src/a.c", "one", "return a < 1 || a > 1;", ">", ">=", 1):
                (5, "the same"),
            ("src/a.c", "two", "if (b == 2)", "==", "!=", 2):
                (8, "whatever"),
        })

    def test_a_reason_is_wanted(self):
        with self.assertRaises(SystemExit):
            mutants.accepted("f.c one\n    a < b\n        < to <=\n", "list")

    def judged(self, alive):
        made = mutants.mutants("src/a.c", TEXT)
        survivors = [m for m in made if (m.function, m.old, m.new, m.nth)
                     in alive]
        listed = mutants.accepted(LISTED, "list")
        return [f"{f.path}:{f.line} {f.key}" for f in
                mutants.judged(made, survivors, listed, "list")]

    def test_survivors_are_judged(self):
        known = [("one", "<", "<=", 1), ("one", ">", ">=", 1),
                 ("two", "==", "!=", 2)]
        self.assertEqual(self.judged(known), [])
        self.assertEqual(self.judged([*known, ("two", "2", "3", 1)]),
                         ["src/a.c:14 survives", "src/a.c:15 survives"])
        self.assertEqual(self.judged(known[:2]), ["list:8 accepted"])

    def test_another_file_s_reasons_are_left_alone(self):
        self.assertEqual(mutants.judged([], [], {("src/b.c",) * 6: (1, "")},
                                        "list"), [])

    def test_the_real_list_names_mutants_that_there_are(self):
        listed = mutants.accepted(source.read(source.ROOT, mutate.ACCEPTED),
                                  mutate.ACCEPTED)
        there = {m.key() for path in {k[0] for k in listed}
                 for m in mutants.mutants(path, source.read(source.ROOT,
                                                            path))}
        self.assertEqual(listed.keys() - there, set())


class Running(unittest.TestCase):
    """The judge, with scripts for test programs."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_script(self, text, red=(), cpu=1):
        path = pathlib.Path(self.folder.name, "program")
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return mutate.run_tests(str(path), pathlib.Path(self.folder.name),
                                frozenset(red), cpu)

    def test_outcomes(self):
        end = "echo '1 passed, 0 failed'"
        rows = [
            (end, (), set(), True, "all pass"),
            ("echo FAILED a; echo '0 passed, 1 failed'; exit 1", ("a",),
             {"a"}, True, "what failed before fails again"),
            (f"echo FAILED b; sleep 60; {end}", ("a",), {"b"}, False,
             "ended at the first failure"),
            ("kill -SEGV $$", (), set(), False, "a crash"),
            ("exit 0", (), set(), False, "no count, no end"),
            (f"{end}; exit 3", (), set(), False, "a sanitizer's status"),
            ("while :; do :; done", (), set(), False, "an endless loop"),
        ]
        for text, red, failed, ended, why in rows:
            with self.subTest(why):
                self.assertEqual(self.run_script(text, red), (failed, ended))

    def test_own_tests_come_first(self):
        words = ["p/src_domain_a_test.c.o", "p/src_domain_score_test.c.o",
                 "p/src_domain_score_parts_test.c.o", "libdomain.a"]
        own, rest = mutate.own_first(words, "src/domain/score.c")
        self.assertEqual(own, words[1:3])
        self.assertEqual(rest, [words[0], words[3]])


class State(unittest.TestCase):
    """What is not found out again."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        mended = unittest.mock.patch.object(mutate, "STATE",
                                            pathlib.Path(folder.name))
        mended.start()
        self.addCleanup(mended.stop)
        self.a, self.b = ("f", "x", "t", "<", "<=", 1), \
            ("f", "x", "t", "<", ">=", 1)
        mutate.keep("src/domain/a.c", "now",
                    {self.a: "killed", self.b: "survives"}, ["red"])

    def test_of_the_same_sources_all_is_known(self):
        self.assertEqual(mutate.fates_before("src/domain/a.c", "now", False),
                         ({self.a: "killed", self.b: "survives"}, "now"))
        self.assertEqual(mutate.stored("src/domain/a.c")["red"], ["red"])

    def test_of_others_nothing(self):
        self.assertEqual(mutate.fates_before("src/domain/a.c", "new", False),
                         ({}, "new"))
        self.assertEqual(mutate.fates_before("src/domain/b.c", "now", False),
                         ({}, "now"))

    def test_again_keeps_the_dead(self):
        self.assertEqual(mutate.fates_before("src/domain/a.c", "new", True),
                         ({self.a: "killed"}, mutate.OLD))

    def test_what_was_kept_of_several_runs_counts_for_none_of_them(self):
        mutate.keep("src/domain/a.c", mutate.OLD, {self.a: "killed"}, [])
        self.assertEqual(mutate.fates_before("src/domain/a.c", "now", False),
                         ({}, "now"))


class Whole(unittest.TestCase):
    """One little file, compiled, linked and judged for real."""

    CODE = ("int most(int a);\nint most(int a)\n{\n"
            "    return a > 3 ? 3 : a;\n}\n")
    TEST = ("#include <stdio.h>\nint most(int a);\nint main(void)\n{\n"
            "    int bad = most(4) != 3 || most(2) != 2;\n"
            "    if (bad)\n        puts(\"FAILED most\");\n"
            "    printf(\"%d passed, %d failed\\n\", !bad, bad);\n"
            "    return bad;\n}\n")

    def test_a_killed_and_a_surviving_mutant(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name, "plain")
            work = pathlib.Path(name, "work")
            folder.mkdir()
            work.mkdir()
            pathlib.Path(folder, "test.c").write_text(self.TEST)
            compile_words = ["gcc", "-MD", "-MF", "x.d", "-o", "x.o", "-c",
                             "x.c"]
            judge = mutate.Judge("t", folder, ["gcc", "-o", "t", "test.c"],
                                 frozenset(), 1.0)
            path = "src/domain/most.c"
            fates = {}
            for m in mutants.mutants(path, self.CODE):
                made = mutate.compiled(m, self.CODE, {path: compile_words},
                                       folder, work)
                alive = mutate.outlives(judge, m, made, work)
                fates[f"{m.old} to {m.new}"] = alive
            self.assertEqual(fates, {"> to >=": True, "> to <=": False,
                                     "3 to 4": False})
            broken = mutants.Mutant(path, "most", "", "return", "=", 1,
                                    self.CODE.index("return"), 4)
            self.assertIsNone(mutate.compiled(
                broken, self.CODE, {path: compile_words}, folder, work))


if __name__ == "__main__":
    os.chdir(source.ROOT)
    unittest.main()
