#!/usr/bin/env python3
"""headers -- every header of src/ compiles alone, and twice.

    headers.py BUILD...

Each BUILD is a configured build folder; its compiler and all flags of the
header's room are taken from compile_commands.json, so gcc and clang are asked
by naming a folder of each.
"""

import concurrent.futures
import json
import pathlib
import shlex
import subprocess
import sys

import source

# Flags that say what to write, with their argument, and what to read.
WITH_ARGUMENT = ("-o", "-MF", "-MQ", "-MT")
DROPPED = ("-c", "-MD", "-MMD")


def flags(commands, room):
    """The compile command of a room, less its input and output: where its
    libraries are, only its own command knows.  A room without a C file has
    that of base/str.c."""
    def of(path):
        return next((c for c in commands if path in c["file"]), None)
    entry = of(f"src/{room}/") or of("src/base/str.c")
    kept, words = [], iter(shlex.split(entry["command"]))
    for w in words:
        if w in WITH_ARGUMENT:
            next(words)
        elif w not in DROPPED and w != entry["file"]:
            kept.append(w)
    return kept, entry["directory"]


def compile_header(command, folder, header):
    """What the compiler says about `header`, or None when it is silent."""
    done = subprocess.run(
        command + ["-fdiagnostics-color=never", "-S", "-x", "c",
                   "-o", "/dev/null", "-"], cwd=folder, text=True,
        input=f'#include "{header}"\n#include "{header}"\n',
        capture_output=True)
    return done.stderr if done.returncode else None


def check(build, headers):
    commands = json.loads((build / "compile_commands.json").read_text())
    of_room = {room: flags(commands, room)
               for room in {h.partition("/")[0] for h in headers}}

    def said(header):
        return compile_header(*of_room[header.partition("/")[0]], header)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [source.Finding(f"src/{h}", 1, build.name,
                               f"does not compile alone:\n{text}")
                for h, text in zip(headers, pool.map(said, headers)) if text]


def main():
    headers = [p.removeprefix("src/") for p in source.tracked()
               if p.startswith("src/") and p.endswith(".h")]
    found = []
    for build in sys.argv[1:]:
        found += check(pathlib.Path(build).resolve(), headers)
    source.end(found, f"{len(headers)} headers compile alone, in "
               f"{', '.join(sys.argv[1:])}")


if __name__ == "__main__":
    main()
