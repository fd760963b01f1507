"""template_emit -- checked templates as C: a struct and a function per page."""

import re

import bundle
import ctext
import po
from po import refuse
from template_head import VALUES, Field

# How a field of each kind is appended; %s is the field.
PUT = {
    "text": "escape_html(out, %s);", "int": "put_int(out, %s);",
    "day": "put_day(out, lang, %s);", "money": "put_money(out, %s);",
    "score": "put_score(out, %s);", "percent": "put_percent(out, %s);",
    "id": "put_id(out, lang, %s);",
}
# How it is tested.
TEST = {
    "text": "{}.n > 0", "url": "{}.n > 0", "bool": "{}", "int": "{} != 0",
    "money": "{} != 0", "score": "{} != 0", "percent": "{} != 0",
    "day": "{} != DAY_NEVER", "id": "{} != NULL", "list": "{}_n > 0",
    "parts": "{}_n > 0",
}
UNTEST = {
    "text": "{}.n == 0", "url": "{}.n == 0", "bool": "!{}", "int": "{} == 0",
    "money": "{} == 0", "score": "{} == 0", "percent": "{} == 0",
    "day": "{} == DAY_NEVER", "id": "{} == NULL", "list": "{}_n == 0",
    "parts": "{}_n == 0",
}
# How it becomes the argument of a text; %s are its name and the field.
ARGUMENT = {
    "text": 'ARG_STR("%s", %s)', "int": 'ARG_INT("%s", %s)',
    "day": 'ARG_DAY("%s", %s)', "money": 'ARG_MONEY("%s", %s)',
    "id": 'ARG_IDS("%s", str_of(%s))',
}


class Template:
    def __init__(self, name, path, head, nodes):
        self.name = name
        self.path = path
        self.head = head
        self.nodes = nodes

    def is_layout(self):
        return any(node.kind == "content" for node in self.nodes)

    def parts(self, kind):
        return {f.part: f.line for f in self.head.fields.values()
                if f.kind == kind}


class Context:
    """What the whole set of templates may refer to."""

    def __init__(self, templates, catalogues, assets, inlines):
        self.templates = templates
        self.catalogues = catalogues
        self.assets = assets  # {name: address}
        self.inlines = inlines  # bundle.Inlines
        self.inlined = {}  # name -> (text, ids), what templates have used


