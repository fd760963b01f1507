#!/usr/bin/env python3
"""template_samples -- pages of staff filled with invented data, by their heads.

    template_samples.py TEMPLATES OUT.c DEPFILE

Whoever changes a template, or a part it is made of, sees what that does in
tests/golden/pages; a new page is there without being entered anywhere.

  [TS1] Every page of the layout "work" stands there full, where all is so that
        may be so, and empty, where nothing is: each branch of an {{if}} that
        stands in no other is shown by one of them.
  [TS2] What no {{if}} asks for is there in both.  A list has two rows, or none;
        a part that holds itself ends after one of them.
  [TS3] A text is its field's name and how often that was there before: none
        stands twice in a page, so nothing has the id of something else.
"""

import pathlib
import sys

import ctext
import template_body
import template_emit
import template_head
import templates
from po import Refused

LAYOUT = "work"
# Filled by hand, from real forms (web/test_form_sample.c).
BY_HAND = ("command",)
# Of parts of pages that are sent by themselves.
NEVER = ("swapped",)
ROWS = 2
VALUES = {"int": 3, "day": 20650, "money": 1234500, "score": 950,
          "percent": 6050, "bool": "true", "id": '"page.status"'}

HEAD = """\
/* Made by tools/template_samples.py from templates/. */

#include "page/test_sample.h"

#include "base/size.h"
"""


def asked(nodes, head, rows=()):
    """What {{if}}s ask for: ids of Field objects."""
    rows = dict(rows)
    found = set()
    for node in nodes:
        inner = rows
        if node.kind == "if":
            first, _, second = node.name.partition(".")
            fields = rows[first].fields if first in rows else head.fields
            found.add(id(fields[second or first]))
        if node.kind == "each":
            inner = {**rows, node.row: head.fields[node.name]}
        if node.kind in ("if", "each"):
            found |= asked(node.then + node.other, head, inner.items())
    return found


class Filler:
    """Initialisers of the structs of a set of templates."""

    def __init__(self, all_templates):
        self.all = all_templates
        self.asked = {t.name: asked(t.nodes, t.head)
                      for t in all_templates.values()}
        self.times = {}  # a name was filled in this page [TS3]

    def page(self, template, full):
        self.times = {}
        return self.record(template, full)

    def record(self, template, full, around=()):
        """{ .number = .., }"""
        head = template.head
        out = []
        if head.layout:
            out.append(f".{head.layout} = "
                       + self.record(self.all[head.layout], True))
        for field in head.fields.values():
            out += self.member(template, field, full, around)
        return self.braced(out)

    @staticmethod
    def braced(members):
        return "{ " + ", ".join(members) + " }" if members else ""

    def member(self, template, field, full, around):
        name, kind = field.name, field.kind
        if kind == "part":
            part = self.record(self.all[field.part], full, around)
            return [f".{name} = {part}"] if part else []
        if kind == "list" and full:
            rows = [self.row(template, field, i) for i in range(ROWS)]
            return self.array(f"page_{template.name}_{name}", name, rows)
        if kind == "parts" and full and field.part not in around:
            row = self.record(self.all[field.part], True,
                              (*around, field.part))
            return self.array(f"page_{field.part}", name, [row])
        if kind in ("list", "parts", "given"):
            return []
        return self.value(template, field, full, 0)

    @staticmethod
    def array(struct, name, rows):
        return [f".{name} = (const struct {struct}[]){{ {', '.join(rows)} }}",
                f".{name}_n = {len(rows)}"]

    def row(self, template, field, index):
        out = []
        for one in field.fields.values():
            out += self.value(template, one, True, index)
        return self.braced(out)

    def value(self, template, field, full, index):
        name, kind = field.name, field.kind
        if name in NEVER:
            return []
        if not full and (kind == "bool"
                         or id(field) in self.asked[template.name]):
            return [f".{name} = DAY_NEVER"] if kind == "day" else []
        if kind in ("text", "url"):
            self.times[name] = self.times.get(name, 0) + 1
            text = f"/{name}" if kind == "url" \
                else f"{name}-{self.times[name]}"
            return [f".{name} = S_INIT({ctext.quote(text)})"]
        value = VALUES[kind]
        return [f".{name} = {value + index if kind == 'int' else value}"]


def sample(template, filler, state):
    """A page and what renders it."""
    name = f"{template.name}_{state}"
    struct = f"struct page_{template.name}"
    return [f"static const {struct} {name} =",
            f"    {filler.page(template, state == 'full')};", "",
            f"static void render_{name}(struct buf *out, enum lang l)", "{",
            f"    page_{template.name}_render(out, l, &{name});", "}", ""]


def source(all_templates):
    filler = Filler(all_templates)
    pages = [t for t in all_templates.values()
             if t.head.layout == LAYOUT and t.name not in BY_HAND]
    out = HEAD.split("\n")
    rows = []
    for template in pages:
        for state in ("full", "empty"):
            out += sample(template, filler, state)
            name = f"{template.name}_{state}"
            rows.append(f'    {{ "{name}", render_{name} }},')
    out += ["const struct sample template_samples[] = {", *rows, "};", "",
            "const size_t template_sample_count = COUNT(template_samples);",
            ""]
    return "\n".join(out)


def main(arguments):
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    folder, out, depfile = arguments
    paths = templates.files(folder)
    try:
        read = {p.stem: templates.read_template(p) for p in paths}
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    pathlib.Path(out).write_text(source(read), "utf-8")
    used = [folder, *paths]
    used += [m.__file__ for m in (ctext, template_body, template_emit,
                                  template_head, templates)]
    pathlib.Path(depfile).write_text(
        f"{out}: " + " ".join(map(str, used)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
