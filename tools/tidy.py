#!/usr/bin/env python3
"""tidy -- clang-tidy over every C file of src/, on two cores.

    tidy.py BUILD [PATH...]

BUILD is a folder configured with clang, for its compile_commands.json.
clang-tidy is slow, so BUILD/tidy-cache remembers what it found nothing in: an
empty file named by the hash of everything that could change its answer (its
version and settings, the compile command, the source and all headers of ours
that it includes).  Names that a whole run did not ask for are removed.
Clang's analyzer, which walks every path, costs ten times what all other checks
do together.  Files that are named get it; a run over all leaves it to
`./test deep scan`.  Tests may be long and deep, so functions are not measured
there.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import source

TIDY = "clang-tidy"
BATCH = 24  # files that one clang-tidy looks at
INCLUDE = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)
NO_ANALYZER = ",-clang-analyzer-*"
NO_MEASURES = (",-readability-function-size"
               ",-readability-function-cognitive-complexity")


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def search_paths(entry):
    """The folders an entry of compile_commands.json looks for headers in."""
    folder = pathlib.Path(entry["directory"])
    words = shlex.split(entry["command"])
    quoted = [words[i + 1] for i, w in enumerate(words) if w == "-iquote"]
    return [folder / p for p in
            quoted + [w[2:] for w in words if w.startswith("-I")]]


@functools.cache
def quoted(path):
    """(what the file holds, the names of the headers of ours it includes)."""
    data = path.read_bytes()
    return data, INCLUDE.findall(data)


def depends(entry):
    """The source of an entry and every header of ours it may include, sorted;
    those behind an #if that is false too."""
    first = pathlib.Path(entry["directory"]) / entry["file"]
    paths = search_paths(entry)
    found = {}
    waiting = [first]
    while waiting:
        path = waiting.pop()
        if os.path.normpath(path) in found:
            continue
        found[os.path.normpath(path)] = path
        for name in quoted(path)[1]:
            near = [p / name.decode() for p in [path.parent, *paths]]
            waiting += [p for p in near if p.is_file()][:1]
    return [found[name] for name in sorted(found)]


def key(entry, settings):
    """The name in the cache."""
    seen = hashlib.sha256(settings + entry["command"].encode())
    for path in depends(entry):
        data = quoted(path)[0]
        name = os.path.relpath(path, entry["directory"])
        seen.update(b"%s %d\n" % (name.encode(), len(data)) + data)
    return seen.hexdigest()


def less(path, named):
    """Which checks of .clang-tidy are left out, as an argument."""
    return "--checks=" + ("" if named else NO_ANALYZER) \
        + (NO_MEASURES if source.is_test(path) else "")


def tidy(paths, build, checks):
    """What clang-tidy says of some files; "" for nothing."""
    done = run([TIDY, "-p", str(build), "--quiet", checks, *paths], build)
    if done.returncode == 0:
        return ""
    return done.stdout.strip() or done.stderr.strip() \
        or f"{' '.join(paths)}: died"


def tidy_each(paths, build, checks):
    """(path, what clang-tidy says of it) of each.  To start it takes longer
    than a file does, so one looks at all, and only when it complains of any
    does each get its own."""
    if not tidy(paths, build, checks):
        return [(path, "") for path in paths]
    return [(path, tidy([path], build, checks)) for path in paths]


def entries(build, wanted):
    """One compile command per C file of src/; a test that two programs share
    has several, the same but for their output."""
    found = {}
    commands = json.loads((build / "compile_commands.json").read_text())
    for entry in commands:
        path = entry["file"].removeprefix("../")
        if path.startswith("src/") and (not wanted or path in wanted):
            found.setdefault(path, entry)
    return list(found.values())


def batches(todo):
    """(checks, paths): files that are checked alike, some at a time."""
    alike = {}
    for path, checks in todo:
        alike.setdefault(checks, []).append(path)
    return [(checks, paths[at:at + BATCH])
            for checks, paths in alike.items()
            for at in range(0, len(paths), BATCH)]


def check(build, listed, settings, named):
    """(names in the cache, what was said) of all that is listed."""
    cache = build / "tidy-cache"
    names = {}
    todo = []
    for entry in listed:
        path = entry["file"]
        checks = less(path.removeprefix("../"), named)
        names[path] = key(entry, settings + checks.encode())
        if not (cache / names[path]).exists():
            todo.append((path, checks))
    said = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in pool.map(lambda b: tidy_each(b[1], build, b[0]),
                             batches(todo)):
            for path, text in done:
                if text:
                    said.append(text)
                else:
                    (cache / names[path]).touch()
    return set(names.values()), said


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = set(sys.argv[2:])
    cache = build / "tidy-cache"
    cache.mkdir(exist_ok=True)
    settings = run([TIDY, "--version"], ".").stdout.encode() \
        + (source.ROOT / ".clang-tidy").read_bytes()
    listed = entries(build, wanted)
    names, said = check(build, listed, settings, bool(wanted))
    if not wanted:
        for old in {p.name for p in cache.iterdir()} - names:
            (cache / old).unlink()
    print("\n".join(said))
    if said or not listed:
        sys.exit(f"clang-tidy complains of {len(said)} of {len(listed)} files")
    print(f"clang-tidy has nothing to say of {len(listed)} files")


if __name__ == "__main__":
    main()