class Emitter:
    """Writes the C of one template's nodes."""

    def __init__(self, template, context):
        self.template = template
        self.context = context
        self.rows = {}  # name -> list field, of the {{each}}s around us
        self.lines = []
        self.depth = 1

    def refuse(self, node, why):
        refuse(self.template.path, node.line, why)

    def put(self, line):
        self.lines.append("    " * self.depth + line if line else "")

    # --- fields ------------------------------------------------------------

    def field(self, node, name):
        """(Field, its C expression)"""
        first, _, second = name.partition(".")
        if first in self.rows:
            fields, owner = self.rows[first].fields, f"{first}->"
            if not second:
                self.refuse(node, f"'{first}' is a row: name its field")
        else:
            fields, owner = self.template.head.fields, "page->"
            second = second or first
            if "." in name:
                self.refuse(node, f"'{first}' is no row of an {{{{each}}}} "
                                  "around this")
        if second not in fields:
            self.refuse(node, f"'{name}' is not declared")
        fields[second].used = True
        if fields[second].kind == "given":
            return Field(second, "id", node.line), second
        return fields[second], owner + second

    def on_field(self, node):
        field, c = self.field(node, node.name)
        if field.kind in ("part", "parts"):
            self.part(node, field, c)
        elif field.kind == "url":
            self.url(node, c)
        elif field.kind not in PUT:
            self.refuse(node, f"'{node.name}' is a {field.kind} and cannot be "
                              "shown as it is")
        elif node.where != "address":
            self.put(PUT[field.kind] % c)
        else:
            self.in_address(node, field, c)

    def part(self, node, field, c):
        if node.where != "text":
            self.refuse(node, "a part stands between elements, in no attribute")
        render = f"page_{field.part}_render(out, lang, &{c}"
        if field.kind == "part":
            self.put(f"{render});")
            return
        index = f"i_{field.name}"
        self.put(f"for (size_t {index} = 0; {index} < {c}_n; {index}++)")
        self.put(f"    {render}[{index}]);")

    def url(self, node, c):
        if node.where == "address" and not node.whole:
            self.refuse(node, f"a url must be the whole of '{node.attribute}'")
        self.put(("escape_url" if node.where == "address" else "escape_html")
                 + f"(out, {c});")

    def in_address(self, node, field, c):
        if field.kind not in ("text", "int"):
            self.refuse(node, f"a {field.kind} has no place in an address")
        if not node.beginning:
            self.refuse(node, f"'{node.attribute}' must begin with a fixed "
                              "address, such as /c/, or be one field of kind "
                              "url")
        put = "escape_url_part" if field.kind == "text" else "put_int"
        self.put(f"{put}(out, {c});")

    # --- texts ---------------------------------------------------------------

    def on_text(self, node):
        if node.where == "address":
            self.refuse(node, "a text has no place in an address")
        wanted = set()
        for lang in po.LANGUAGES:
            entry = self.context.catalogues[lang].get(node.id)
            if entry is None:
                self.refuse(node, f"'{node.id}' stands in no catalogue of "
                                  + lang)
            wanted |= entry.arguments()
        if wanted != set(node.given):
            self.refuse(node, f"'{node.id}' wants the arguments "
                              f"{sorted(wanted)}, not {sorted(node.given)}")
        if not node.given:
            self.put(f'put_id(out, lang, "{node.id}");')
            return
        self.put("{")
        self.depth += 1
        rows = [self.argument(node, *pair) for pair in node.given.items()]
        self.put("const struct err_arg args[] = {")
        for row in rows:
            self.put(f"    {row},")
        self.put("    { 0 },")
        self.put("};")
        self.put(f'text_render_to(out, escape_html, lang, "{node.id}", args);')
        self.depth -= 1
        self.put("}")

    def argument(self, node, name, source):
        field, c = self.field(node, source)
        if field.kind in ARGUMENT:
            return ARGUMENT[field.kind] % (name, c)
        if field.kind not in ("score", "percent"):
            self.refuse(node, f"a {field.kind} is no argument of a text")
        self.put(f"char {name}_text[TEXT_VALUE];")
        return f'ARG_STR("{name}", text_{field.kind}({c}, {name}_text))'

    # --- the rest ------------------------------------------------------------

    def on_literal(self, node):
        indent = "    " * (self.depth + 1) + "       "
        self.put(f"buf_str(out, S({ctext.lines(node.text, indent)}));")

    def on_asset(self, node):
        address = self.context.assets.get(node.name)
        if address is None:
            self.refuse(node, f"'{node.name}' is no file of assets/")
        if node.where != "address" or not node.whole:
            self.refuse(node, "an asset must be the whole of an address, as in "
                              'src="{{asset x}}"')
        self.put(f"buf_str(out, S({ctext.quote(address)}));")

    def on_inline(self, node):
        text = self.context.inlines.text(node.name)
        if text is None:
            self.refuse(node, f"'{node.name}' is nothing to be had inline")
        self.context.inlined[node.name] = text, self.texts_of(node)
        self.put(f"buf_str(out, {inline_name(node.name)});")

    def texts_of(self, node):
        """Ids that what is inlined uses, which must be there in full."""
        known = [self.context.catalogues[lang] for lang in po.LANGUAGES]
        rooms = {one.partition(".")[0] for table in known for one in table}
        ids = [one for one in self.context.inlines.ids(node.name)
               if one.partition(".")[0] in rooms]
        for one in ids:
            if any(one not in table for table in known):
                self.refuse(node, f"{node.name} uses '{one}', which does not "
                                  "stand in every catalogue")
        return ids

    def on_lang(self, node):
        self.put("escape_html(out, lang_tag(lang));")

    def on_content(self, node):
        pass  # render_functions() cuts a layout here

    def on_if(self, node):
        field, c = self.field(node, node.name)
        if field.kind not in TEST:
            self.refuse(node, f"a {field.kind} is no condition")
        test = (UNTEST if node.negate else TEST)[field.kind]
        self.branches(f"if ({test.format(c)}) {{", node)

    def on_each(self, node):
        field, c = self.field(node, node.name)
        if field.kind != "list":
            self.refuse(node, f"'{node.name}' is no list")
        if node.row in self.rows or node.row in self.template.head.fields \
                or node.row in ("page", "out", "lang", "args", "i"):
            self.refuse(node, f"'{node.row}' means something else here")
        index = f"i_{node.row}"
        record = f"page_{self.template.name}_{field.name}"
        self.put(f"for (size_t {index} = 0; {index} < {c}_n; {index}++) {{")
        self.depth += 1
        self.put(f"const struct {record} *{node.row} = &{c}[{index}];")
        self.depth -= 1
        self.rows[node.row] = field
        self.inside(node.then)
        del self.rows[node.row]
        self.put("}")
        if node.other:
            self.put(f"if ({c}_n == 0) {{")
            self.inside(node.other)
            self.put("}")

    def branches(self, opening, node):
        self.put(opening)
        self.inside(node.then)
        if node.other:
            self.put("} else {")
            self.inside(node.other)
        self.put("}")

    def inside(self, nodes):
        self.depth += 1
        self.all(nodes)
        self.depth -= 1

    def all(self, nodes):
        for node in nodes:
            getattr(self, "on_" + node.kind)(node)

    def emit(self, nodes):
        self.lines = []
        self.all(nodes)
        return self.lines


