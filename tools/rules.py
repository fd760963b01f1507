#!/usr/bin/env python3
"""rules -- house rules that no compiler knows.

    rules.py [ROOT [PATH...]]

Without PATHs every file of the project is read.  What is looked for stands in
the tables below, each row with its reason.  Where one is broken for a good
reason a comment says so, and which:

    /* rules: allow strtod because the text was written by ourselves */

It holds for its own line and on to the next empty one, a table say; "length"
is for the whole file.  A waiver that nothing needs is itself a
finding, so that none outlives its reason; the last line counts them.
"""

import pathlib
import re
import sys
import unicodedata

import source
from source import Finding

WIDTH = 80
LENGTH = 600

# No part of the program calls these, tests included.
NEVER = {
    "strcpy strcat stpcpy strncpy strncat sprintf vsprintf gets": "no limit",
    "strtok strtok_r": "writes into its input",
    "atoi atol atoll atof scanf sscanf fscanf": "wrong numbers pass unseen",
    "localtime localtime_r mktime ctime asctime gmtime": "days are base/day",
    "setlocale": "numbers are written in the locale C everywhere",
    "rand srand random srandom drand48": "no random numbers for secrets",
    "system popen": "a shell reads its arguments",
    "assert": "check() stays on in the release",
    "setjmp longjmp alloca": "the reader cannot follow",
    "signal": "sigaction says what happens",
    "tmpnam tempnam mktemp": "another can be faster",
    "sleep usleep nanosleep": "wait for what you wait for",
    "sqlite3_mprintf sqlite3_get_table PQescapeLiteral":
        "no statement is put together from parts",
}
# Where these may be called, as the beginnings of paths; tests may, too.
ONLY_IN = {
    "malloc calloc realloc free strdup strndup asprintf vasprintf":
        ("src/base/heap.c",),
    # base/str parses numbers, and knows its limits.
    "strtol strtoll strtoul strtoull strtod": ("src/base/str.c",),
    "time clock_gettime gettimeofday timespec_get clock":
        ("src/sys/",),
    "getrandom getentropy arc4random randombytes_buf": ("src/sys/",),
    "exit _exit quick_exit": ("src/main.c", "src/sys/"),
    "abort": ("src/base/check.c",),
    "printf fprintf vprintf vfprintf puts fputs putchar perror":
        ("src/cli/", "src/main.c", "src/base/check.c"),
    "open openat creat fopen freopen fdopen unlink rename mkdir":
        ("src/sys/", "src/store/"),
    "fork vfork execv execve execvp execl execlp posix_spawn":
        ("src/sys/",),
    "socket": ("src/sys/", "src/http/"),
    # They take text: the engines say BEGIN and COMMIT so, and nothing else.
    "sqlite3_exec": ("src/store/sqlite.c",),
    "PQexec PQexecParams": ("src/store/postgres.c",),
    "getenv setenv": ("src/sys/", "src/cli/", "src/main.c"),
}
# The same for whole libraries, by how their names begin.
LIBRARIES = {
    "sqlite3_": ("src/store/",),
    "PQ": ("src/store/",),
    "MHD_": ("src/http/",),
    "yaml_parser_": ("src/codec/",),
    "yaml_event_": ("src/codec/",),
    "yaml_document_": ("src/codec/",),
    "crypto_": ("src/crypto/",),
    "SHA256_": ("src/crypto/",),
    "sodium_": ("src/crypto/", "src/main.c"),
    "workbook_": ("src/excel/",),
    "worksheet_": ("src/excel/",),
    "oath_": ("src/auth/",),
}
# A secret compared byte by byte tells how much of a guess was right.
SECRETS = ("src/crypto/", "src/auth/")

SQL = re.compile(
    r"(?i)\b(select\b.*\bfrom\b|insert\s+(or\s+\w+\s+)?into\b"
    r"|update\s+\w+\s+set\b|delete\s+from\b|(create|drop|alter)\s+"
    r"(table|index|view|trigger)\b)")
