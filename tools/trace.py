#!/usr/bin/env python3
"""trace -- which requirements and clauses are cited in code and in tests.

    trace.py               one line for each, and what is cited in only one
    trace.py M12           where that, or what begins so, is cited
    trace.py --check       fail for a row of tools/trace.required that lacks
                           code or test, and for a citation of nothing known

What may be cited stands in the tables of docs/requirements.md: rows [M1] and
[D1], and clauses as [name clause], where the name is in its last table.
"""

import collections
import re
import sys

import source

TABLES = "docs/requirements.md"
REQUIRED = "tools/trace.required"
CODE = ("src/", "schemes/", "sql/", "templates/", "calendar/")
TESTS = ("tests/", "fuzz/")
BRACKET = re.compile(r"\[([^\[\]\n]{2,60})\]")
ROW = re.compile(r"^[MD]\d+$")
# Looks like a clause of a standard, whether we know the standard or not.
CLAUSE = re.compile(r"^(\d{4,5}|RFC|GB|条例|[\u4e00-\u9fff]{1,4}法)"
                    r" [0-9A-Z][0-9A-Za-z.() -]*$")
TABLE_ROW = re.compile(r"^\| ([^|]+) \| [^|]+ \|$", re.M)


def kind(path):
    """"code", "test" or None."""
    if source.is_test(path) or path.startswith(TESTS) or "/golden/" in path:
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


def collect(root):
    """what -> {"code": [(path, line)], "test": [(path, line)]}."""
    cited = collections.defaultdict(lambda: {"code": [], "test": []})
    for path in source.tracked(root):
        side = kind(path)
        text = source.read(root, path) if side else None
        for line, what in citations(text or ""):
            cited[what][side].append((path, line))
    return cited


def check(cited, rows, names, required):
    """What --check finds."""
    found = []
    for what, sides in cited.items():
        if what not in rows and what.split()[0] not in names:
            path, line = (sides["code"] + sides["test"])[0]
            found.append(source.Finding(path, line, "trace",
                                        f"{what} stands not in {TABLES}"))
    for row in required:
        if row not in rows:
            found.append(source.Finding(REQUIRED, 1, "trace",
                                        f"{row} stands not in {TABLES}"))
        for side in ("code", "test"):
            if not cited.get(row, {}).get(side):
                found.append(source.Finding(REQUIRED, 1, "trace",
                                            f"{row} is cited in no {side}"))
    return found


def order(what):
    """Rows before clauses, M2 before M10, 7.4 before 7.12."""
    parts = [p for p in re.split(r"(\d+)", what) if p]
    return (not ROW.match(what),
            [(p.isdigit(), int(p) if p.isdigit() else p) for p in parts])


def required_rows(text):
    return [w for line in text.splitlines() for w in
            line.split("#")[0].split()]


def show(cited, rows, begin):
    for what in sorted(rows | cited.keys(), key=order):
        if begin and what != begin and not what.startswith(begin + " "):
            continue
        sides = cited.get(what, {"code": [], "test": []})
        n, m = len(sides["code"]), len(sides["test"])
        note = "" if n and m else "  nowhere yet" if not n + m else \
            "  no test" if n else "  no code"
        print(f"{what:16} code {n:3}  test {m:3}{note}")
        if begin:
            for path, line in sides["code"] + sides["test"]:
                print(f"    {path}:{line}")


def main():
    root = source.ROOT
    cited = collect(root)
    rows, names = known(source.read(root, TABLES))
    required = required_rows(source.read(root, REQUIRED))
    if sys.argv[1:] != ["--check"]:
        show(cited, rows, sys.argv[1] if len(sys.argv) > 1 else None)
        return
    source.end(check(cited, rows, names, required),
               f"{len(required)} required rows have code and test; "
               f"{len(cited)} rows and clauses are cited")


if __name__ == "__main__":
    main()
