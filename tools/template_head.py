"""template_head -- the declarations at the top of a template.

A template begins with what it is filled from, one field a line, and a line
"---"; the rest is HTML (tools/template_body.py).

    layout base             at most once: the page stands inside this template
    number: text
    history: list
    history.from: day       a field of the list's records
    search: part search     a struct of its own, rendered by another template
    rows: parts row         any number of such
    title = page.home       a text for a field that the layout calls "given"

Kinds, and what they are in C:

    text     str                 int      int64_t
    url      str                 bool     bool
    day      day                 money    int64_t, fen
    score    int64_t, hundredths percent  int64_t, basis points
    id       const char *, the id of a text in the catalogues
    list     const struct page_PAGE_FIELD *, with a count FIELD_n
    part     struct page_OTHER
    parts    const struct page_OTHER *, with a count FIELD_n: each is rendered
             by that template, which may be this one
    given    in a layout: no member, but an id that each page's template gives
"""

import re

from po import refuse

VALUES = {
    "text": "str ", "url": "str ", "int": "int64_t ", "bool": "bool ",
    "day": "day ", "money": "int64_t ", "score": "int64_t ",
    "percent": "int64_t ", "id": "const char *",
}
NAME = r"[a-z][a-z0-9_]*"
FIELD = re.compile(rf"({NAME})(?:\.({NAME}))?: ({NAME})(?: ({NAME}))?$")
GIVEN = re.compile(rf"({NAME}) = ({NAME}(?:\.[a-z0-9_]+)+)$")
LAYOUT = re.compile(rf"layout ({NAME})$")
RESERVED = {
    "auto", "break", "case", "char", "const", "continue", "default", "do",
    "double", "else", "enum", "extern", "float", "for", "goto", "if",
    "inline", "int", "long", "register", "restrict", "return", "short",
    "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
    "unsigned", "void", "volatile", "while", "bool", "str", "day", "layout",
    "content", "lang", "end", "each", "empty", "asset", "t", "not",
}


class Field:
    def __init__(self, name, kind, line, part=None):
        self.name = name
        self.kind = kind
        self.line = line
        self.part = part
        self.fields = {}  # of a list's records
        self.used = False


class Head:
    def __init__(self):
        self.layout = None
        self.layout_line = 0
        self.fields = {}
        self.given = {}  # name -> (id, line)


def check_name(path, line, name):
    if name in RESERVED:
        refuse(path, line, f"'{name}' means something else already")


def add_field(path, line, head, found):
    name, inner, kind, part = found.groups()
    check_name(path, line, inner or name)
    if inner:
        owner = head.fields.get(name)
        if owner is None or owner.kind != "list":
            refuse(path, line, f"'{name}' is no list declared above")
        fields = owner.fields
    else:
        fields = head.fields
    if (inner or name) in fields:
        refuse(path, line, f"'{found[0].split(':')[0]}' is declared twice")
    known = kind in VALUES or (not inner and kind in (
        "list", "part", "parts", "given"))
    if not known:
        refuse(path, line, f"'{kind}' is no kind of field here: "
                           + ", ".join(sorted(VALUES))
                           + ", list, part, parts, given")
    if (part is not None) != (kind in ("part", "parts")):
        refuse(path, line, "a part, or parts, and nothing else, name a "
                           "template")
    fields[inner or name] = Field(inner or name, kind, line, part)


def read_head(path, text):
    """(Head, number of the first line of the body)"""
    head = Head()
    for number, line in enumerate(text.split("\n"), 1):
        if line == "---":
            check_lists(path, head)
            return head, number + 1
        layout, field = LAYOUT.match(line), FIELD.match(line)
        given = GIVEN.match(line)
        if layout and head.layout is None:
            head.layout, head.layout_line = layout[1], number
        elif given and given[1] not in head.given:
            head.given[given[1]] = given[2], number
        elif field:
            add_field(path, number, head, field)
        elif line.strip():
            refuse(path, number, f"'{line}' is no declaration: 'name: kind', "
                                 "and '---' before the HTML")
    refuse(path, 1, "no line '---' between declarations and HTML")


def check_lists(path, head):
    for field in head.fields.values():
        if field.kind == "list" and not field.fields:
            refuse(path, field.line,
                   f"the list '{field.name}' has no fields: declare "
                   f"'{field.name}.x: kind'")
