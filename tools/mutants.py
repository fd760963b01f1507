"""mutants -- what of a C file can be flipped, and which flips are accepted.

A mutant is one token exchanged for another: a comparison at its boundary or
turned round, && for ||, an integer at a boundary one off.  Comments, strings
and lines of the preprocessor stay as they are, and so does what check() and
static_assert() say: they hold for every program without a bug, so a test can
see no difference.  A mutant is known by its function, the text of its line and
which of the same it is, so that a list of mutants outlives changes elsewhere.
"""

import collections
import re
import typing

import source

OPERATOR = re.compile(r"<<=?|>>=?|->|[<>=!]=|&&|\|\||\+\+|--|\S")
# At its boundary, and turned round.
FLIPS = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="),
         ">=": (">", "<"), "==": ("!=",), "!=": ("==",), "&&": ("||",),
         "||": ("&&",)}
INTEGER = re.compile(r"^(\d+|0[xX][0-9a-fA-F]+)([uUlL]*)$")
# Flipping the comparison moves the boundary one way; the constant, the other.
LEFT_STEP = {"<": +1, ">=": +1, "<=": -1, ">": -1, "==": +1, "!=": +1}
RIGHT_STEP = {"<": -1, ">=": -1, "<=": +1, ">": +1, "==": +1, "!=": +1}
# Of what begins in the first column: a function, or a table.
FUNCTION = re.compile(r"(?:\w+[\s*]+)+(\w+)(?:\(|(?:\[[^]]*\])* = )")
ENTRY = re.compile(r"^(\S+) to (\S+?)(?: \(#(\d+)\))?: (\S.*)$")


class Mutant(typing.NamedTuple):
    """Text `old` at an offset of a file, to be replaced by `new`."""

    path: str
    function: str
    text: str  # its line
    old: str
    new: str
    nth: int  # of the same in the function, from 1
    at: int
    line: int

    def key(self):
        return self[:6]

    def __str__(self):
        nth = f" (#{self.nth})" if self.nth > 1 else ""
        return f"{self.old} to {self.new}{nth} in {self.function}: {self.text}"

    def applied(self, whole):
        return whole[:self.at] + self.new + whole[self.at + len(self.old):]


class Piece(typing.NamedTuple):
    kind: str
    text: str
    at: int


def pieces(text):
    """The tokens of a C file, operators whole; no comments, nothing of the
    preprocessor's."""
    at = 0
    begun = True  # of a line: only then does # speak to the preprocessor
    made = []
    while m := source.TOKEN.search(text, at):
        begun = begun or "\n" in text[at:m.start()]
        kind, at = m.lastgroup, m.end()
        if kind == "mark" and m.group() == "#" and begun:
            at = re.compile(r"(\\\n|[^\n])*").match(text, at).end()
            continue
        if kind == "mark":
            m = OPERATOR.match(text, m.start())
            at = m.end()
        if kind != "comment":
            made.append(Piece(kind, m.group(), m.start()))
            begun = False
    return made


def integer(piece, step):
    """The literal one off; nothing where there is none."""
    m = INTEGER.match(piece.text) if piece.kind == "number" else None
    if not m:
        return ()
    value, suffix = int(m.group(1), 0) + step, m.group(2)
    return (f"{value}{suffix}" if value >= 0 else f"({value}{suffix})",)


def silent(tokens):
    """For each token whether it is said in check() or static_assert()."""
    depth = 0
    for i, t in enumerate(tokens):
        if depth or i and tokens[i - 1].text in ("check", "static_assert"):
            depth += (t.text == "(") - (t.text == ")")
        yield depth > 0


def in_enum(tokens):
    """For each token whether it stands in the braces of an enum."""
    inside = depth = 0
    for i, t in enumerate(tokens):
        if t.text == "{":
            before = [x.text for x in tokens[max(0, i - 2):i]]
            if not inside and "enum" in before:
                inside = depth + 1
            depth += 1
        elif t.text == "}":
            if inside == depth:
                inside = 0
            depth -= 1
        yield bool(inside)


def binary(tokens, i):
    """Does the sign before token i add or take away?"""
    if i < 2 or tokens[i - 1].text not in ("+", "-"):
        return False
    left = tokens[i - 2]
    return left.kind == "number" or left.text in (")", "]") \
        or left.kind == "word" and left.text not in ("return", "case")


def changed_integer(tokens, i, enum):
    """What an integer is exchanged for: one that is compared, added or taken
    away, or the value of an enumerator."""
    before = tokens[i - 1].text if i else ""
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    if before in RIGHT_STEP:
        return integer(tokens[i], RIGHT_STEP[before])
    if after in LEFT_STEP:
        return integer(tokens[i], LEFT_STEP[after])
    if enum or binary(tokens, i):
        return integer(tokens[i], 1)
    return ()


def exchanges(text):
    """(offset, old, new) of every mutant, in the file's order."""
    tokens = pieces(text)
    places = enumerate(zip(tokens, in_enum(tokens), silent(tokens)))
    for i, (t, enum, quiet) in places:
        news = FLIPS.get(t.text, ()) if t.kind == "mark" \
            else changed_integer(tokens, i, enum)
        for new in news if not quiet else ():
            yield t.at, t.text, new


def functions(text):
    """[(line, name)]: from this line on, this function or table."""
    found = [(1, "-")]
    for number, line in enumerate(text.splitlines(), 1):
        m = FUNCTION.match(line) or re.match(r"(enum|struct \w+) ", line)
        if m:
            found.append((number, m.group(1)))
    return found


def mutants(path, text):
    """Every mutant of a file."""
    lines = text.splitlines()
    names = functions(text)
    seen = collections.Counter()
    made = []
    for at, old, new in exchanges(text):
        line = text.count("\n", 0, at) + 1
        name = [n for begin, n in names if begin <= line][-1]
        words = path, name, lines[line - 1].strip(), old, new
        seen[words] += 1
        made.append(Mutant(*words, seen[words], at, line))
    return made


def accepted(text, listed):
    """{key of a mutant: (line of the list, reason)} of tools/mutate.accepted:

        FILE FUNCTION
            the line of code
                OLD to NEW: reason
                OLD to NEW (#2): reason, of the second such in the function
    """
    found = {}
    for number, file, function, code, words in source.reasons(text):
        m = ENTRY.match(words)
        if not m:
            raise SystemExit(f"{listed}:{number}: OLD to NEW: reason, "
                             f"not {words}")
        key = file, function, code, m[1], m[2], int(m[3] or 1)
        found[key] = number, m[4]
    return found


def judged(all_mutants, survivors, listed, list_path):
    """Findings: survivors that nobody accepted, and what was accepted without
    need."""
    alive = {m.key() for m in survivors}
    there = {m.key() for m in all_mutants}
    paths = {m.path for m in all_mutants}
    found = [source.Finding(m.path, m.line, "survives", str(m))
             for m in survivors if m.key() not in listed]
    for key, (line, _) in listed.items():
        if key[0] in paths and key not in alive:
            why = "some test kills it" if key in there else "no such mutant"
            found.append(source.Finding(list_path, line, "accepted",
                                        f"{key[0]} {key[1]}: {key[3]} to "
                                        f"{key[4]}: {why}"))
    return found
