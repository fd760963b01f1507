#!/usr/bin/env python3
"""Tests of templates.py: what it refuses, where and why; and what it makes.

tests/templates/bad/expected.txt names every bad template with the line and the
words of its refusal; good/ is compiled and compared byte for byte with
good/expected.{h,c} (UPDATE=1 writes those).  Both may use shared/.
"""

import os
import pathlib
import shutil
import tempfile
import unittest

import po
import templates

CASES = pathlib.Path(__file__).parent.parent / "tests" / "templates"
ADDRESSES = {name: f"/assets/{name}" for name in ("a.css", "a.js", "a.svg")}


def catalogues():
    texts = {"page.title": "x", "page.found": "{count} x",
             "page.until": "x {until}"}
    made = {}
    for name, sentence in texts.items():
        made[name] = po.Entry("x.po", 1, name)
        made[name].other = sentence
    return {lang: made for lang in po.LANGUAGES}


def compile_files(*paths):
    """(header, source) of these templates and the shared ones."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (*paths, *(CASES / "shared").glob("*.html")):
            shutil.copy(path, folder)
        return templates.compile_folder(folder, catalogues(), ADDRESSES)


class Bad(unittest.TestCase):
    def test_each_bad_template_is_refused_with_line_and_reason(self):
        rows = (CASES / "bad/expected.txt").read_text("utf-8").splitlines()
        for row in rows:
            with self.subTest(row):
                with self.assertRaises(po.Refused) as got:
                    compile_files(CASES / "bad" / row.split(":")[0])
                self.assertIn("/" + row, str(got.exception))

    def test_every_bad_template_is_expected_once(self):
        rows = (CASES / "bad/expected.txt").read_text("utf-8").splitlines()
        self.assertEqual(sorted(row.split(":")[0] for row in rows),
                         sorted(p.name for p in templates.files(CASES / "bad")))


class Good(unittest.TestCase):
    def test_what_is_made_stays_what_it_was(self):
        made = compile_files(CASES / "good/page.html")
        for text, kind in zip(made, ("h", "c")):
            path = CASES / f"good/expected.{kind}"
            if os.environ.get("UPDATE"):
                path.write_text(text, "utf-8")
            self.assertEqual(text, path.read_text("utf-8"))

    def test_an_empty_folder_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(po.Refused):
                templates.compile_folder(folder, catalogues(), {})


if __name__ == "__main__":
    unittest.main()
