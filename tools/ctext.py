"""ctext -- Python text as C literals that a person can read."""

WIDTH = 64
PLAIN = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def quote(text):
    """`text` between quotes; what is not printable as octal digits."""
    out = []
    for c in text:
        if c in PLAIN:
            out.append(PLAIN[c])
        elif c < " " or c == "\x7f":
            out.append(f"\\{ord(c):03o}")
        elif c == "?":
            out.append("\\?" if out and out[-1] in ("?", "\\?") else c)
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def pieces(text):
    """Cut at line ends, then where a line grows too wide."""
    for line in text.splitlines(keepends=True):
        while len(line) > WIDTH:
            cut = line.rfind(" ", WIDTH // 2, WIDTH) + 1 or WIDTH
            yield line[:cut]
            line = line[cut:]
        if line:
            yield line


def lines(text, indent):
    """One literal, split over lines that begin with `indent`."""
    parts = [quote(p) for p in pieces(text)] or ['""']
    return ("\n" + indent).join(parts)


def literal(text, indent="              "):
    """An initialiser for a str: S_INIT("...")."""
    return "S_INIT(" + lines(text, indent) + ")"
