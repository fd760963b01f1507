#!/usr/bin/env python3
"""trace -- which requirements and clauses are cited in code and in tests.

    trace.py               one line for each, and what is cited in only one
    trace.py M12           where that, or what begins so, is cited
    trace.py --check       fail for a row of tools/trace.required that lacks
                           code or test, and for a citation of nothing known

What may be cited stands in the tables of docs/requirements.md: rows [M1] and
[D1], and clauses as [name clause], where the name is in its last table.

A test counts only where it says so itself and asserts something: in a TEST()
of C, in the comment right above it, or in a table or function that it uses; in
a paragraph of a story with an assertion; in a step of a way that is clicked; in
a golden or refused case with what must come of it.  The head of a file counts
for none.
"""

import collections
import re
import sys
import typing

import source

TABLES = "docs/requirements.md"
REQUIRED = "tools/trace.required"
CODE = ("src/", "schemes/", "sql/", "templates/", "calendar/")
TESTS = ("tests/", "fuzz/")
CLICKED = "tests/page/journey/"
# What begins in the first column of C ends with an empty line before the next.
ITEM = re.compile(r"\n\n+(?=[^\s}])")
C_NAME = re.compile(r"^(?:\w*TEST\((\w+)"
                    r"|[^\s#/*].*?(\w+)(?:\(|(?:\[.*\])* = ))", re.M)
C_ASSERTS = re.compile(r"\b(EXPECT\w*|expect\w*|DO|NO|ATTEMPTS)\(")
STORY_ASSERTS = re.compile(r"^\s*(expect|holds|done_by|refused)\s", re.M)
# A step names what it shows, and fails the test.
CLICKED_ASSERTS = re.compile(r"\.step\(")
TABLES_OF_TESTS = re.compile(r"/(golden|refused)/")
REFUSED_ASSERTS = re.compile(r"^= \d+:\d+ \w", re.M)
GOLDEN_ASSERTS = re.compile(r"^expect:", re.M)
BRACKET = re.compile(r"\[([^\[\]\n]{2,60})\]")
ROW = re.compile(r"^[MD]\d+$")
# Looks like a clause of a standard, whether we know the standard or not.
CLAUSE = re.compile(r"^(\d{4,5}|RFC|GB|条例|[\u4e00-\u9fff]{1,4}法)"
                    r" [0-9A-Z][0-9A-Za-z.() -]*$")
TABLE_ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \|$", re.M)


def kind(path):
    """"code", "test" or None."""
    if source.is_test(path) or path.startswith(TESTS) \
            or TABLES_OF_TESTS.search(path):
        return "test"
    return "code" if path.startswith(CODE) else None


def known(text):
    """(rows, names of documents) that docs/requirements.md lists."""
    first = set(TABLE_ROW.findall(text)) - {"row", "name"}
    rows = {r for r in first if ROW.match(r)}
    return rows, first - rows


def citations(text):
    """(line, what) of everything cited in a text."""
    for number, line in enumerate(text.splitlines(), 1):
        for inner in BRACKET.findall(line):
            parts = [p.strip() for p in inner.split(",")]
            if all(ROW.match(p) or CLAUSE.match(p) for p in parts):
                for p in parts:
                    yield number, p


class Part(typing.NamedTuple):
    """A part of a test that stands by itself."""

    line: int  # its first
    text: str


def parts(text, gap):
    """The parts of a text, `gap` between them."""
    made, at = [], 0
    for m in [*re.finditer(gap, text), None]:
        end = m.start() if m else len(text)
        made.append(Part(text.count("\n", 0, at) + 1, text[at:end]))
        at = m.end() if m else end
    return made


def tests_of_c(text):
    """The parts of a C test that assert, and what they use."""
    named = [(next((a or b for a, b in C_NAME.findall(p.text)), None), p)
             for p in parts(text, ITEM)]
    asserts = {n for n, p in named if n and C_ASSERTS.search(p.text)}
    used = {n: set(re.findall(r"\w+", p.text)) for n, p in named if n}
    reached = [n for n, p in named if n and "TEST(" in p.text
               and (n in asserts or used[n] & asserts)]
    counted = set()
    while reached:
        name = reached.pop()
        counted.add(name)
        reached += [n for n in used[name] & used.keys() if n not in counted]
    return [p for n, p in named if n in counted]


