#!/usr/bin/env python3
"""purity -- layers 0-2 do no I/O, read no clock, draw no randomness, and keep
no mutable globals: proved over their compiled objects.

    purity.py [BUILD [ALLOW]]

BUILD is a folder of the gcc release build (default: build), ALLOW the list of
what may be called (default: tools/purity.allow).

What holds:
  [P1] whatever these rooms call is defined in one of them, or stands in ALLOW
       with the room that calls it and a reason in words;
  [P2] every line of ALLOW is used, so that the list cannot rot;
  [P3] no object has writable data.  A table of pointers is constant too, but
       must be relocated when the program is loaded; the compiler puts it into
       .data.rel.ro, which the linker (-z relro -z now) makes read-only before
       main.  `nm` calls that `d` like any variable, so we look at the sections
       instead: .data, .bss and their thread-local sisters have to be empty,
       and nothing may run before main (.init_array).
"""

import pathlib
import re
import subprocess
import sys

import source

# Layers 0-2 of src/LAYERS.  `generated` holds the tables made at build time.
ROOMS = ("generated", "base", "text", "codec", "crypto", "merkle",
         "records", "search", "scheme", "domain", "filing", "verify", "page")
WRITABLE = re.compile(r"\.(data|bss|tdata|tbss|init_array|ctors)(\.(?!rel\.ro)"
                      r"\S*)?$")
FORTIFIED = re.compile(r"^__(\w+)_chk$")
SECTION = re.compile(r"^ *\d+ (\S+) +([0-9a-f]{8,}) ")
SYMBOL = re.compile(r"^[0-9a-f]+ .{7} (\S+)\t([0-9a-f]+) (?:\.hidden )?(\S+)$")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True, errors="replace").stdout


def undefined(library):
    """What a library needs; memcpy, where _FORTIFY_SOURCE made __memcpy_chk
    of it, is memcpy still."""
    lines = run("nm", "-u", library).splitlines()
    return {FORTIFIED.sub(r"\1", line.split()[-1]) for line in lines
            if line.strip()[:2] in ("U ", "w ")}


def defined(library):
    out = run("nm", "--defined-only", "--extern-only", library)
    return {line.split()[2] for line in out.splitlines()
            if len(line.split()) == 3}


def writable(library):
    """(object, section, names) of everything [P3] forbids."""
    found, name = [], ""
    symbols = {}
    for line in run("objdump", "-h", "-t", library).splitlines():
        if "file format" in line:
            name = line.split(":")[0]
        elif (m := SECTION.match(line)) and int(m.group(2), 16) > 0 \
                and WRITABLE.match(m.group(1)):
            found.append((name, m.group(1)))
        elif (m := SYMBOL.match(line)) and int(m.group(2), 16) > 0:
            symbols.setdefault((name, m.group(1)), []).append(m.group(3))
    return [(o, s, ", ".join(symbols.get((o, s), ["no name"])))
            for o, s in found]


def read_allow(text, path):
    """((room, symbol) -> line number, findings)."""
    allowed, found = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        part = line.split(None, 2)
        if len(part) < 3 or part[0] not in ROOMS + ("*",) \
                or tuple(part[:2]) in allowed:
            found.append(source.Finding(path, number, "purity", "not 'room "
                                        f"symbol reason', or twice: {line}"))
        else:
            allowed[part[0], part[1]] = number
    return allowed, found


def check(build, allow):
    libraries = {r: build / f"lib{r}.a" for r in ROOMS}
    libraries = {r: str(p) for r, p in libraries.items() if p.exists()}
    own = set().union(*(defined(p) for p in libraries.values()))
    allowed, found = read_allow(allow.read_text(), str(allow))
    used = set()
    for room, library in libraries.items():
        for symbol in sorted(undefined(library) - own):
            line = {(r, symbol) for r in (room, "*")} & allowed.keys()
            used |= line
            if not line:
                found.append(source.Finding(library, 0, "purity",
                             f"[P1] {room} must not call {symbol}"))
        for name, section, names in writable(library):
            found.append(source.Finding(name, 0, "purity", "[P3] writable "
                                        f"data of {room}, {section}: {names}"))
    for unused in sorted(allowed.keys() - used):
        found.append(source.Finding(str(allow), allowed[unused], "purity",
                     f"[P2] {' '.join(unused)}: nobody needs this"))
    if "base" not in libraries:
        found.append(source.Finding(str(build), 0, "purity",
                                    "no libraries here: build first"))
    return found, len(libraries)


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    allow = pathlib.Path(sys.argv[2] if len(sys.argv) > 2
                         else source.ROOT / "tools/purity.allow")
    found, n = check(build, allow)
    source.end(found, f"{n} libraries are pure")


if __name__ == "__main__":
    main()
