#!/usr/bin/env python3
"""assets -- style sheets, pictures and scripts, put into the program.

    assets.py compile ASSETS OUT.h OUT.c DEPFILE

Every file of assets/, and those of npm packages named in NPM below, gets an
address with its hash in it, "/assets/tenstar-0123456789ab.css", so that a
browser may keep it for ever.  A style sheet names pictures as url(name.svg);
here they become addresses.  What is not text in UTF-8 is refused.
"""

import hashlib
import json
import pathlib
import re
import sys

import ctext
from po import Refused, refuse

NPM = {"htmx.js": "htmx.org/dist/htmx.min.js",
       "pico.css": "@picocss/pico/css/pico.min.css"}
KINDS = (".css", ".js", ".svg")
URL = re.compile(r"url\(([^)\"']+)\)")
PREFIX = "/assets/"


def inputs(folder):
    """Every file that goes in: pictures first, as style sheets name them."""
    ours = [p for p in folder.iterdir() if p.suffix in KINDS]
    others = [folder.parent / "node_modules" / p for p in NPM.values()]
    return sorted(ours, key=lambda p: (p.suffix != ".svg", p.name)) + others


def read(path):
    if not path.is_file():
        refuse(path, 0, "is missing; tools/npm installs the npm packages")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        refuse(path, 0, "is no UTF-8")


def signed(path, text):
    """A package's file, which says what it is and under which licence."""
    if text.lstrip().startswith(("/*", "@charset")):
        return text
    about = json.loads(read(path.parent.parent / "package.json"))
    return (f"/* {about['name']} {about['version']}, {about['license']} */\n"
            + text)


def resolve(path, text, addresses):
    """A style sheet with its pictures' addresses in place of their names."""
    def address(found):
        name = found[1]
        if name.startswith("data:"):
            return found[0]
        if name not in addresses:
            line = text.count("\n", 0, found.start()) + 1
            refuse(path, line, f"'{name}' is no picture of assets/")
        return f"url({addresses[name]})"
    return URL.sub(address, text)


def collect(folder):
    """[(name, address, text)]"""
    names = {folder.parent / "node_modules" / p: n for n, p in NPM.items()}
    found, addresses = [], {}
    for path in inputs(folder):
        name = names.get(path, path.name)
        text = read(path)
        if path in names:
            text = signed(path, text)
        if path.suffix == ".css" and path not in names:
            text = resolve(path, text, addresses)
        if name in addresses:
            refuse(path, 0, f"there are two assets '{name}'")
        stem, dot, kind = name.rpartition(".")
        mark = hashlib.sha256(text.encode()).hexdigest()[:12]
        addresses[name] = f"{PREFIX}{stem}-{mark}{dot}{kind}"
        found.append((name, addresses[name], text))
    return found


def addresses(folder):
    """{name: address}, for the template compiler."""
    return {name: address for name, address, _ in collect(folder)}


HEADER = """\
/* Made by tools/assets.py from assets/ and npm packages. */

#ifndef ASSET_FILES_H
#define ASSET_FILES_H

#include "base/embed.h"

/* Called by the last part of their address, "tenstar-0123456789ab.css". */
extern const struct embedded asset_files[];
extern const size_t asset_files_count;

#endif
"""


def source(found):
    rows = sorted((address[len(PREFIX):], text) for _, address, text in found)
    out = ["/* Made by tools/assets.py from assets/ and npm packages. */", "",
           '#include "asset_files.h"', ""]
    for i, (_, text) in enumerate(rows):
        out += [f"static const unsigned char file_{i}[] =",
                "    " + ctext.lines(text, "    ") + ";", ""]
    out.append("const struct embedded asset_files[] = {")
    out += [f'    {{ "{name}", file_{i}, sizeof file_{i} - 1 }},'
            for i, (name, _) in enumerate(rows)]
    out += ["};", "", f"const size_t asset_files_count = {len(rows)};", ""]
    return "\n".join(out)


def main(arguments):
    if len(arguments) != 5 or arguments[0] != "compile":
        print(__doc__, file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[1])
    header, out, depfile = map(pathlib.Path, arguments[2:])
    try:
        out.write_text(source(collect(folder)), "utf-8")
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    header.write_text(HEADER, "utf-8")
    used = [folder, *inputs(folder), ctext.__file__]
    depfile.write_text(f"{header} {out}: " + " ".join(map(str, used)) + "\n",
                       "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
