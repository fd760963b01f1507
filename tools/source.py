"""source -- what the guards share: which files there are, and C as tokens.

Files are those that git knows or would add, so that a new file is checked
before its first commit and build folders never are.
"""

import functools
import pathlib
import re
import subprocess
import sys
import typing

ROOT = pathlib.Path(__file__).resolve().parent.parent

TOKEN = re.compile(
    r"(?P<comment>/\*.*?\*/|//[^\n]*)"
    r"|(?P<string>(?:u8|[LuU])?\"(?:\\.|[^\"\\\n])*\")"
    r"|(?P<char>[LuU]?'(?:\\.|[^'\\\n])+')"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<number>\.?\d(?:[eEpP][+-]|'(?=\w)|[\w.])*)"
    r"|(?P<mark>->|[^\s])",
    re.DOTALL,
)
SOURCES = re.compile(r"^sources \+?= files\(([^)]*)\)", re.M)
TEST_NAME = re.compile(r"/(test(_\w+)?|\w+_test(_\w+)?)\.[ch]$")


class Token(typing.NamedTuple):
    kind: str
    text: str
    line: int


class Finding(typing.NamedTuple):
    """One thing found wrong; `key` is what a waiver calls it by."""

    path: str
    line: int
    key: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text} [{self.key}]"


def tracked(root=ROOT):
    """Every file of the project, as paths relative to `root`, sorted."""
    out = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        cwd=root, check=True, capture_output=True).stdout.decode()
    return sorted(p for p in out.split("\0")
                  if p and (pathlib.Path(root) / p).is_file())


def read(root, path):
    """The text of a file, or None where it is no UTF-8 text."""
    data = (pathlib.Path(root) / path).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def tokens(text):
    """C as a list of Token; a token's line is the one it begins on."""
    made = []
    line = 1
    at = 0
    for m in TOKEN.finditer(text):
        line += text.count("\n", at, m.start())
        at = m.start()
        made.append(Token(m.lastgroup, m.group(), line))
    return made


def reasons(text):
    """(line, file, function, code, words) of every entry of a list of reasons
    for places in C:

        FILE FUNCTION
            the line of code
                words
    """
    file = function = code = None
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        depth = len(line) - len(line.lstrip())
        if not words or depth == 0 and words.startswith("#"):
            continue
        if depth == 0:
            file, function = words.split(None, 1)
        elif depth == 4:
            code = words
        else:
            yield number, file, function, code, words


def is_c(path):
    """C that people write; what tests/ holds of it was made by a tool."""
    return path.endswith((".c", ".h")) \
        and path.startswith(("src/", "fuzz/", "bench/"))


@functools.cache
def program_files(folder):
    """The C files that FOLDER/meson.build makes part of the program, or None
    where there is no such file."""
    listed = ROOT / folder / "meson.build"
    if not listed.exists():
        return None
    found = SOURCES.findall(listed.read_text())
    return {name for group in found for name in re.findall(r"'([^']+)'", group)}


def is_test(path):
    """What is not part of the program: x_test.c, what says test_ or _test_ in
    its name, and what a room's meson.build does not list among its sources,
    with its header."""
    if TEST_NAME.search(path) or path.startswith(("fuzz/", "bench/")):
        return True
    folder, _, name = path.rpartition("/")
    inside = program_files(folder) if folder.startswith("src/") else None
    unit = name[:-2] + ".c"
    return inside is not None and unit not in inside \
        and (ROOT / folder / unit).exists()


def end(findings, done):
    """Print what was found, or `done`; the exit status says which."""
    for f in findings:
        print(f)
    if findings:
        print(f"{len(findings)} found")
        sys.exit(1)
    print(done)
