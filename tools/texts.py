#!/usr/bin/env python3
"""texts -- the catalogues under text/, compiled and checked.

    texts.py compile TEXT_FOLDER OUT.h OUT.c DEPFILE
    texts.py check [ROOT]

compile makes one table of all rooms' texts, sorted by id.  It refuses what is
no catalogue, with file and line, but leaves an id that stands in one language
only to the check, so that a half-finished merge still builds; such an id shows
itself in brackets at run time.

check expects: every id in both languages, with the same {arguments}; no empty
sentence; no id that nothing uses; every id that src/ and templates/ use; the
arguments given where an error is made; Chinese punctuation in Chinese, and one
word for one thing; no row of docs/requirements.md.

How the check knows an id in C: it is a literal given to err_new() or
err_make(), to ARG_IDS(), as `.id = "..."`, or to a parameter that is called
`id` and is a `const char *` (functions) or just `id` (macros); or any literal
that begins with a room's name and a dot and is no file's name.  Whatever
equals an id counts as a use of it.  A literal that ends with a dot, such
as "role.", given to such a parameter uses every id that begins with it; so does
one without a dot inside of ARG_IDS().
"""

import pathlib
import sys

import ctext
import po
import usage

HEADER = """\
/* Made by tools/texts.py from text/; see text/text.h for what it means. */

#ifndef TEXTS_H
#define TEXTS_H

#include "base/str.h"

#include <stddef.h>

/* One text in one language.  `one` is for {count} 1 and may be empty. */
struct text_sentence {
    str other;
    str one;
};

struct text_entry {
    str id;
    struct text_sentence zh;
    struct text_sentence en;
};

/* Sorted by id, by bytes. */
extern const struct text_entry text_table[];
extern const size_t text_table_n;

#endif
"""


def initialiser(entry):
    if entry is None:
        return ctext.literal("") + ",\n          " + ctext.literal("")
    return (ctext.literal(entry.other) + ",\n          "
            + ctext.literal(entry.one or ""))


def source(catalogues):
    lines = ["/* Made by tools/texts.py from text/. */", "",
             '#include "texts.h"', "",
             "const struct text_entry text_table[] = {"]
    ids = sorted(set().union(*catalogues.values()), key=str.encode)
    for name in ids:
        zh, en = (catalogues[lang].get(name) for lang in po.LANGUAGES)
        lines.append(f"    {{ {ctext.literal(name)},\n"
                     f"        {{ {initialiser(zh)} }},\n"
                     f"        {{ {initialiser(en)} }} }},")
    lines += ["};", "", f"const size_t text_table_n = {len(ids)};", ""]
    return "\n".join(lines)


def compile_all(folder, header, out, depfile):
    catalogues = po.read_all(folder)
    if not any(catalogues.values()):
        po.refuse(folder, 0, "no text here")
    pathlib.Path(header).write_text(HEADER, "utf-8")
    pathlib.Path(out).write_text(source(catalogues), "utf-8")
    used = [folder] + [f"{folder}/{lang}" for lang in po.LANGUAGES]
    used += [str(p) for lang in po.LANGUAGES for p in po.files(folder, lang)]
    used += [m.__file__ for m in (po, ctext, usage)]
    pathlib.Path(depfile).write_text(
        f"{header} {out}: " + " ".join(used) + "\n", "utf-8")


def main(arguments):
    try:
        if arguments[:1] == ["compile"] and len(arguments) == 5:
            compile_all(*arguments[1:])
            return 0
        if arguments[:1] == ["check"] and len(arguments) <= 2:
            root = pathlib.Path(__file__).resolve().parent.parent
            faults = usage.check(pathlib.Path((arguments + [root])[1]))
            for fault in faults:
                print(fault)
            return 1 if faults else 0
    except po.Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
