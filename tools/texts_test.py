#!/usr/bin/env python3
"""Tests of po.py, usage.py, texts.py: what is refused, in which words."""

import pathlib
import tempfile
import unittest

import ctext
import po
import texts
import usage

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(name, sentence):
    return f'msgid "{name}"\nmsgstr "{sentence}"\n\n'


class Catalogue(unittest.TestCase):
    def read(self, text):
        return po.read_file("x.po", HEAD + text)

    def test_an_entry_may_span_lines_and_hold_escapes(self):
        got = self.read('# c\nmsgid "a.b"\nmsgstr ""\n"one\\n"\n"\\"two\\""\n')
        self.assertEqual(got[0].other, 'one\n"two"')
        self.assertEqual(got[0].arguments(), set())

    def test_a_plural_has_two_forms_that_count(self):
        got = self.read('msgid "a.b"\nmsgid_plural "a.b"\n'
                        'msgstr[0] "{count} day"\nmsgstr[1] "{count} days"\n')
        self.assertEqual((got[0].one, got[0].other),
                         ("{count} day", "{count} days"))

    def test_doubled_braces_are_no_arguments(self):
        got = self.read(entry("a.b", "{{x}} {y}"))
        self.assertEqual(got[0].arguments(), {"y"})

    def test_what_is_no_catalogue_is_refused_at_its_line(self):
        rows = [
            ("blank at a line's end", 'msgid "a.b" \n', 4, "blanks at the end"),
            ("other syntax", "msgctxt \"x\"\n", 4, "no line of a catalogue"),
            ("open quote", 'msgid "a.b\n', 4, "no line of a catalogue"),
            ("unknown escape", 'msgid "a\\x"\n', 4, "no quoted text"),
            ("two msgstr", entry("a.b", "x")[:-1] + 'msgstr "y"\n', 6,
             "a second msgstr"),
            ("no msgstr", 'msgid "a.b"\n', 4, "has no msgstr"),
            ("no id", entry("Hello world", "x"), 4, "is no id"),
            ("lone brace", entry("a.b", "{ x"), 4, "a lone '{'"),
            ("half a plural", 'msgid "a.b"\nmsgid_plural "a.b"\n'
             'msgstr[1] "{count}"\n', 4, "a plural is msgid_plural"),
            ("plural of nothing", 'msgid "a.b"\nmsgid_plural "a.b"\n'
             'msgstr[0] "x"\nmsgstr[1] "y"\n', 4, "counts by {count}"),
        ]
        for name, text, line, why in rows:
            with self.subTest(name):
                with self.assertRaises(po.Refused) as got:
                    self.read(text)
                self.assertTrue(str(got.exception).startswith(f"x.po:{line}:"),
                                got.exception)
                self.assertIn(why, str(got.exception))

    def test_a_catalogue_without_header_is_refused(self):
        with self.assertRaises(po.Refused) as got:
            po.read_file("x.po", entry("a.b", "x"))
        self.assertIn("opens with msgid", str(got.exception))


