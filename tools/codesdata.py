#!/usr/bin/env python3
"""codesdata -- codes of places and trades, and their names, as C tables.

    codesdata.py FOLDER OUT.c OUT.h

FOLDER holds places.txt and trades.txt (codes/README.md); out come the tables
that src/domain/places.h describes, each in the order of its codes.
"""

import pathlib
import sys


def refuse(text):
    sys.exit(f"codesdata.py: {text}")


def lines_of(file):
    """The lines behind the first, which names the source."""
    lines = file.read_text("utf-8").splitlines()
    if not lines or not lines[0].startswith("source "):
        refuse(f"{file.name}: the first line names no source")
    return lines[1:]


def quoted(text):
    if '"' in text or "\\" in text:
        refuse(f"{text} cannot be quoted")
    return f'"{text}"'


def read_codes(file, digits):
    """(code, name) in order; `digits` of a code."""
    found = []
    for line in lines_of(file):
        code, _, name = line.partition(" ")
        if len(code) != digits or not code.isdigit() or not name.strip():
            refuse(f"{file.name}: {line!r} is no code and name")
        if found and code <= found[-1][0]:
            refuse(f"{file.name}: {code} is out of order")
        found.append((code, name))
    return found


def read_trades(file):
    """Divisions; the letters of sections stand between them for people."""
    found = []
    for line in lines_of(file):
        code, _, names = line.partition(" ")
        if code.isalpha():
            continue
        zh, bar, en = names.partition("|")
        if len(code) != 2 or not code.isdigit() or not bar or not zh or not en:
            refuse(f"{file.name}: {line!r} is no division")
        if found and code <= found[-1][0]:
            refuse(f"{file.name}: {code} is out of order")
        found.append((code, zh, en))
    return found


def compiled(folder):
    places = read_codes(folder / "places.txt", 6)
    trades = read_trades(folder / "trades.txt")
    return (
        "const struct place places_table[] = {\n"
        + "".join(f"    {{ {quoted(c)}, {quoted(n)} }},\n" for c, n in places)
        + "};\nconst size_t places_count = "
        f"{len(places)};\n\n"
        "const struct trade_division trades_table[] = {\n"
        + "".join(f"    {{ {quoted(c)}, {quoted(zh)}, {quoted(en)} }},\n"
                  for c, zh, en in trades)
        + f"}};\nconst size_t trades_count = {len(trades)};\n")


def main():
    if len(sys.argv) != 4:
        refuse("usage: codesdata.py FOLDER OUT.c OUT.h")
    folder, out_c, out_h = map(pathlib.Path, sys.argv[1:])
    out_c.write_text("/* Made by tools/codesdata.py; do not edit. */\n"
                     f'#include "{out_h.name}"\n\n' + compiled(folder),
                     "utf-8")
    out_h.write_text(
        "/* Made by tools/codesdata.py; do not edit.  See src/domain/places.h"
        ". */\n#ifndef CODES_DATA_H\n#define CODES_DATA_H\n\n"
        "#include <stddef.h>\n\n"
        "struct place {\n    char code[7];\n    const char *name;\n};\n\n"
        "struct trade_division {\n    char code[3];\n    const char *zh;\n"
        "    const char *en;\n};\n\n"
        "extern const struct place places_table[];\n"
        "extern const size_t places_count;\n"
        "extern const struct trade_division trades_table[];\n"
        "extern const size_t trades_count;\n\n#endif\n", "utf-8")


if __name__ == "__main__":
    main()
