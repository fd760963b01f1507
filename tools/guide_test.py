#!/usr/bin/env python3
"""What tools/guide.py takes for an example, and what it finds wrong."""

import contextlib
import io
import pathlib
import tempfile
import unittest

import guide

PAGE = """# A page

```console
$ echo one; echo two
one
two
$ name=kept
$ echo $name \\
> and more
kept and more
$ false
[1]
```

```sh
$ this is not carried out
```
"""


class Page(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def page(self, text, name="page.md"):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    def check(self, text):
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            counts = guide.check(self.page(text))
        return counts, told.getvalue()


class Reading(Page):
    def test_commands_go_on_over_lines_and_have_a_status(self):
        found = guide.steps(PAGE)
        self.assertEqual([s.command for s in found],
                         ["echo one; echo two", "name=kept",
                          "echo $name \\\nand more", "false"])
        self.assertEqual([s.status for s in found], [0, 0, 0, 1])
        self.assertEqual(found[0].shown, ["one", "two"])
        self.assertEqual(found[0].line, 4)

    def test_malformed_blocks(self):
        for text in ("```console\n$ true\n", "```console\ntrue\n```\n"):
            with self.assertRaises(guide.Refused):
                guide.steps(text)


class Comparing(unittest.TestCase):
    def test_each(self):
        rows = [
            ("the same", ["a", "b"], ["a", "b"], True),
            ("nothing", [], [], True),
            ("more than is shown", ["a"], ["a", "b"], False),
            ("less than is shown", ["a", "b"], ["a"], False),
            ("another line", ["a"], ["b"], False),
            ("lines left out at the end", ["a", "..."], ["a", "b", "c"], True),
            ("and at the beginning", ["...", "c"], ["a", "b", "c"], True),
            ("no line left out", ["a", "..."], ["a"], True),
            ("left out, but not there", ["...", "x"], ["a", "b"], False),
            ("a part of a line", ["a…c"], ["abc"], True),
            ("another part", ["a…c"], ["abd"], False),
            ("signs of patterns are signs", ["a.c (1)"], ["abc (1)"], False),
            ("three dots in a line are dots", ["a..."], ["abc"], False),
        ]
        for why, shown, printed, want in rows:
            with self.subTest(why):
                self.assertEqual(guide.fits(shown, printed), want)


class Checking(Page):
    def test_a_good_page(self):
        self.assertEqual(self.check(PAGE)[0], (4, 0))

    def test_what_is_wrong_is_told_with_its_line(self):
        rows = [
            ("another text", "$ echo a\nb", "- b"),
            ("another status", "$ false", "exits with 1, not 0"),
            ("no such status", "$ true\n[3]", "exits with 0, not 3"),
            ("no such command", "$ nosuchthing", "exits with 127"),
        ]
        for why, block, told in rows:
            with self.subTest(why):
                counts, text = self.check(f"```console\n{block}\n```\n")
                self.assertEqual(counts, (0, 1))
                self.assertIn("page.md:2: $ ", text)
                self.assertIn(told, text)

    def test_a_page_that_ends_its_shell_does_not_pass(self):
        with self.assertRaises(guide.Refused):
            self.check("```console\n$ exit 0\n$ true\n```\n")

    def test_commands_beside_others_are_waited_for_and_ended(self):
        text = ("```console\n$ { echo ready >flag; echo ready; "
                "exec sleep 300; } &\nready\n$ cat flag\nready\n```\n")
        self.assertEqual(self.check(text)[0], (2, 0))

    def test_the_language_is_that_of_the_folder(self):
        text = "```console\n$ echo ${LC_MESSAGES%%_*}\n%s\n```\n"
        for lang in ("zh", "en"):
            page = self.page(text % lang, f"{lang}/page.md")
            self.assertEqual(guide.check(page), (1, 0))


class Writing(Page):
    def test_what_differs_is_put_in_and_what_fits_is_kept(self):
        page = self.page("```console\n$ echo a; echo b; echo c\na\n...\n"
                         "$ echo x; false\n$ echo y\nz\n[2]\n```\nend\n")
        guide.write(page)
        self.assertEqual(
            page.read_text(),
            "```console\n$ echo a; echo b; echo c\na\n...\n"
            "$ echo x; false\nx\n[1]\n$ echo y\ny\n```\nend\n")


class Pairs(Page):
    def pairs(self):
        with contextlib.redirect_stdout(io.StringIO()):
            return guide.pairs(self.folder / "zh", self.folder / "en")

    def test_pages_of_one_shape(self):
        self.page("# 一\n```console\n$ true\n```\n## 二\n", "zh/a.md")
        self.page("# One\n```console\n$ true\n```\n## Two\n", "en/a.md")
        self.assertEqual(self.pairs(), (1, 0))

    def test_what_differs(self):
        rows = [
            ("a heading", "# 一\n## 二\n", "# One\n"),
            ("its depth", "# 一\n## 二\n", "# One\n### Two\n"),
            ("an example", "# 一\n```console\n$ true\n```\n", "# One\n"),
        ]
        for why, zh, en in rows:
            with self.subTest(why):
                self.page(zh, "zh/a.md")
                self.page(en, "en/a.md")
                self.assertEqual(self.pairs(), (0, 1))

    def test_a_page_in_one_language(self):
        self.page("# 一\n", "zh/a.md")
        (self.folder / "en").mkdir()
        self.assertEqual(self.pairs(), (0, 1))


if __name__ == "__main__":
    unittest.main()