class Tree(unittest.TestCase):
    """A source tree in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for name in ("text/en", "text/zh_CN", "src/base", "templates"):
            (self.root / name).mkdir(parents=True)

    def texts(self, en, zh):
        (self.root / "text/en/base.po").write_text(HEAD + en, "utf-8")
        (self.root / "text/zh_CN/base.po").write_text(HEAD + zh, "utf-8")

    def source(self, text, name="a.c"):
        (self.root / "src/base" / name).write_text(text, "utf-8")

    def expect(self, *parts):
        faults = usage.check(self.root)
        self.assertEqual(len(faults), len(parts), faults)
        for fault, part in zip(faults, parts):
            self.assertIn(part, fault)


class Check(Tree):
    def both(self, name, en="x", zh="甲。"):
        self.texts(entry(name, en), entry(name, zh))

    def test_a_used_id_in_both_languages_is_no_fault(self):
        self.both("a.b", "{n} x", "{n} 个。")
        self.source('x = err_new(a, ERR_INVALID, "a.b",\n'
                    '  ARG_INT("n", f(1, 2)));')
        self.expect()

    def test_an_id_must_stand_in_both_languages(self):
        self.texts(entry("a.b", "x"), "")
        self.source('y = "a.b";')
        self.expect("text/en/base.po:4: 'a.b' is missing in zh_CN")

    def test_a_row_of_the_requirements_says_nothing_to_a_reader(self):
        self.source('y = "a.b";')
        self.both("a.b", "Wait for it (M12).", "请等待（D1）。")
        self.expect("text/zh_CN/base.po:4: 'a.b': D1 is a row",
                    "text/en/base.po:4: 'a.b': M12 is a row")
        self.both("a.b", "SM2, M123 and 5M", "SM2、M123 和 5M")
        self.expect()

    def test_one_thing_has_one_word(self):
        self.source('y = "a.b";')
        self.both("a.b", zh="案卷")
        self.expect("'a.b': 案卷 is called 案件 elsewhere")

    def test_arguments_must_be_the_same(self):
        self.both("a.b", "{n}", "甲{m}")
        self.source('y = "a.b";')
        self.expect("{m} stands in one language", "{n} stands in one language")

    def test_an_id_without_use_is_a_fault_and_comments_are_no_use(self):
        self.both("a.b")
        self.source('/* "a.b" */')
        self.expect("nothing uses 'a.b'")

    def test_a_test_is_no_use(self):
        self.both("a.b")
        self.source('EXPECT_ERR(x, ERR_INVALID, "a.b");', "a_test.c")
        self.expect("nothing uses 'a.b'")

    def test_a_character_that_is_a_quote_begins_no_text(self):
        self.both("a.b")
        self.source("""if (c == '"') y = "a.b";""")
        self.expect()

    def test_ids_are_found_wherever_they_are_given(self):
        rows = [
            ("err_new", 'err_new(f(a, "x"), ERR_IO, "no.such");'),
            ("two ids", 'ARG_IDS("what", "a.b|no.such");'),
            ("member", '{ .id = "no.such" }'),
            ("choice", 'err_new(a, E, bad ? "a.b" : "no.such");'),
            ("function", "static err no(struct x *x, const char *id)\n{\n}\n"
             'e = no(x, "no.such");'),
            ("macro", "#define NO(id, ...) no(x, (id))\n"
             'e = NO("no.such", 1);'),
            ("table", '{ "base.x", 1 }, { "base.yaml", 2 }'),
        ]
        self.both("a.b")
        for name, text in rows:
            with self.subTest(name):
                self.source(text + ' y = "a.b";')
                name = "base.x" if name == "table" else "no.such"
                self.expect(f"'{name}' stands in no catalogue")

    def test_the_arguments_an_error_is_given_must_do(self):
        self.both("a.b", "{n}", "甲{n}")
        self.source('\nerr_new(a, E, "a.b", ARG_STR("m", s));')
        self.expect("src/base/a.c:2: 'a.b' is not given {n}, which zh_CN",
                    "which en wants")

    def test_a_static_function_takes_ids_in_its_own_file_only(self):
        self.both("a.b")
        self.source("static err no(int x, const char *id)\n{\n}\n"
                    'e = no(1, "a.b");')
        self.source('e = no(1, "wanted");', "b.c")
        self.expect()
        self.source("err no(int x, const char *id);", "a.h")
        self.expect("'wanted' is no message id")

    def test_ids_made_of_names_are_used_by_their_beginning(self):
        self.both("a.b")
        self.source('ARG_IDS("what", all_of(x, "a", names));')
        self.expect()
        self.source('ARG_IDS("what", all_of(x, "c", names)); y = "a.b";')
        self.expect("'c.' begins no id")

    def test_a_prefix_uses_all_that_begins_with_it(self):
        self.both("a.b")
        self.source('void f(const char *id, str s);\nf("a.", s);')
        self.expect()
        self.source('void f(const char *id, str s);\nf("c.", s); y = "a.b";')
        self.expect("'c.' begins no id")

    def test_templates_use_ids(self):
        self.both("a.b")
        page = self.root / "templates/x.html"
        page.write_text("\n{{t a.b}}", "utf-8")
        self.expect()
        page.write_text("\n{{t a.b}}\n{{t a.c n=m}}", "utf-8")
        self.expect("templates/x.html:3: 'a.c' stands in no catalogue")

    def test_the_modules_of_a_page_use_ids(self):
        self.both("a.b")
        folder = self.root / "assets/page"
        folder.mkdir(parents=True)
        (folder / "m.mjs").write_text('t(/"[^"]/, "x.json");\nsay("a.b");\n')
        self.expect()
        (folder / "m.mjs").write_text('say("a.b");\nsay("a.c");\n')
        self.expect("assets/page/m.mjs:2: 'a.c' stands in no catalogue")

    def test_chinese_wants_chinese_signs(self):
        self.source('y = "a.b";')
        rows = [
            ("comma", "甲,乙", True), ("full stop", "甲.", True),
            ("after an argument", "{n}, 甲", True),
            ("bracket", "甲(乙)", True), ("bracket before", "A (乙", True),
            ("quotes", '甲\\"x\\"', True), ("dots", "甲...", True),
            ("doubled", "甲。。", True), ("right", "甲，乙（丙）。", False),
            ("a place", "{n}:{m}：甲", False), ("decimal", "第 1.2 节", False),
            ("file name", "甲.yaml", False), ("only Latin", "a, b.", False),
        ]
        for name, zh, fault in rows:
            with self.subTest(name):
                self.both("a.b", "{n} {m}" if "{m}" in zh else
                          "{n}" if "{n}" in zh else "x", zh)
                self.assertEqual(bool(usage.check(self.root)), fault,
                                 usage.check(self.root))

    def test_blanks_and_empty_sentences_are_faults(self):
        self.source('y = "a.b";')
        self.both("a.b", "x  y", "甲 ")
        self.expect("begins or ends with a blank", "two blanks in a row")
        self.both("a.b", "", "甲")
        self.expect("is empty")


class Compile(Tree):
    def run_compile(self):
        names = [str(self.root / n) for n in ("t.h", "t.c", "t.d")]
        texts.compile_all(str(self.root / "text"), *names)
        return (self.root / "t.c").read_text("utf-8")

    def test_the_table_is_sorted_and_a_missing_language_is_left_empty(self):
        self.texts(entry("b.b", "two") + entry("a.b", "one"), "")
        made = self.run_compile()
        self.assertLess(made.index('"a.b"'), made.index('"b.b"'))
        self.assertIn('S_INIT("one")', made)
        self.assertIn("text_table_n = 2;", made)

    def test_an_id_that_stands_twice_is_refused(self):
        self.texts(entry("a.b", "x"), "")
        (self.root / "text/en/web.po").write_text(HEAD + entry("a.b", "y"),
                                                  "utf-8")
        with self.assertRaises(po.Refused) as got:
            self.run_compile()
        self.assertIn("web.po:4: 'a.b' stands already in", str(got.exception))


class Literals(unittest.TestCase):
    def test_quotes_controls_and_trigraphs_are_escaped(self):
        self.assertEqual(ctext.quote('a"\\\n??(\x01'),
                         '"a\\"\\\\\\n?\\?(\\001"')

    def test_long_text_is_cut_without_loss(self):
        text = "word " * 40 + "汉" * 100 + "\nend"
        self.assertEqual("".join(ctext.pieces(text)), text)


if __name__ == "__main__":
    unittest.main()
