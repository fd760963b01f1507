#!/usr/bin/env python3
"""embed.py -- puts files into the program.

    embed.py --name NAME [--root DIR] OUT.c OUT.h FILE...

writes a table `const struct embedded NAME[]` (src/base/embed.h) of the bytes
of every FILE, called by its path from DIR (default: the current folder) with
'/' between its parts, sorted by path.  The same files give the same output,
whatever their order.  A FILE outside DIR, or named twice, is refused.
"""

import argparse
import os
import re
import sys

BYTES_A_LINE = 20


def refuse(text):
    sys.exit(f"embed.py: {text}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--name", required=True)
    parser.add_argument("--root", default=".")
    parser.add_argument("out_c")
    parser.add_argument("out_h")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    if not re.fullmatch(r"[a-z][a-z0-9_]*", args.name):
        refuse(f"{args.name} is no name for a C table")
    return args


def paths(root, files):
    """The path of each file from the root, and the file, sorted by path."""
    found = {}
    for file in files:
        path = os.path.relpath(file, root).replace(os.sep, "/")
        if path == ".." or path.startswith("../"):
            refuse(f"{file} is not below {root}")
        if not re.fullmatch(r"[A-Za-z0-9._/@+-]+", path):
            refuse(f"{path}: only A-Z a-z 0-9 . _ / @ + - in paths, please")
        if path in found:
            refuse(f"{path} is named twice")
        found[path] = file
    return sorted(found.items())


def array(index, content):
    """The bytes and the NUL that follows them, as a C array."""
    yield f"static const unsigned char file_{index}[] = {{\n"
    content += b"\0"
    for at in range(0, len(content), BYTES_A_LINE):
        row = content[at:at + BYTES_A_LINE]
        yield "    " + "".join(f"{byte}, " for byte in row).rstrip() + "\n"
    yield "};\n"


def source(name, header, found):
    yield f"/* Made by tools/embed.py. */\n\n#include \"{header}\"\n\n"
    for index, (_, file) in enumerate(found):
        with open(file, "rb") as opened:
            yield from array(index, opened.read())
    yield f"\nconst struct embedded {name}[] = {{\n"
    for index, (path, _) in enumerate(found):
        yield f'    {{ "{path}", file_{index}, sizeof file_{index} - 1 }},\n'
    yield f"}};\n\nconst size_t {name}_count = {len(found)};\n"


def header_text(name):
    guard = f"{name.upper()}_H"
    return (f"/* Made by tools/embed.py. */\n\n#ifndef {guard}\n"
            f"#define {guard}\n\n#include \"base/embed.h\"\n\n"
            f"extern const struct embedded {name}[];\n"
            f"extern const size_t {name}_count;\n\n#endif\n")


def main():
    args = arguments()
    found = paths(args.root, args.files)
    header = os.path.basename(args.out_h)
    with open(args.out_c, "w", encoding="utf-8") as out:
        out.writelines(source(args.name, header, found))
    with open(args.out_h, "w", encoding="utf-8") as out:
        out.write(header_text(args.name))


main()
