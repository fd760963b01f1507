"""Tests of layers.py: each rule kept and broken, in a tree of its own."""

import pathlib
import subprocess
import tempfile
import unittest

import layers

LAYERS = "base:\ntext: base\nstore: base\nmade.h: store\n"


def findings(files, lines=LAYERS):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        everything = {"src/LAYERS": lines, "src/base/a.h": "",
                      "src/base/test.h": "", "src/text/a.h": "",
                      "src/store/a.h": "", "bench/b.h": "", **files}
        for path, text in everything.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        subprocess.run(["git", "init", "-q", folder], check=True)
        return [str(f) for f in layers.check(root)[0]]


class Includes(unittest.TestCase):
    def test_kept(self):
        rows = {
            "a room itself": ("src/text/b.c", '#include "text/a.h"'),
            "a room below": ("src/text/b.c", '#include "base/a.h"'),
            "the C library": ("src/base/b.c", "#include <sys/stat.h>"),
            "a made header": ("src/store/b.c", '#include "made.h"'),
            "a test": ("src/text/b_test.c", '#include "base/test.h"'),
            "what tests share": ("src/text/test_b.c",
                                 '#include "base/test.h"'),
            "main sees all": ("src/main.c", '#include "store/a.h"'),
            "so does a fuzzer": ("fuzz/b.c", '#include "store/a.h"'),
            "a bench its neighbour": ("bench/a.c", '#include "b.h"'),
            "a comment": ("src/base/b.c", '/*\n#include "store/a.h"\n*/'),
        }
        for name, (path, text) in rows.items():
            with self.subTest(name):
                self.assertEqual(findings({path: text}), [])

    def test_broken(self):
        rows = {
            "upward": ("src/base/b.c", '#include "text/a.h"', "must not"),
            "sideways": ("src/text/b.c", '#include "store/a.h"', "must not"),
            "spaced out": ("src/base/b.c", '  #  include  "text/a.h"',
                           "must not"),
            "after a comment": ("src/base/b.c",
                                '/* */ \n#include "text/a.h"', ":2:"),
            "a test, upward": ("src/base/b_test.c", '#include "text/a.h"',
                               "must not"),
            "no room": ("src/base/b.c", '#include "cellar/a.h"', "no room"),
            "by neighbour": ("src/base/b.c", '#include "a.h"', "room/x.h"),
            "a bench's header": ("src/text/b.c", '#include "b.h"',
                                 "room/x.h"),
            "a bench what is not there": ("bench/a.c", '#include "c.h"',
                                          "room/x.h"),
            "by path": ("src/base/b.c", '#include "../text/a.h"', "no room"),
            "another's made header": ("src/text/b.c", '#include "made.h"',
                                      "must not"),
            "test.h": ("src/text/b.c", '#include "base/test.h"',
                       "only tests"),
            "an unlisted room": ("src/attic/b.c", "", "has no attic"),
        }
        for name, (path, text, why) in rows.items():
            with self.subTest(name):
                got = findings({path: text})
                self.assertEqual(len(got), 1, got)
                self.assertIn(why, got[0])


class Lines(unittest.TestCase):
    def test_broken(self):
        rows = {
            "a cycle": ("base: text\ntext: base\nstore: base\n", "[L2]"),
            "a room twice": (LAYERS + "text: base\n", "twice"),
            "no colon": (LAYERS + "cellar\n", "not 'room"),
            "no folder": (LAYERS + "cellar: base\n", "no src/cellar"),
        }
        for name, (lines, why) in rows.items():
            with self.subTest(name):
                self.assertIn(why, "\n".join(findings({}, lines)))


if __name__ == "__main__":
    unittest.main()
