#!/usr/bin/env python3
"""searchdata -- what the search of names knows of characters, as C tables.

    searchdata.py FOLDER OUT.c OUT.h

FOLDER holds pinyin.txt, fold.txt, regions.txt and forms.txt (search/README.md);
out come the tables that src/search/tables.h describes.  The same files give the
same output, with a sum over all of it: an index says by which tables it was
made.
"""

import pathlib
import sys
import zlib

HAN_FIRST, HAN_LAST = 0x3000, 0x9fff
WIDTH = 16  # units of a region or form, a 0 behind it included


def refuse(text):
    sys.exit(f"searchdata.py: {text}")


def lines_of(file):
    """The lines behind the first, which names the source."""
    lines = file.read_text("utf-8").splitlines()
    if not lines or not lines[0].startswith("source "):
        refuse(f"{file.name}: the first line names no source")
    return lines[1:]


def read_fold(file):
    table = list(range(0x10000))
    table[0] = 0
    for line in lines_of(file):
        to, *codes = line.split()
        for code in codes:
            table[int(code, 16)] = 0 if to == "none" else int(to, 16)
    for code, to in enumerate(table):
        if to and table[to] != to:
            refuse(f"{file.name}: {code:04x} is folded twice")
    return table


def read_pinyin(file):
    """The syllables, and two numbers of them for each character."""
    syllables, readings = [""], [[] for _ in range(HAN_LAST - HAN_FIRST + 1)]
    for line in lines_of(file):
        syllable, characters = line.split(" ")
        if syllable <= syllables[-1] or not syllable.isascii():
            refuse(f"{file.name}: {syllable} is out of order")
        syllables.append(syllable)
        for c in characters:
            if HAN_FIRST <= ord(c) <= HAN_LAST:
                readings[ord(c) - HAN_FIRST].append(len(syllables) - 1)
    if max(map(len, readings)) > 2:
        refuse(f"{file.name}: a character has more than two readings")
    return syllables, [(r + [0, 0])[:2] for r in readings]


def read_words(file, fold, backward):
    words = set()
    for line in lines_of(file):
        units = [fold[ord(c)] for c in line]
        if not 0 < len(units) < WIDTH:
            refuse(f"{file.name}: {line} is too long")
        words.add(tuple(reversed(units) if backward else units))
    return sorted(words)


def by_syllable(syllables, readings):
    """Where the characters of each syllable begin, and all of them."""
    units = [[] for _ in syllables]
    for i, read in enumerate(readings):
        for syllable in read:
            if syllable:
                units[syllable].append(HAN_FIRST + i)
    starts = [0]
    for row in units:
        starts.append(starts[-1] + len(row))
    return starts, [unit for row in units for unit in row]


def initials_of(syllables, read):
    """Two letters as numbers from 1; 0 is none."""
    found = list(dict.fromkeys(
        ord(syllables[s][0]) - ord("a") + 1 for s in read if s))
    return (found + [0, 0])[:2]


def rows(numbers, each=12):
    return "".join("    " + " ".join(f"{n}," for n in numbers[i:i + each])
                   + "\n" for i in range(0, len(numbers), each))


def words_table(name, words):
    body = "".join("    { " + ", ".join(map(str, w)) + " },\n" for w in words)
    return (f"const uint16_t {name}[][{WIDTH}] = {{\n{body}}};\n"
            f"const size_t {name}_count = {len(words)};\n")


def compiled(folder):
    fold = read_fold(folder / "fold.txt")
    syllables, readings = read_pinyin(folder / "pinyin.txt")
    flat = [n for pair in readings for n in pair]
    initials = [n for pair in readings for n in initials_of(syllables, pair)]
    starts, units = by_syllable(syllables, readings)
    spelled = "".join(f'    "{s}",\n' for s in syllables)
    return (
        f"const uint16_t search_fold[65536] = {{\n{rows(fold)}}};\n"
        f"const char search_syllables[][8] = {{\n{spelled}}};\n"
        f"const uint16_t search_syllable_count = {len(syllables)};\n"
        f"const uint16_t search_readings[][2] = {{\n{rows(flat)}}};\n"
        f"const uint8_t search_initials[][2] = {{\n{rows(initials)}}};\n"
        f"const uint16_t search_syllable_starts[] = {{\n{rows(starts)}}};\n"
        f"const uint16_t search_syllable_units[] = {{\n{rows(units)}}};\n"
        + words_table("search_regions",
                      read_words(folder / "regions.txt", fold, False))
        + words_table("search_forms",
                      read_words(folder / "forms.txt", fold, True)))


def main():
    if len(sys.argv) != 4:
        refuse("usage: searchdata.py FOLDER OUT.c OUT.h")
    folder, out_c, out_h = map(pathlib.Path, sys.argv[1:])
    body = compiled(folder)
    # The rows of readings are pairs; C takes them without their braces.
    out_c.write_text("/* Made by tools/searchdata.py; do not edit. */\n"
                     f'#include "{out_h.name}"\n\n'
                     "#pragma GCC diagnostic ignored \"-Wmissing-braces\"\n"
                     f"{body}const uint32_t search_tables_sum = "
                     f"{zlib.crc32(body.encode())}u;\n", "utf-8")
    out_h.write_text(
        "/* Made by tools/searchdata.py; do not edit.  See src/search/tables.h"
        ". */\n#ifndef SEARCH_DATA_H\n#define SEARCH_DATA_H\n\n"
        "#include <stddef.h>\n#include <stdint.h>\n\n"
        f"enum {{ SEARCH_HAN_FIRST = {HAN_FIRST}, SEARCH_HAN_LAST = {HAN_LAST},"
        f" SEARCH_WORD_WIDTH = {WIDTH} }};\n\n"
        "extern const uint16_t search_fold[65536];\n"
        "extern const char search_syllables[][8];\n"
        "extern const uint16_t search_syllable_count;\n"
        "extern const uint16_t search_readings[][2];\n"
        "extern const uint8_t search_initials[][2];\n"
        "extern const uint16_t search_syllable_starts[];\n"
        "extern const uint16_t search_syllable_units[];\n"
        f"extern const uint16_t search_regions[][{WIDTH}];\n"
        "extern const size_t search_regions_count;\n"
        f"extern const uint16_t search_forms[][{WIDTH}];\n"
        "extern const size_t search_forms_count;\n"
        "extern const uint32_t search_tables_sum;\n\n#endif\n", "utf-8")


if __name__ == "__main__":
    main()