# --- structs and functions ---------------------------------------------------

def members(fields, owner):
    for field in fields.values():
        if field.kind == "list":
            yield f"    const struct {owner}_{field.name} *{field.name};"
            yield f"    size_t {field.name}_n;"
        elif field.kind == "part":
            yield f"    struct page_{field.part} {field.name};"
        elif field.kind == "parts":
            yield f"    const struct page_{field.part} *{field.name};"
            yield f"    size_t {field.name}_n;"
        elif field.kind != "given":
            note = {"money": " /* fen */", "score": " /* hundredths */",
                    "percent": " /* basis points */",
                    "id": " /* of a text */"}.get(field.kind, "")
            yield f"    {VALUES[field.kind]}{field.name};{note}"


def structs(template):
    owner = f"page_{template.name}"
    lines = []
    for field in template.head.fields.values():
        if field.kind == "list":
            lines += [f"struct {owner}_{field.name} {{",
                      *members(field.fields, owner), "};", ""]
    lines.append(f"struct {owner} {{")
    if template.head.layout:
        lines.append(f"    struct page_{template.head.layout} "
                     f"{template.head.layout};")
    lines += members(template.head.fields, owner)
    lines += ["};", ""]
    return lines


def prototype(template):
    return (f"void page_{template.name}_render(struct buf *out, enum lang "
            f"lang,\n    const struct page_{template.name} *page)")


def function(declaration, body, names=("lang", "page")):
    """What it is given and does not use is named, which compilers ask for; a
    word inside a string is no use of it."""
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', "\n".join(body))
    unused = [f"    (void){name};" for name in names
              if not re.search(rf"\b{name}\b", text)]
    return [declaration, "{", *unused, *body, "}", ""]


def given_names(layout):
    return [f.name for f in layout.head.fields.values() if f.kind == "given"]


