#!/usr/bin/env python3
"""layers -- every #include of ours obeys src/LAYERS.

    layers.py [ROOT]

What holds in src/LAYERS:
  [L1] a room may include itself and the rooms of its line, nothing else;
  [L2] a line names only rooms that stand above it, so there is no cycle;
  [L3] every folder of src/ that holds C is a room, and no other is listed;
  [L4] a header made at build time belongs to the room that "name.h: room"
       gives it, and whoever may include the room may include it.

Tests beside their module obey the line of their room like everything else,
and only they include base/test.h.  src/main.c, fuzz/ and bench/ stand above
all rooms: they may include any, but nothing may include them.  Files of bench/
include the headers beside them by name.
"""

import pathlib
import re
import sys

import source

INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([\"<])([^\">]+)[\">]", re.M)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
TEST_HEADER = "base/test.h"


def read_layers(text):
    """(room -> rooms it may include, made header -> room, findings)."""
    rooms, made, found = {}, {}, []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, colon, rest = line.partition(":")
        wrong = [w for w in rest.split() if w not in rooms]
        if not colon or name in rooms or name in made:
            found.append((number, f"not 'room: rooms', or twice: {line}"))
        elif wrong:
            found.append((number, f"[L2] {name} names {', '.join(wrong)},"
                          " which does not stand above it"))
        elif name.endswith(".h"):
            made[name] = rest.split()[0] if rest.split() else ""
        else:
            rooms[name] = set(rest.split()) | {name}
    found = [source.Finding("src/LAYERS", n, "layers", t) for n, t in found]
    return rooms, made, found


def includes(text):
    """(line, quote, path) of every #include that no comment hides."""
    bare = COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)
    return [(bare.count("\n", 0, m.start(2)) + 1, m.group(1), m.group(2))
            for m in INCLUDE.finditer(bare)]


def room_of(path):
    """The room a file stands in; None where it stands above all rooms."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def beside(root, path, target):
    """Whether a file of bench/ includes a header that stands beside it."""
    return path.startswith("bench/") and "/" not in target \
        and (pathlib.Path(root) / "bench" / target).exists()


def reason(path, quote, target, rooms, made):
    """Why `path` must not include `target`, or None."""
    room = room_of(path)
    head = target.split("/")[0]
    if quote == "<":
        return (f"our {target} is included with quotes"
                if "/" in target and head in rooms
                and (source.ROOT / "src" / target).exists() else None)
    if target in made:
        head = made[target]
    elif "/" not in target:
        return f"{target} is no \"room/x.h\" and no header made at build time"
    if head not in rooms:
        return f"{target}: there is no room {head} in src/LAYERS"
    if target == TEST_HEADER and not source.is_test(path) \
            and path != "src/base/test.c":
        return f"only tests include {TEST_HEADER}"
    if room is not None and head not in rooms.get(room, ()):
        return f"[L1] {room} must not include {target}"
    return None


def check(root):
    rooms, made, found = read_layers(source.read(root, "src/LAYERS"))
    seen = set()
    for path in source.tracked(root):
        if not source.is_c(path):
            continue
        room = room_of(path)
        seen.add(room)
        if room is not None and room not in rooms:
            found.append(source.Finding(path, 1, "layers",
                                        f"[L3] src/LAYERS has no {room}"))
            continue
        for line, quote, target in includes(source.read(root, path)):
            if quote == '"' and beside(root, path, target):
                continue
            why = reason(path, quote, target, rooms, made)
            if why:
                found.append(source.Finding(path, line, "layers", why))
    for room in rooms:
        if not (pathlib.Path(root) / "src" / room).is_dir():
            found.append(source.Finding("src/LAYERS", 1, "layers",
                                        f"[L3] there is no src/{room}"))
    return found, len(seen)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else source.ROOT
    found, rooms = check(root)
    source.end(found, f"{rooms} rooms keep to src/LAYERS")


if __name__ == "__main__":
    main()
