#!/usr/bin/env python3
"""Tests of assets.py."""

import pathlib
import re
import tempfile
import unittest

import assets
from po import Refused


class Assets(unittest.TestCase):
    def setUp(self):
        root = tempfile.TemporaryDirectory()
        self.addCleanup(root.cleanup)
        self.folder = pathlib.Path(root.name) / "assets"
        self.folder.mkdir()
        for path in assets.NPM.values():
            npm = self.folder.parent / "node_modules" / path
            npm.parent.mkdir(parents=True)
            npm.write_text("a{background:url(data:x)}")

    def put(self, name, text):
        (self.folder / name).write_bytes(text)

    def refused(self, why):
        with self.assertRaises(Refused) as got:
            assets.collect(self.folder)
        self.assertIn(why, str(got.exception))

    def test_an_address_changes_with_the_content(self):
        self.put("a.css", b"a{}")
        before = assets.addresses(self.folder)["a.css"]
        self.assertRegex(before, r"^/assets/a-[0-9a-f]{12}\.css$")
        self.put("a.css", b"b{}")
        self.assertNotEqual(assets.addresses(self.folder)["a.css"], before)

    def test_a_style_sheet_names_pictures_by_their_address(self):
        self.put("z.svg", b"<svg/>")
        self.put("a.css", b"a{mask:url(z.svg)}")
        texts = {name: text for name, _, text in assets.collect(self.folder)}
        self.assertRegex(texts["a.css"], r"url\(/assets/z-[0-9a-f]{12}\.svg\)")
        self.assertIn("url(data:x)", texts["pico.css"])

    def test_a_picture_that_is_not_there_is_refused_at_its_line(self):
        self.put("a.css", b"a{}\nb{mask:url(no.svg)}")
        self.refused("a.css:2: 'no.svg' is no picture")

    def test_what_is_no_utf8_is_refused(self):
        self.put("a.css", b"\xff")
        self.refused("is no UTF-8")

    def test_a_missing_package_says_how_to_get_it(self):
        path = next(iter(assets.NPM.values()))
        (self.folder.parent / "node_modules" / path).unlink()
        self.refused("tools/npm installs")

    def test_the_table_is_sorted_and_holds_every_byte(self):
        self.put("b.svg", '<svg a="é"/>\n'.encode())
        self.put("a.svg", b"<svg/>")
        made = assets.source(assets.collect(self.folder))
        names = re.findall(r'\{ "([^"]+)", file_(\d)', made)
        self.assertEqual([n[:2] for n, _ in names], ["a-", "b-", "pi"])
        self.assertIn('"<svg a=\\"é\\"/>\\n"', made)


if __name__ == "__main__":
    unittest.main()