HTML = re.compile(
    r"(?i)</?(html|head|body|div|span|p|a|table|tr|td|th|ul|ol|li|h[1-6]|br"
    r"|form|input|button|img|script|style|link|meta|svg|nav|main|section)"
    r"\b[^<>]*(>|$)")
SCHEME = re.compile(
    r"(?i)\b(ten|five)[-_ ]stars?\b|27922|zzlh|\b(iso[-_ ]?)?9001\b"
    r"|[十五][星颗]|达标")
HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
                 "\U00020000-\U0003ffff]|\\\\u[3-9a-f][0-9a-f]{3}")
JUMPS = ("return", "goto", "break", "continue")

# Words nobody commits, in any file.  Written so that they are not found here.
MARKERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
PLACES = re.compile(
    r"(?<![\w.~-])(?:/(?:work|root|home|Users)/[\w.-]|/tmp/w" r"t\b)|\.\./sha"
    r"red\b")
REGISTRIES = re.compile(
    r"(?i)\b(?:deb|ftp|security|registry|packages?|archive|mirrors?|proxy"
    r"|pypi|static|crates|rubygems|repo1)\.[a-z0-9.-]+\.(?:org|com|io|net)\b"
    r"|\b(?:pypi|crates|npmjs)\.(?:org|io|com)\b")
WORKPLACE = re.compile(
    r"(?i)\b(?:cla" r"ude|anth" r"ropic|co-auth" r"ored-by|open" r"ai)\b")
WAIVER = re.compile(r"rules: allow (\S+)( because \S+)?")


def by_word(table):
    return {w: v for words, v in table.items() for w in words.split()}


NEVER = by_word(NEVER)
ONLY_IN = by_word(ONLY_IN)


def width(line):
    """Columns of a line; a Chinese character takes two, as in an editor and
    for clang-format."""
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in line)


def size(path, text, _):
    """Lines over 80 columns, files over 600 lines.  Tables between
    "clang-format off" and "on" may be wider."""
    table = False
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if "clang-format off" in line:
            table = True
        elif "clang-format on" in line:
            table = False
        elif width(line) > WIDTH and not table:
            yield Finding(path, number, "width", f"{width(line)} columns")
    if len(lines) > LENGTH:
        yield Finding(path, 1, "length", f"{len(lines)} lines")


def anywhere(path, text, _):
    """What stands in no file of the project, whatever its kind."""
    rows = ((MARKERS, "marker", "open an issue instead"),
            (PLACES, "place", "a path of one machine"),
            (REGISTRIES, "registry", "the address of a registry"),
            (WORKPLACE, "workplace", "no business of this program"))
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, key, why in rows:
            m = pattern.search(line)
            if m:
                yield Finding(path, number, key, f"{m.group()}: {why}")


def comments(path, _, tokens):
    for t in tokens:
        if t.kind != "comment":
            continue
        if t.text.startswith("//"):
            yield Finding(path, t.line, "comment", "// does not stay")
        if re.search(r"NOLINT\w*(\([^)]*\))?:?\s*(\*/)?$", t.text):
            yield Finding(path, t.line, "nolint", "NOLINT without a reason")


def place_of(word, path):
    """The paths that alone may call `word`; None where anybody may."""
    if word in ONLY_IN:
        return ONLY_IN[word]
    if word == "memcmp" and path.startswith(SECRETS):
        return ()
    for begin, places in LIBRARIES.items():
        if word.startswith(begin):
            return places
    return None


def calls(path, _, tokens):
    """Calls banned everywhere, and calls outside their module."""
    code = [t for t in tokens if t.kind != "comment"]
    for before, t, after in zip([None] + code, code, code[1:]):
        if t.kind != "word" or after.text != "(" \
                or (before and before.text in (".", "->")):
            continue
        places = place_of(t.text, path)
        if t.text in NEVER:
            yield Finding(path, t.line, t.text, f"{t.text}: {NEVER[t.text]}")
            continue
        if places is not None and not source.is_test(path) \
                and not path.startswith(places or ("nowhere",)):
            where = ", ".join(places) or "no place; use crypto/"
            yield Finding(path, t.line, t.text, f"{t.text} is called only in"
                          f" {where}")


