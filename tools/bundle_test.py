#!/usr/bin/env python3
"""Tests of bundle.py: modules as one script, style sheets as one."""

import json
import pathlib
import subprocess
import tempfile
import unittest

import bundle
from po import Refused


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("node_modules/jsqr/package.json",
                   json.dumps({"version": "1.2.3", "license": "MIT"}))
        self.write("node_modules/jsqr/dist/jsQR.js",
                   "module.exports = () => 'decoded';\n")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def module(self, name, text):
        self.write(f"assets/verify/{name}", text)

    def script(self):
        return bundle.script(self.root, "verify.js")

    def assert_refused(self, words):
        with self.assertRaises(Refused) as got:
            self.script()
        self.assertIn(words, str(got.exception))


class Scripts(Tree):
    def run_it(self):
        return subprocess.run(["node", "-e", self.script()[0]], check=True,
                              capture_output=True, text=True).stdout

    def test_modules_do_what_they_do_apart(self):
        self.module("a.mjs", "const x = 1;\nexport const a = () => x;\n")
        self.module("b.mjs", 'import { a } from "./a.mjs";\nconst x = 2;\n'
                    "export function b() {\n    return a() + x;\n}\n"
                    "export async function c() {}\nexport class D {}\n")
        self.module("main.mjs", 'import {\n    b,\n    D,\n} from "./b.mjs";\n'
                    'import { a } from "./a.mjs";\nimport qr from "jsqr";\n'
                    "console.log(a(), b(), typeof D, qr());\n")
        self.assertEqual(self.run_it(), "1 3 function decoded\n")

    def test_a_package_goes_in_once_under_its_name_and_licence(self):
        self.module("a.mjs", 'import qr from "jsqr";\nexport const a = qr;\n')
        self.module("main.mjs", 'import { a } from "./a.mjs";\n'
                    'import qr from "jsqr";\nconsole.log(a === qr);\n')
        self.assertEqual(self.run_it(), "true\n")
        self.assertEqual(self.script()[0].count("/* jsqr 1.2.3, MIT */"), 1)

    def test_every_file_that_went_in_is_named(self):
        self.module("a.mjs", "export const a = 1;\n")
        self.module("main.mjs", 'import { a } from "./a.mjs";\n'
                    'import qr from "jsqr";\n')
        self.assertEqual(sorted(f.name for f in self.script()[2]),
                         ["a.mjs", "jsQR.js", "main.mjs", "package.json"])

    def test_ids_are_found_and_those_in_comments_are_not(self):
        self.module("a.mjs", 'export const a = "b.two";\n// "b.no"\n')
        self.module("main.mjs", 'import { a } from "./a.mjs";\n'
                    'say("a.one", "text", "B.c", a);\n')
        self.assertEqual(self.script()[1], ["a.one", "b.two"])

    def test_what_is_not_bundled_is_refused(self):
        for text, words in (
                ('import "./a.mjs";\n', "'import' in a form"),
                ('import * as a from "./a.mjs";\n', "'import' in a form"),
                ("export default 1;\n", "'export' in a form"),
                ('import x from "other";\n', "no package of PACKAGES"),
                ('import { x } from "./none.mjs";\n', "is missing"),
                ('import { x } from "./main.mjs";\n', "imports itself"),
                ('"</SCRIPT>";\n', "'</script'"),
                ('"<!--";\n', "'<!--'"),
                ("a;\0\n", "'\\x00'")):
            with self.subTest(text):
                self.module("a.mjs", "export const a = 1;\n")
                self.module("main.mjs", text)
                self.assert_refused(words)


class Styles(Tree):
    def setUp(self):
        super().setUp()
        for name in ("tenstar.css", "register.css", "verify.css"):
            self.write(f"assets/{name}", f".{name[0]} {{ }}\n")
        self.write("assets/seal.svg", "<svg/>")
        self.write("assets/tenstar.css", "a { b: url(seal.svg) }\n")
        self.write("node_modules/htmx.org/dist/htmx.min.js", "/*! x */")
        self.write("node_modules/@picocss/pico/css/pico.min.css",
                   "/*! x */ p { q: url(data:x) }")

    def test_sheets_follow_in_order_and_pictures_stand_inside(self):
        self.assertEqual(
            bundle.style(self.root, "verify.css"),
            "/*! x */ p { q: url(data:x) }\n"
            "a { b: url(data:image/svg+xml;base64,PHN2Zy8+) }\n"
            "\n.r { }\n\n.v { }\n")

    def test_what_ends_a_style_is_refused(self):
        self.write("assets/verify.css", "/* </style> */")
        with self.assertRaises(Refused):
            bundle.style(self.root, "verify.css")


class Policy(unittest.TestCase):
    def test_a_source_is_the_hash_of_the_text(self):
        self.assertEqual(
            bundle.source_of("alert('Hello, world.');"),
            "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='")


if __name__ == "__main__":
    unittest.main()
