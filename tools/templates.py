#!/usr/bin/env python3
"""templates -- compile templates/*.html and *.svg to typed C.

    templates.py compile TEMPLATES TEXT ASSETS OUT.h OUT.c DEPFILE

Every template becomes a struct page_NAME, filled by the caller, and a function
page_NAME_render().  Errors come as file:line: why.  The language:
template_head.py (declarations), template_body.py (HTML and marks).
"""

import pathlib
import sys

import assets
import bundle
import ctext
import po
import template_body
import template_emit
import template_head
from po import refuse


def read_template(path):
    text = path.read_text("utf-8")
    head, first = template_head.read_head(path, text)
    body = "\n".join(text.split("\n")[first - 1:])
    nodes = template_body.Body(path, body, first).read()
    template = template_emit.Template(path.stem, path, head, nodes)
    if sum(node.kind == "content" for node in nodes) > 1:
        refuse(path, first, "{{content}} stands twice")
    if template.is_layout() and head.layout:
        refuse(path, head.layout_line, "a layout stands in no other layout")
    return template


def other_of(template, need, line, templates):
    """The template that is needed, which fits what it is needed as."""
    other = templates.get(need)
    if other is None:
        refuse(template.path, line, f"there is no template '{need}'")
    if other.is_layout() != (need == template.head.layout):
        refuse(template.path, line, f"'{need}' is "
               + ("a layout, no part" if other.is_layout()
                  else "no layout: it has no {{content}}"))
    return other


def visit(name, templates, ordered, path):
    """Whatever a template needs, before it; parts it only points to may come
    after it, and may be of itself."""
    template = templates[name]
    needs = dict(template.parts("part"))
    if template.head.layout:
        needs[template.head.layout] = template.head.layout_line
    for need, line in template.parts("parts").items():
        other_of(template, need, line, templates)
    for need, line in needs.items():
        other = other_of(template, need, line, templates)
        if need in path:
            refuse(template.path, line, f"'{need}' contains itself")
        if other not in ordered:
            visit(need, templates, ordered, path + [need])
    if template not in ordered:
        ordered.append(template)


def in_order(templates):
    ordered = []
    for name in sorted(templates):
        visit(name, templates, ordered, [name])
    return ordered


def files(folder):
    found = pathlib.Path(folder).iterdir()
    return sorted(p for p in found if p.suffix in (".html", ".svg"))


def compile_folder(folder, catalogues, addresses, inlines=None):
    """(header, source)"""
    paths = files(folder)
    if not paths:
        refuse(folder, 0, "no template here")
    templates = {}
    for path in paths:
        if path.stem in templates:
            refuse(path, 1, f"there is a '{path.stem}' already")
        templates[path.stem] = read_template(path)
    context = template_emit.Context(templates, catalogues, addresses, inlines)
    return template_emit.emit_all(in_order(templates), context)


def write_changed(path, text):
    """What only says other HTML leaves the structs, and whoever uses them, as
    they were."""
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def main(arguments):
    if len(arguments) != 7 or arguments[0] != "compile":
        print(__doc__, file=sys.stderr)
        return 2
    folder, text, asset_folder, header, source, depfile = arguments[1:]
    inlines = bundle.Inlines(pathlib.Path(asset_folder).parent)
    try:
        made = compile_folder(folder, po.read_all(text),
                              assets.addresses(pathlib.Path(asset_folder)),
                              inlines)
    except po.Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    write_changed(pathlib.Path(header), made[0])
    pathlib.Path(source).write_text(made[1], "utf-8")
    used = [folder, *files(folder)]
    used += [p for lang in po.LANGUAGES for p in po.files(text, lang)]
    used += assets.inputs(pathlib.Path(asset_folder))
    used += inlines.files
    used += [m.__file__ for m in (assets, bundle, ctext, po, template_body,
                                  template_emit, template_head)]
    pathlib.Path(depfile).write_text(
        f"{header} {source}: " + " ".join(map(str, used)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