def layout_functions(template, emitter):
    place = next(i for i, node in enumerate(template.nodes)
                 if node.kind == "content")
    given = given_names(template)
    more = "".join(f", const char *{name}" for name in given)
    lines = []
    for name, nodes in (("open", template.nodes[:place]),
                        ("close", template.nodes[place + 1:])):
        lines += function(
            f"static void {template.name}_{name}(struct buf *out, enum lang "
            f"lang,\n    const struct page_{template.name} *page{more})",
            emitter.emit(nodes), ("lang", "page", *given))
    return lines


def given_arguments(template, context):
    """What the template gives its layout, checked, as C arguments."""
    given = template.head.given
    layout = context.templates.get(template.head.layout)
    wanted = given_names(layout) if layout else []
    for name, (text, line) in given.items():
        if name not in wanted:
            refuse(template.path, line, f"'{name}' is nothing that a layout "
                                        "wants to be given")
        for lang in po.LANGUAGES:
            entry = context.catalogues[lang].get(text)
            if entry is None or entry.arguments():
                refuse(template.path, line, f"'{text}' is no text without "
                                            f"arguments in {lang}")
    for name in wanted:
        if name not in given:
            refuse(template.path, template.head.layout_line,
                   f"the layout wants '{name} = some.id'")
    return "".join(f', "{given[name][0]}"' for name in wanted)


def functions(template, context):
    emitter = Emitter(template, context)
    given = given_arguments(template, context)
    if template.is_layout():
        return layout_functions(template, emitter)
    body = emitter.emit(template.nodes)
    layout = template.head.layout
    if layout:
        call = f"(out, lang, &page->{layout}{given});"
        body.insert(0, f"    {layout}_open{call}")
        body.append(f"    {layout}_close{call}")
    return function(prototype(template), body)


def check_unused(template):
    for field in template.head.fields.values():
        for one in (field, *field.fields.values()):
            if not one.used:
                refuse(template.path, one.line,
                       f"the field '{one.name}' is never used")


HEADER = """\
/* Made by tools/templates.py from templates/: what each page is filled from.
 * Texts are plain; rendering escapes them.  Everything is borrowed. */

#ifndef TEMPLATES_H
#define TEMPLATES_H

#include "base/day.h"
#include "base/str.h"
#include "text/text.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
"""

SOURCE = """\
/* Made by tools/templates.py from templates/. */

#include "templates.h"

#include "base/buf.h"
#include "base/err.h"
#include "page/escape.h"
#include "page/put.h"
"""


def inline_name(name):
    return "inline_" + re.sub(r"\W", "_", name)


def inline_header(name, text, ids):
    """What a page with this in it needs to let it in, and to give it."""
    macro = inline_name(name).upper()
    lines = [f"/* {name}, to a Content-Security-Policy. */",
             f"#define {macro} {ctext.quote(bundle.source_of(text))}", ""]
    if ids:
        lines += ["/* Ids of the texts it uses; NULL-ended. */",
                  f"extern const char *const {inline_name(name)}_texts[];", ""]
    return lines


def inline_source(name, text, ids):
    lines = [f"static const str {inline_name(name)} = S_INIT(",
             "    " + ctext.lines(text, "    ") + ");", ""]
    if ids:
        lines += [f"const char *const {inline_name(name)}_texts[] = {{",
                  *(f'    "{one}",' for one in ids), "    NULL,", "};", ""]
    return lines


def emit_all(ordered, context):
    """(header, source) of templates that stand in order of need."""
    header, source = HEADER.split("\n"), SOURCE.split("\n")
    bodies = []
    for template in ordered:
        header += structs(template)
        bodies += functions(template, context)
        check_unused(template)
        if not template.is_layout():
            header += [prototype(template) + ";", ""]
    for name, (text, ids) in sorted(context.inlined.items()):
        header += inline_header(name, text, ids)
        source += inline_source(name, text, ids)
    source += bodies
    header += ["#endif", ""]
    return "\n".join(header), "\n".join(source).rstrip() + "\n"
