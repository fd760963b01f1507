"""Tests of headers.py and tidy.py over a small project of their own."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import headers
import source

GOOD = "#ifndef A_H\n#define A_H\nstruct a { int n; };\n#endif\n"


class Project(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.build = self.root / "build"
        (self.root / "src/base").mkdir(parents=True)
        self.build.mkdir()
        command = ("{} -std=gnu2x -Wall -Werror -iquote ../src -MD -MQ a.o "
                   "-MF a.d -o a.o -c ../src/base/str.c")
        (self.build / "compile_commands.json").write_text(json.dumps([{
            "directory": str(self.build), "file": "../src/base/str.c",
            "command": command.format(self.compiler)}]))

    compiler = "gcc"

    def write(self, name, text):
        (self.root / "src/base" / name).write_text(text)


class Headers(Project):
    def test_each(self):
        rows = [
            ("good", GOOD, None),
            ("a type of another", "#ifndef A_H\n#define A_H\n"
             "str f(void);\n#endif\n", "unknown type name"),
            ("no guard", "struct a { int n; };\n", "redefinition"),
            ("a warning", "#ifndef A_H\n#define A_H\ninline int f(void);"
             "\n#endif\n", "never defined"),
        ]
        for name, text, why in rows:
            with self.subTest(name):
                self.write("a.h", text)
                found = headers.check(self.build, ["base/a.h"])
                self.assertEqual(len(found), 1 if why else 0)
                self.assertIn(why or "", "".join(map(str, found)))


    def test_a_header_has_the_flags_of_its_own_room(self):
        (self.root / "src/other").mkdir()
        (self.root / "lib").mkdir()
        (self.root / "lib/lib.h").write_text("struct lib { int n; };\n")
        text = '#ifndef B_H\n#define B_H\n#include <lib.h>\n#endif\n'
        self.write("b.h", text)
        (self.root / "src/other/b.h").write_text(text)
        path = self.build / "compile_commands.json"
        commands = json.loads(path.read_text())
        own = dict(commands[0], file="../src/other/b.c")
        own["command"] = own["command"].replace("../src/base/str.c",
                                                "-I../lib ../src/other/b.c")
        path.write_text(json.dumps(commands + [own]))
        found = headers.check(self.build, ["base/b.h", "other/b.h"])
        self.assertEqual([f.path for f in found], ["src/base/b.h"])


class Tidy(Project):
    compiler = "clang"

    def tidy(self, *paths):
        done = subprocess.run(
            [sys.executable, source.ROOT / "tools/tidy.py", self.build, *paths],
            cwd=self.root, capture_output=True, text=True)
        cache = [p.name for p in (self.build / "tidy-cache").iterdir()]
        return done.returncode, done.stdout + done.stderr, cache

    def test_remembers_only_what_is_clean(self):
        (self.root / ".clang-tidy").write_text(
            (source.ROOT / ".clang-tidy").read_text())
        self.write("a.h", GOOD)
        self.write("str.c", '#include "base/a.h"\nint a = 1;\n')
        status, _, first = self.tidy()
        self.assertEqual((status, len(first)), (0, 1))
        self.assertEqual(self.tidy()[2], first)

        self.write("a.h", GOOD + "/* changed */\n")
        status, _, second = self.tidy()
        self.assertEqual((status, len(second)), (0, 1))
        self.assertNotEqual(second, first)

        self.write("str.c", "int f(int n);\n"
                   "int f(int n)\n{\n    return n == n;\n}\n")
        status, said, third = self.tidy()
        self.assertEqual((status, third), (1, []))
        self.assertIn("misc-redundant-expression", said)

        self.write("str.c", "int a = ;\n")
        status, said, fourth = self.tidy()
        self.assertEqual((status, fourth), (1, []))

    def test_complains_of_one_among_many(self):
        (self.root / ".clang-tidy").write_text(
            (source.ROOT / ".clang-tidy").read_text())
        path = self.build / "compile_commands.json"
        one = path.read_text()
        path.write_text(json.dumps([
            *json.loads(one), *json.loads(one.replace("str.c", "buf.c"))]))
        self.write("str.c", "int a = 1;\n")
        self.write("buf.c", "int f(int n);\n"
                   "int f(int n)\n{\n    return n == n;\n}\n")
        status, said, cache = self.tidy()
        self.assertEqual((status, len(cache)), (1, 1))
        self.assertIn("complains of 1 of 2 files", said)
        self.assertIn("buf.c:4", said)
        self.assertNotIn("str.c:", said)

    def test_walks_every_path_of_what_is_named(self):
        (self.root / ".clang-tidy").write_text(
            (source.ROOT / ".clang-tidy").read_text())
        self.write("a.h", GOOD)
        self.write("str.c", "int *f(int n);\n"
                   "int *f(int n)\n{\n    int *p = 0;\n"
                   "    *p = n;\n    return p;\n}\n")
        self.assertEqual(self.tidy()[0], 0)
        status, said, _ = self.tidy("src/base/str.c")
        self.assertEqual(status, 1)
        self.assertIn("NullDereference", said)


if __name__ == "__main__":
    unittest.main()