def tests_of(path, text):
    """The parts of a test that count."""
    if path.endswith("_test.c"):
        return tests_of_c(text)
    asserts = STORY_ASSERTS if path.endswith(".sh") else \
        CLICKED_ASSERTS if path.startswith(CLICKED) else \
        REFUSED_ASSERTS if "/refused/" in path else None
    if asserts:
        return [p for p in parts(text, r"\n\s*\n")
                if asserts.search(p.text)]
    if "/golden/" in path and path.startswith("schemes/") \
            and GOLDEN_ASSERTS.search(text):
        return [Part(1, text)]
    return []


def counting(side, path, text):
    """(line, what) of the citations in a file that count for its side."""
    if side == "code":
        yield from citations(text)
        return
    for part in tests_of(path, text):
        for line, what in citations(part.text):
            yield part.line + line - 1, what


def collect(root):
    """what -> {"code": .., "test": .., "idle": ..}: each [(path, line)], idle
    being what stands in tests and counts for none."""
    cited = collections.defaultdict(
        lambda: {"code": [], "test": [], "idle": []})
    for path in source.tracked(root):
        side = kind(path)
        text = (side and source.read(root, path)) or ""
        counted = set(counting(side, path, text)) if side else set()
        for line, what in citations(text):
            where = side if (line, what) in counted else "idle"
            cited[what][where].append((path, line))
    return cited


def missing(sides):
    return [side for side in ("code", "test") if not sides.get(side)]


def check_required(cited, rows, required, later):
    """Every row M.. is required, or said to come later while it lacks."""
    found = []
    for row in [*required, *later]:
        if row not in rows:
            found.append((1, f"{row} stands not in {TABLES}"))
    for row in sorted({r for r in rows if r[0] == "M"}
                      - set(required) - later.keys(), key=order):
        found.append((1, f"{row} is neither required nor said to come later"))
    for row in required:
        found += [(1, f"{row} is cited in no {side}")
                  for side in missing(cited.get(row, {}))]
    for row, line in later.items():
        if not missing(cited.get(row, {})):
            found.append((line, f"{row} has code and test: require it"))
    return [source.Finding(REQUIRED, line, "trace", text)
            for line, text in found]


def check(cited, rows, names, required, later):
    """What --check finds."""
    found = check_required(cited, rows, required, later)
    for what, sides in cited.items():
        if what not in rows and what.split()[0] not in names:
            path, line = [p for places in sides.values() for p in places][0]
            found.append(source.Finding(path, line, "trace",
                                        f"{what} stands not in {TABLES}"))
    return found


def order(what):
    """Rows before clauses, M2 before M10, 7.4 before 7.12."""
    parts = [p for p in re.split(r"(\d+)", what) if p]
    return (not ROW.match(what),
            [(p.isdigit(), int(p) if p.isdigit() else p) for p in parts])


def read_required(text):
    """([row that must have code and test], {row that cannot yet: line})."""
    required, later = [], {}
    for number, line in enumerate(text.splitlines(), 1):
        row, colon, reason = line.partition(":")
        if colon and reason.strip() and ROW.match(row):
            later[row] = number
        else:
            required += line.split("#")[0].split()
    return required, later


def note_of(sides):
    lacks = missing(sides)
    if len(lacks) < 2:
        return f"  no {lacks[0]}" if lacks else ""
    return "  nowhere yet"


def show(cited, rows, begin):
    lacking = collections.defaultdict(list)
    for what in sorted(rows | cited.keys(), key=order):
        if begin and what != begin and not what.startswith(begin + " "):
            continue
        sides = cited.get(what, {"code": [], "test": [], "idle": []})
        note = note_of(sides)
        lacking[note.strip()].append(what)
        print(f"{what:16} code {len(sides['code']):3}  "
              f"test {len(sides['test']):3}{note}")
        for path, line in sides["code"] + sides["test"] if begin else []:
            print(f"    {path}:{line}")
        for path, line in sides["idle"] if begin else []:
            print(f"    {path}:{line} (asserts nothing)")
    for note in sorted(lacking.keys() - {""}) if not begin else []:
        print(f"{note}: {', '.join(lacking[note])}")


def main():
    root = source.ROOT
    cited = collect(root)
    rows, names = known(source.read(root, TABLES))
    required, later = read_required(source.read(root, REQUIRED))
    if sys.argv[1:] != ["--check"]:
        show(cited, rows, sys.argv[1] if len(sys.argv) > 1 else None)
        return
    source.end(check(cited, rows, names, required, later),
               f"{len(required)} required rows have code and test, "
               f"{len(later)} come later; "
               f"{len(cited)} rows and clauses are cited")


if __name__ == "__main__":
    main()
