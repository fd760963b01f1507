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
import template_emit
import templates

CASES = pathlib.Path(__file__).parent.parent / "tests" / "templates"
ADDRESSES = {name: f"/assets/{name}" for name in ("a.css", "a.js", "a.svg")}


class Inlines:
    """What may stand in a page in full, as bundle.Inlines."""

    TEXTS = {"b.css": "a { b: c }\n", "b.js": 'say("page.title");\n',
             "odd.js": "x"}
    IDS = {"b.js": ["other.thing", "page.title"], "odd.js": ["page.nothing"]}

    def text(self, name):
        return self.TEXTS.get(name)

    def ids(self, name):
        return self.IDS.get(name, [])


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
        return templates.compile_folder(folder, catalogues(), ADDRESSES,
                                        Inlines())


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


class Unused(unittest.TestCase):
    def test_a_word_of_a_text_is_no_use_of_what_is_called_so(self):
        made = template_emit.function(
            "void f(const char *title, int page)",
            ['    put(page, "a.title");', '    put(page, "\\"title");'],
            ("title", "page"))
        self.assertEqual(made[2:3], ["    (void)title;"])
        self.assertNotIn("    (void)page;", made)


class Good(unittest.TestCase):
    def test_what_is_made_stays_what_it_was(self):
        made = compile_files(CASES / "good/page.html")
        for text, kind in zip(made, ("h", "c")):
            path = CASES / f"good/expected.{kind}"
            if os.environ.get("UPDATE"):
                path.write_text(text, "utf-8")
            self.assertEqual(text, path.read_text("utf-8"))

    def test_a_page_that_is_whole_says_what_lets_it_in_and_its_texts(self):
        header, source = compile_files(CASES / "good/whole.html")
        self.assertIn("#define INLINE_B_JS \"'sha256-"
                      "s1NAvh3LYljP5yTUdNxkW3QTSmA1xoIWC3z3VP2EEWs='\"", header)
        self.assertIn("#define INLINE_B_CSS ", header)
        self.assertIn('static const str inline_b_css = S_INIT(\n'
                      '    "a { b: c }\\n");', source)
        self.assertIn("extern const char *const inline_b_js_texts[];", header)
        self.assertIn('inline_b_js_texts[] = {\n    "page.title",\n'
                      '    NULL,\n};', source)

    def test_an_empty_folder_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(po.Refused):
                templates.compile_folder(folder, catalogues(), {})


if __name__ == "__main__":
    unittest.main()
