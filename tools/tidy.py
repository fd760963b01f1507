#!/usr/bin/env python3
"""tidy -- clang-tidy over every C file of src/, two at a time.

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
import hashlib
import json
import pathlib
import shlex
import subprocess
import sys

import source

TIDY = "clang-tidy"
NO_ANALYZER = ",-clang-analyzer-*"
NO_MEASURES = (",-readability-function-size"
               ",-readability-function-cognitive-complexity")


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def depends(entry):
    """The files an entry of compile_commands.json reads, less the system's."""
    words = shlex.split(entry["command"])
    for flag in ("-MF", "-MQ", "-MT", "-o"):
        if flag in words:
            at = words.index(flag)
            del words[at:at + 2]
    words = [w for w in words if w not in ("-MD", "-c")]
    out = run(words + ["-MM"], entry["directory"]).stdout
    return sorted(out.replace("\\\n", " ").split()[1:])


def key(entry, settings):
    """The name in the cache, or None when the file does not even compile."""
    files = depends(entry)
    if not files:
        return None
    seen = hashlib.sha256(settings + entry["command"].encode())
    for name in files:
        data = (pathlib.Path(entry["directory"]) / name).read_bytes()
        seen.update(b"%s %d\n" % (name.encode(), len(data)) + data)
    return seen.hexdigest()


def less(path, named):
    """Which checks of .clang-tidy are left out, as an argument."""
    return "--checks=" + ("" if named else NO_ANALYZER) \
        + (NO_MEASURES if source.is_test(path) else "")


def tidy(entry, build, checks):
    """What clang-tidy says of one file; "" for nothing."""
    path = entry["file"]
    done = run([TIDY, "-p", str(build), "--quiet", checks, path],
               entry["directory"])
    if done.returncode == 0:
        return ""
    return done.stdout.strip() or done.stderr.strip() or f"{path}: died"


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


def check_one(entry, build, settings, named):
    cache = build / "tidy-cache"
    checks = less(entry["file"], named)
    name = key(entry, settings + checks.encode())
    if name and (cache / name).exists():
        return name, ""
    said = tidy(entry, build, checks)
    if name and not said:
        (cache / name).touch()
    return name, said


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    wanted = set(sys.argv[2:])
    cache = build / "tidy-cache"
    cache.mkdir(exist_ok=True)
    settings = run([TIDY, "--version"], ".").stdout.encode() \
        + (source.ROOT / ".clang-tidy").read_bytes()
    listed = entries(build, wanted)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        done = list(pool.map(
            lambda e: check_one(e, build, settings, bool(wanted)), listed))
    if not wanted:
        for old in {p.name for p in cache.iterdir()} - {n for n, _ in done}:
            (cache / old).unlink()
    said = [text for _, text in done if text]
    print("\n".join(said))
    if said or not listed:
        sys.exit(f"clang-tidy complains of {len(said)} of {len(listed)} files")
    print(f"clang-tidy has nothing to say of {len(listed)} files")


if __name__ == "__main__":
    main()
