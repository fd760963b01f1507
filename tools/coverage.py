#!/usr/bin/env python3
"""coverage -- how much of the core the unit tests reach.

    coverage.py BUILD          of every room of tools/coverage.least
    coverage.py BUILD ROOM     of every file of that room, too

BUILD was configured with -Db_coverage=true, and the rooms' own tests have run.
gcov's lines and branches are added up over a room's sources; a room whose
branches fall below its least fails.

In the rooms of REASONED every branch that no test takes has its reason in
tools/coverage.reasons: how many of a line are not taken, and why.  One that is
not listed is a finding, and so is one that is listed and taken.  What check()
says is left out: it aborts for a bug of ours, so no test gets there.
"""

import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import mutants
import source

LEAST = "tools/coverage.least"
REASONS = "tools/coverage.reasons"
REASONED = ("domain", "scheme")
ENTRY = re.compile(r"^(\d+): (\S.*)$")


def gcov(data):
    """What gcov says of some .gcda files: (source, lines, branches) with
    (reached, all) each."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["gcov", "--json-format", "--branch-probabilities",
                        *map(str, data)],
                       cwd=folder, check=True, capture_output=True)
        for made in pathlib.Path(folder).glob("*.json.gz"):
            with gzip.open(made) as f:
                yield from json.load(f)["files"]


def counts(files, room):
    """{path: ({line: times}, {(line, branch): times})} of a room."""
    found = collections.defaultdict(lambda: (collections.Counter(),
                                             collections.Counter()))
    for f in files:
        path = re.sub(r"^.*?(?=src/)", "", f["file"])
        if not path.startswith(f"src/{room}/"):
            continue
        lines, branches = found[path]
        for line in f["lines"]:
            n = line["line_number"]
            lines[n] += line["count"]
            for i, b in enumerate(line["branches"]):
                branches[n, i] += b["count"]
    return found


def reached(times):
    """(reached, all)"""
    return sum(n > 0 for n in times.values()), len(times)


def added(pairs):
    return tuple(map(sum, zip((0, 0), *pairs)))


def share(pair):
    return 100 * pair[0] / pair[1] if pair[1] else 0


def shown(name, line, branch):
    return (f"{name}: lines {line[0]} of {line[1]}, branches "
            f"{branch[0]} of {branch[1]}, {share(branch):.1f} %")


# --- branches that are not taken --------------------------------------------

def checked_lines(text):
    """The lines on which check() says something."""
    tokens = mutants.pieces(text)
    return {text.count("\n", 0, t.at) + 1
            for t, quiet in zip(tokens, mutants.silent(tokens)) if quiet}


def missed(path, text, branches):
    """{(path, function, code): (how many branches no test takes, line)}"""
    lines, names = text.splitlines(), mutants.functions(text)
    checks = checked_lines(text)
    found = {}
    for (number, _), times in sorted(branches.items()):
        if times > 0 or number in checks:
            continue
        name = [n for begin, n in names if begin <= number][-1]
        key = path, name, lines[number - 1].strip()
        n, first = found.get(key, (0, number))
        found[key] = n + 1, first
    return found


def read_reasons(text):
    """{(path, function, code): (how many, line of the list)}"""
    found = {}
    for number, file, function, code, words in source.reasons(text):
        m = ENTRY.match(words)
        if not m:
            sys.exit(f"{REASONS}:{number}: HOW MANY: reason, not {words}")
        found[file, function, code] = int(m[1]), number
    return found


def judged(misses, listed):
    """Findings: branches without a reason, and reasons without a branch."""
    found = []
    for key, (n, line) in misses.items():
        if listed.get(key, (0,))[0] < n:
            found.append(source.Finding(key[0], line, "branch", f"{n} not "
                                        f"taken in {key[1]}: {key[2]}"))
    for key, (n, line) in listed.items():
        if misses.get(key, (0,))[0] < n:
            found.append(source.Finding(REASONS, line, "reason", f"{key[0]} "
                                        f"{key[1]}: fewer than {n} are not "
                                        f"taken: {key[2]}"))
    return found


# --- all of it --------------------------------------------------------------

def read_least(text):
    """[(room, least per cent of branches)]."""
    rows = [line.split("#")[0].split() for line in text.splitlines()]
    return [(r[0], float(r[1])) for r in rows if r]


def below(room, branch, least):
    if share(branch) >= least:
        return []
    return [source.Finding(LEAST, 1, "coverage", f"{room}: "
                           f"{share(branch):.1f} % of branches, {least} "
                           "wanted")]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    found, misses = [], {}
    rows = read_least(source.read(source.ROOT, LEAST))
    for room, least in rows:
        data = sorted(build.glob(f"lib{room}.a.p/*.gcda"))
        files = counts(gcov(data) if data else [], room)
        for path, (lines, branches) in sorted(files.items()):
            if sys.argv[2:] == [room]:
                print(shown(path, reached(lines), reached(branches)))
            if room in REASONED:
                misses |= missed(path, source.read(source.ROOT, path),
                                 branches)
        branch = added(reached(b) for _, b in files.values())
        line = added(reached(n) for n, _ in files.values())
        print("note: " + shown(room, line, branch))
        found += below(room, branch, least)
    found += judged(misses, read_reasons(source.read(source.ROOT, REASONS)))
    source.end(found, f"{len(rows)} rooms reach their least; "
               f"{sum(n for n, _ in misses.values())} branches that are not "
               "taken have their reason")


if __name__ == "__main__":
    main()
