#!/usr/bin/env python3
"""coverage -- how much of the core the unit tests reach.

    coverage.py BUILD

BUILD was configured with -Db_coverage=true, and its tests have run.  For the
rooms of tools/coverage.least, gcov's lines and branches are added up over
their sources; a room whose branches fall below its least fails.
"""

import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import source

LEAST = "tools/coverage.least"


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


def reached(files, room):
    """((lines reached, lines), (branches reached, branches)) of a room."""
    lines, branches = {}, {}
    for f in files:
        if f"src/{room}/" not in f["file"]:
            continue
        for line in f["lines"]:
            at = f["file"], line["line_number"]
            lines[at] = lines.get(at, 0) + line["count"]
            for i, b in enumerate(line["branches"]):
                branches[at, i] = branches.get((at, i), 0) + b["count"]
    return [(sum(n > 0 for n in d.values()), len(d))
            for d in (lines, branches)]


def read_least(text):
    """[(room, least per cent of branches)]."""
    rows = [line.split("#")[0].split() for line in text.splitlines()]
    return [(r[0], float(r[1])) for r in rows if r]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    found = []
    rows = read_least(source.read(source.ROOT, LEAST))
    for room, least in rows:
        data = sorted(build.glob(f"lib{room}.a.p/*.gcda"))
        line, branch = reached(gcov(data) if data else [], room)
        share = 100 * branch[0] / branch[1] if branch[1] else 0
        print(f"note: {room}: lines {line[0]} of {line[1]}, branches "
              f"{branch[0]} of {branch[1]}, {share:.1f} %")
        if share < least:
            found.append(source.Finding(LEAST, 1, "coverage", f"{room}: "
                         f"{share:.1f} % of branches, {least} wanted"))
    source.end(found, f"{len(rows)} rooms reach their least")


if __name__ == "__main__":
    main()
