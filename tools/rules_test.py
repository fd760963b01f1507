"""Tests of rules.py: a planted violation per rule, and its nearest neighbour
that is right.  What is forbidden in every file is written in two halves."""

import unittest

import rules

WIDE = "\u552e\u540e"


def keys(text, path="src/domain/a.c"):
    return [f.key for f in rules.check_file(path, text)[0]]


class Broken(unittest.TestCase):
    def test_each_rule(self):
        rows = [
            ("comment", "int a; // b\n"),
            ("marker", "/* TO" "DO */\n"),
            ("marker", "/* XX" "X: */\n"),
            ("width", "/*" + "a" * 79 + "\n*/"),
            ("width", "/* " + WIDE * 20 + " */"),
            ("length", "\n" * 601),
            ("strcpy", "void f(void) { strcpy(a, b); }"),
            ("strcpy", "void f(void) { strcpy (a, b); }"),
            ("strtol", "long n = strtol(p, NULL, 10);"),
            ("malloc", "void *p = malloc(3);"),
            ("time", "long n = time(NULL);"),
            ("printf", 'void f(void) { printf(""); }'),
            ("sqlite3_step", "int n = sqlite3_step(s);"),
            ("PQconnectdb", "void *p = PQconnectdb(s);"),
            ("crypto_sign", "int n = crypto_sign(s);"),
            ("sql", 'const char *s = "SELECT a FROM b";'),
            ("sql", 'const char *s = "select a " /* b */ "from c";'),
            ("sql", 'const char *s = "update t set a = 1";'),
            ("html", 'const char *s = "<p>";'),
            ("html", 'const char *s = "</div>";'),
            ("html", "const char *s = \"<a href='\" F;"),
            ("han", f'const char *s = "{WIDE}";'),
            ("han", 'const char *s = "\\u552e";'),
            ("han", "int c = L'\u552e';"),
            ("scheme", "int ten_star = 3;"),
            ("scheme", 'const char *s = "five-star";'),
            ("scheme", "enum { LEAST_27922 = 70 };"),
            ("else", "if (a) return 1; else b();"),
            ("else", "if (a) { b(); return f((int[]){ 1 }); } else c();"),
            ("else", "while (a) { if (b) { continue; } else { c(); } }"),
            ("nolint", "int a; /* NOLINT */"),
            ("nolint", "int a; /* NOLINTNEXTLINE(bugprone-x) */"),
            ("place", "/* see /ho" "me/me/x */"),
            ("place", "/* see ../sha" "red/x */"),
            ("registry", "/* deb.deb" "ian.org */"),
            ("registry", "/* registry.np" "mjs.org/x */"),
            ("workplace", "/* Cla" "ude */"),
        ]
        for key, text in rows:
            with self.subTest(key, text=text[:60]):
                self.assertIn(key, keys(text))

    def test_by_place(self):
        rows = [
            ("memcmp", "src/crypto/a.c", "int n = memcmp(a, b, 3);"),
            ("sqlite3_exec", "src/store/a.c", "int n = sqlite3_exec(d);"),
            ("malloc", "src/base/a.c", "void *p = malloc(3);"),
            ("sleep", "src/domain/a_test.c", "void f(void) { sleep(1); }"),
            ("width", "tools/a.sh", "#" * 81),
            ("marker", "docs/a.md", "TO" "DO"),
            ("workplace", "README.md", "anth" "ropic"),
        ]
        for key, path, text in rows:
            with self.subTest(path, text=text):
                self.assertEqual(keys(text, path), [key])


class Kept(unittest.TestCase):
    def test_neighbours(self):
        rows = [
            "/* strcpy(a, b); SELECT a FROM b; <p> */",
            f"/* {WIDE}, ten-star, GB/T 27922 */",
            "/*" + "a" * 78 + "\n*/",
            "/* " + WIDE * 18 + " */",
            "\n" * 600,
            "/* clang-format off */\n/*" + "a" * 99 + "*/\n",
            "int n = x->time(3) + x.open(4);",
            "#include <time.h>\nint time;",
            "int n = memcmp(a, b, 3);",
            'const char *s = "a < b and <name>";',
            'const char *s = "tenstar: select a file";',
            "if (a) { return 1; } b();",
            "if (a) b(); else c();",
            "if (a) { if (b) { return 1; } c(); } else d();",
            "int a; /* NOLINT(x): the library wants it so */",
        ]
        for text in rows:
            with self.subTest(text[:60]):
                self.assertEqual(keys(text), [])

    def test_by_place(self):
        rows = [
            ("src/base/heap.c", "void *p = malloc(3);"),
            ("src/store/a.c", "int n = sqlite3_step(s);"),
            ("src/store/sqlite.c", "int n = sqlite3_exec(d);"),
            ("src/sys/a.c", "long n = time(NULL);"),
            ("src/cli/a.c", 'void f(void) { printf(""); }'),
            ("src/domain/a_test.c", f'f("{WIDE} <p>", "ten-star");'),
            ("fuzz/a.c", 'void f(void) { fopen("a", "r"); }'),
            ("docs/a.md", "a" * 200),
            ("tools/a.sh", "#" * 80),
        ]
        for path, text in rows:
            with self.subTest(path, text=text):
                self.assertEqual(keys(text, path), [])


class Waivers(unittest.TestCase):
    def test_used(self):
        why = "/* rules: allow strcpy because it fits */"
        for text in (f"{why}\nint a = strcpy(b, c);",
                     f"int a = strcpy(b, c); {why}"):
            with self.subTest(text):
                self.assertEqual(rules.check_file("src/a.c", text), ([], 1))
        table = f"{why}\nint a[] = {{\n" + "    strcpy(b, c),\n" * 9 + "};\n"
        self.assertEqual(rules.check_file("src/a.c", table), ([], 9))
        whole = "/* rules: allow length because it is one table */"
        self.assertEqual(keys("\n" * 601 + whole), [])

    def test_refused(self):
        rows = [
            ("unused", "/* rules: allow strcpy because it fits */", 1),
            ("too far", "/* rules: allow strcpy because it fits */\n\n"
             "int a = strcpy(b, c);", 2),
            ("another", "/* rules: allow gets because it fits */\n"
             "int a = strcpy(b, c);", 2),
            ("no reason", "/* rules: allow strcpy */\n"
             "int a = strcpy(b, c);", 1),
        ]
        for name, text, n in rows:
            with self.subTest(name):
                self.assertEqual(len(keys(text)), n)


if __name__ == "__main__":
    unittest.main()
