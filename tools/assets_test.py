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
            npm.write_text("/*! a licence */a{background:url(data:x)}")

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

    def test_a_package_that_does_not_say_its_licence_is_given_it(self):
        file = self.folder.parent / "node_modules" / assets.NPM["htmx.js"]
        file.write_text("let x;")
        (file.parent.parent / "package.json").write_text(
            '{"name": "x", "version": "1.2.3", "license": "0BSD"}')
        texts = {name: text for name, _, text in assets.collect(self.folder)}
        self.assertEqual(texts["htmx.js"], "/* x 1.2.3, 0BSD */\nlet x;")
        self.assertNotIn("0BSD", texts["pico.css"])

    def test_a_missing_package_says_how_to_get_it(self):
        path = next(iter(assets.NPM.values()))
        (self.folder.parent / "node_modules" / path).unlink()
        self.refused("tools/npm installs")

    def test_the_table_is_sorted_and_holds_every_byte(self):
        self.put("b.svg", '<svg a="é"/>\n'.encode())
        self.put("a.svg", b"<svg/>")
        made = assets.source(assets.collect(self.folder))
        names = re.findall(r'\{ "([^"]+)", file_(\d)', made)
        self.assertEqual([n[:2] for n, _ in names], ["a-", "b-", "ht", "pi"])
        self.assertIn('"<svg a=\\"é\\"/>\\n"', made)


SHEET = pathlib.Path(__file__).parent.parent / "assets" / "tenstar.css"
STATUSES = ("valid", "suspended", "withdrawn", "ended", "pending")
GROUNDS = {
    "ink": ("paper", "sheet", "wash"),
    "quiet": ("paper", "sheet", "wash"),
    "accent": ("paper", "sheet"),
    "accent-strong": ("paper", "sheet"),
    "gold": ("paper", "sheet"),
    "on-accent": ("accent", "accent-strong"),
    **{s: ("paper", "sheet", f"{s}-wash") for s in STATUSES},
}


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
              for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Colours(unittest.TestCase):
    def test_every_text_colour_has_the_contrast_of_level_aa(self):
        blocks = re.findall(r"\{\s*(--ink:[^}]*)\}", SHEET.read_text("utf-8"))
        self.assertEqual(len(blocks), 2)
        for block in blocks:
            colour = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
            for text, grounds in GROUNDS.items():
                for ground in grounds:
                    with self.subTest(text=text, ground=ground):
                        self.assertGreaterEqual(
                            contrast(colour[text], colour[ground]), 4.5)

    def test_contrast_is_measured_as_wcag_does(self):
        self.assertAlmostEqual(contrast("#000000", "#ffffff"), 21)
        self.assertAlmostEqual(contrast("#777777", "#ffffff"), 4.478, 3)


if __name__ == "__main__":
    unittest.main()
