"""Tests of purity.py: small libraries that keep its rules or break one."""

import pathlib
import subprocess
import tempfile
import unittest

import purity

ALLOW = "* strlen reads bytes\n"
PURE = "int f(const char *s) { return (int)strlen(s); }\n"


def findings(text, allow=ALLOW, pure=PURE):
    """What is said of a libbase.a compiled of `text`."""
    with tempfile.TemporaryDirectory() as folder:
        build = pathlib.Path(folder)
        (build / "a.c").write_text(
            "#include <string.h>\n#include <stdio.h>\n#include <time.h>\n"
            + pure + text)
        (build / "allow").write_text(allow)
        subprocess.run(["gcc", "-O2", "-fPIE", "-fno-builtin", "-c", "a.c"],
                       cwd=build, check=True)
        subprocess.run(["ar", "rcsT", "libbase.a", "a.o"], cwd=build,
                       check=True)
        return [str(f) for f in purity.check(build, build / "allow")[0]]


class Purity(unittest.TestCase):
    def test_kept(self):
        rows = {
            "an allowed call": "",
            "a constant": "const int n = 3;",
            "a table": 'const char *const t[] = { "a", "b" };',
            "a table of functions": "int (*const t[])(const char *) = { f };",
            "a private table": "static int (*const t[])(const char *) = { f };"
                               "int g(int i) { return t[i](\"\"); }",
        }
        for name, text in rows.items():
            with self.subTest(name):
                self.assertEqual(findings(text), [])

    def test_broken(self):
        rows = {
            "the clock": ("time_t g(void) { return time(NULL); }",
                          "must not call time "),
            "output": ("void g(void) { puts(\"\"); }", "must not call puts "),
            "another's variable": ("void g(void) { fflush(stderr); }",
                                   "must not call stderr "),
            "a function of a higher room":
                ("int store_get(void); int g(void) { return store_get(); }",
                 "must not call store_get "),
            "a variable": ("int counter = 1;", ".data: counter"),
            "an empty variable": ("int counter;", ".bss: counter"),
            "a static variable": ("int g(void) { static int n; return ++n; }",
                                  ".bss: n"),
            "a thread's variable": ("_Thread_local int mine = 1;",
                                    ".tdata: mine"),
            "a table that can change": ('const char *t[] = { "a" };', ": t"),
            "what runs before main":
                ("__attribute__((constructor)) void g(void) { puts(\"\"); }",
                 ".init_array"),
        }
        for name, (text, why) in rows.items():
            with self.subTest(name):
                self.assertIn(why, "\n".join(findings(text)))


class Allow(unittest.TestCase):
    def test_broken(self):
        rows = {
            "unused": (ALLOW + "base time no reason to\n", "nobody needs"),
            "of another room": ("text strlen reads bytes\n", "must not call"),
            "without reason": (ALLOW + "base time\n", "not 'room"),
            "twice": (ALLOW + ALLOW, "twice"),
            "no such room": (ALLOW + "cellar time it is dark\n", "not 'room"),
        }
        for name, (allow, why) in rows.items():
            with self.subTest(name):
                self.assertIn(why, "\n".join(findings("", allow)))

    def test_no_libraries(self):
        with tempfile.TemporaryDirectory() as folder:
            allow = pathlib.Path(folder) / "allow"
            allow.write_text("")
            found, _ = purity.check(pathlib.Path(folder), allow)
            self.assertIn("build first", str(found[0]))


if __name__ == "__main__":
    unittest.main()