def literals(tokens):
    """Neighbouring string literals are one: (text, line of the first)."""
    text, line = "", 0
    for t in tokens:
        if t.kind == "string":
            line = line if text else t.line
            text += t.text[t.text.index('"') + 1:-1]
        elif t.kind != "comment" and text:
            yield text, line
            text = ""
    if text:
        yield text, line


def words(path, _, tokens):
    """What has a folder of its own does not stand in C."""
    if source.is_test(path):
        return
    rows = ((SQL, "sql", "SQL stands in sql/"),
            (HTML, "html", "HTML stands in templates/"),
            (HAN, "han", "texts stand in text/"))
    for text, line in literals(tokens):
        for pattern, key, why in rows:
            if pattern.search(text):
                yield Finding(path, line, key, f"\"{text[:40]}\": {why}")
    for t in tokens:
        if t.kind != "comment" and SCHEME.search(t.text):
            yield Finding(path, t.line, "scheme",
                          f"{t.text[:40]}: nothing of a scheme stands in C")
        if t.kind == "char" and HAN.search(t.text):
            yield Finding(path, t.line, "han", f"{t.text}: texts stand in"
                          " text/")


def opening(code, at):
    """The index of the bracket that code[at] closes."""
    depth = 0
    for i in range(at, -1, -1):
        depth += (code[i] in "})]") - (code[i] in "{([")
        if depth == 0:
            return i
    return 0


def ends_in_jump(code, at):
    """Whether the statement that ends with the ";" at `at` is a jump."""
    i = at - 1
    while i >= 0 and code[i] not in (";", "{"):
        if code[i] in JUMPS:
            return True
        i = opening(code, i) - 1 if code[i] in ("}", ")", "]") else i - 1
    return False


def elses(path, _, tokens):
    """`else` after a statement that leaves."""
    kept = [t for t in tokens if t.kind != "comment"]
    code = [t.text for t in kept]
    for i, t in enumerate(kept):
        if t.text != "else" or i < 2:
            continue
        end = i - 2 if code[i - 1] == "}" else i - 1
        if code[end] == ";" and ends_in_jump(code, end):
            yield Finding(path, t.line, "else", "else after a jump")


C_RULES = (comments, calls, words, elses)


def check_file(path, text):
    """(findings, waivers used) of one file."""
    found = list(anywhere(path, text, None))
    if source.is_c(path) or path.endswith((".py", ".sh")) \
            or text.startswith("#!"):
        found += size(path, text, None)
    if source.is_c(path):
        tokens = source.tokens(text)
        for rule in C_RULES:
            found += rule(path, text, tokens)
    return waive(path, text, found)


def waive(path, text, found):
    """Take out what a waiver allows; add the waivers that nothing needs."""
    kept, used = list(found), 0
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        m = WAIVER.search(line)
        if not m or path.startswith("tools/rules") or path.endswith(".md"):
            continue
        end = next((n for n, later in enumerate(lines[number:], number)
                    if not later.strip()), len(lines))
        allowed = [f for f in kept if f.key == m.group(1)
                   and (number <= f.line <= end or f.key == "length")]
        kept = [f for f in kept if f not in allowed]
        if not m.group(2):
            kept.append(Finding(path, number, "waiver", "no reason given"))
        if not allowed:
            kept.append(Finding(path, number, "waiver",
                                f"nothing here needs {m.group(1)}"))
        used += len(allowed)
    return kept, used


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else source.ROOT
    paths = sys.argv[2:] or source.tracked(root)
    found, waived, n = [], 0, 0
    for path in paths:
        text = source.read(root, path)
        if text is not None:
            more, used = check_file(path, text)
            found += more
            waived += used
            n += 1
    source.end(found, f"{n} files keep the rules, {waived} waivers")


if __name__ == "__main__":
    main()
