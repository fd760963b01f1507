#!/usr/bin/env python3
"""Tests of template_samples.py."""

import pathlib
import tempfile
import unittest

import template_samples
import templates

WORK = """\
person: text
title: given
---
<p>{{person}} {{title}}</p>
{{content}}
"""
PAGE = """\
layout work
title = page.status
inner: part leaf
name: text
note: text
open: bool
rows: list
rows.number: int
rows.on: day
leaves: parts leaf
---
<p>{{name}}{{if note}}{{note}}{{end}}</p>
{{inner}}
{{if open}}
{{each rows as r}}{{r.number}}{{if r.on}}{{r.on}}{{end}}{{end}}
{{end}}
{{leaves}}
"""
LEAF = """\
until: day
swapped: bool
inner: parts leaf
---
{{if until}}{{until}}{{end}}{{if swapped}}x{{end}}{{inner}}
"""


class Samples(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        for name, text in (("work", WORK), ("page", PAGE), ("leaf", LEAF)):
            (root / f"{name}.html").write_text(text)
        read = {p.stem: templates.read_template(p)
                for p in templates.files(root)}
        self.filler = template_samples.Filler(read)
        self.page = read["page"]
        self.source = template_samples.source(read)

    def test_what_is_full_has_all_of_it(self):
        self.assertEqual(
            self.filler.record(self.page, True),
            '{ .work = { .person = S_INIT("person-1") }, '
            '.inner = { .until = 20650, '
            '.inner = (const struct page_leaf[]){ { .until = 20650 } }, '
            '.inner_n = 1 }, '
            '.name = S_INIT("name-1"), .note = S_INIT("note-1"), '
            '.open = true, .rows = (const struct page_page_rows[])'
            '{ { .number = 3, .on = 20650 }, { .number = 4, .on = 20650 } }, '
            '.rows_n = 2, .leaves = (const struct page_leaf[])'
            '{ { .until = 20650 } }, .leaves_n = 1 }')

    def test_what_is_empty_has_what_nothing_asks_for(self):
        self.assertEqual(
            self.filler.record(self.page, False),
            '{ .work = { .person = S_INIT("person-1") }, '
            '.inner = { .until = DAY_NEVER }, .name = S_INIT("name-1") }')

    def test_pages_alone_are_samples(self):
        self.assertIn('{ "page_full", render_page_full },', self.source)
        self.assertIn('{ "page_empty", render_page_empty },', self.source)
        self.assertNotIn('"leaf_full"', self.source)
        self.assertNotIn('"work_full"', self.source)


if __name__ == "__main__":
    unittest.main()
