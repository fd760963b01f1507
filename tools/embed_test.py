#!/usr/bin/env python3
"""What tools/embed.py makes and what it refuses."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

EMBED = pathlib.Path(__file__).with_name("embed.py")


class Embed(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name) / "root"
        (self.root / "deep").mkdir(parents=True)
        (self.root / "b.txt").write_bytes(b"\x00\xffB")
        (self.root / "deep" / "a.txt").write_bytes(b"")

    def tearDown(self):
        self.folder.cleanup()

    def embed(self, *files, name="table"):
        out = self.root.parent
        done = subprocess.run(
            [sys.executable, EMBED, "--name", name, "--root", self.root,
             out / "t.c", out / "t.h", *files],
            capture_output=True, text=True, check=False)
        made = out / "t.c"
        return done, made.read_text() if made.exists() else None

    def test_bytes_are_followed_by_a_nul_that_is_not_counted(self):
        done, made = self.embed(self.root / "b.txt")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("0, 255, 66, 0,", made)
        self.assertIn('{ "b.txt", file_0, sizeof file_0 - 1 }', made)
        self.assertIn("table_count = 1;", made)

    def test_order_of_arguments_does_not_matter(self):
        files = [self.root / "deep" / "a.txt", self.root / "b.txt"]
        _, one = self.embed(*files)
        _, other = self.embed(*reversed(files))
        self.assertEqual(one, other)
        self.assertLess(one.index('"b.txt"'), one.index('"deep/a.txt"'))

    def test_refusals_name_the_reason_and_write_nothing(self):
        outside = self.root.parent / "c.txt"
        outside.write_bytes(b"c")
        odd = self.root / 'quo"te'
        odd.write_bytes(b"q")
        twice = self.root / "deep" / ".." / "b.txt"
        for files, name, reason in [
                ([outside], "table", "is not below"),
                ([self.root / "b.txt", twice], "table", "named twice"),
                ([odd], "table", "in paths"),
                ([self.root / "b.txt"], "9x", "no name for a C table")]:
            done, made = self.embed(*files, name=name)
            self.assertNotEqual(done.returncode, 0, reason)
            self.assertIn(reason, done.stderr)
            self.assertIsNone(made, reason)


unittest.main()
