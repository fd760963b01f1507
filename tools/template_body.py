"""template_body -- the HTML of a template, read into nodes.

    {{name}}  {{row.name}}          a field, escaped for where it stands
    {{t id}}  {{t id count=total}}  a text in the reader's language
    {{asset tenstar.css}}           the address of a file of assets/
    {{inline verify.js}}           a script or style sheet in full, alone in its
                                    <script> or <style> (tools/bundle.py)
    {{lang}}                        the tag of the reader's language
    {{if name}} {{if not name}} .. {{else}} .. {{end}}
    {{each list as row}} .. {{empty}} .. {{end}}
    {{content}}                     in a layout: where the page goes

What holds:

  [TP1] Whatever is inserted is escaped; there is no way around it.  Nothing is
        inserted where escaping could not help: names of elements and
        attributes, script, style, event handlers.
  [TP2] An address that a field gives whole passes the allow-list of schemes;
        a field inside an address stands after a fixed beginning and is
        percent-encoded.  A picture may be the address of an <img> itself:
        src="data:image/svg+xml,{{picture}}"; nothing in it runs there.
  [TP3] Elements nest, and each branch of a block leaves the HTML as it found
        it, so every page is well-formed whatever its fields say.
  [TP4] Comments are dropped; blanks are made one, except in pre and textarea.
  [TP5] A template NAME.svg is one picture that asks nobody for anything: shapes
        and words out of SHAPES, no address, nothing that moves or runs.  It is
        well-formed XML, whose elements end by themselves with "/>".
  [TP6] A template letterX.html is a mail: programs that show mails know little
        of style sheets, so in it alone a style may stand beside an element,
        without an insertion.
"""

import re

from po import refuse
from template_head import NAME

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
REFUSED = {"iframe", "object", "embed", "base", "svg", "math",
           "template", "noscript", "frame", "frameset", "plaintext", "xmp"}
EXACT = {"pre", "textarea"}
ADDRESSES = {"href", "src", "action", "formaction", "cite", "poster", "data",
             "manifest", "background", "longdesc", "usemap", "hx-get"}
NO_ATTRIBUTE = {"style", "srcdoc", "srcset", "ping", "imagesrcset"}
# Of htmx's, what runs nothing, and sends nothing but what a form would.
HTMX = {"hx-get", "hx-trigger", "hx-target", "hx-sync", "hx-swap-oob"}
# A page that is saved keeps its policy; nothing else is said so.
HTTP_EQUIV = 'http-equiv="Content-Security-Policy"'
BEGINNING = re.compile(r"(/(?!/)|https?://[^/?#]+/|[?#])")
PICTURE = "data:image/svg+xml,"

SHAPES = {"svg", "title", "desc", "g", "rect", "circle", "path", "line",
          "text", "tspan"}

DOCTYPE = re.compile(r"<!doctype html>", re.I)
OPEN = re.compile(r"<([a-z][a-z0-9]*)")
CLOSE = re.compile(r"</([a-z][a-z0-9]*)>")
ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)(="|=|(?=[\s>/{]))')
XML_ATTRIBUTE = re.compile(r'([a-z][a-zA-Z0-9-]*)(=")')
XML_ENTITY = re.compile(r"&(#[0-9]+|amp|lt|gt|quot);")
ENTITY = re.compile(r"&(#[0-9]+|[a-zA-Z][a-zA-Z0-9]*);")
PLAIN = re.compile(r"[^<&\s{]+|\{(?!\{)")
IN_VALUE = re.compile(r'[^"&{]+|\{(?!\{)')
BLANKS = re.compile(r"\s+")

FIELD = re.compile(rf"({NAME})(?:\.({NAME}))?$")
TEXT = re.compile(
    rf"t ({NAME}(?:\.[a-z0-9_]+)+)((?: {NAME}(?:=[a-z0-9_.]+)?)*)$")
ASSET = re.compile(r"asset ([a-z0-9][a-z0-9._-]*)$")
INLINE = re.compile(r"\{\{inline ([a-z0-9][a-z0-9._-]*)\}\}")
INLINED = {"script": ".js", "style": ".css"}
IF = re.compile(rf"if (not )?({NAME}(?:\.{NAME})?)$")
EACH = re.compile(rf"each ({NAME}) as ({NAME})$")


class Node:
    """kind: literal, field, text, asset, lang, content, if or each."""

    def __init__(self, kind, line, **more):
        self.kind = kind
        self.line = line
        self.__dict__.update(more)


class Block:
    """An {{if}} or {{each}} that is still open, and how the HTML stood."""

    def __init__(self, node, place, open_elements, outer):
        self.node = node
        self.place = place
        self.open = list(open_elements)
        self.outer = outer
        self.turned = False


class Body:
    def __init__(self, path, text, first_line):
        self.path = path
        self.text = text
        self.first_line = first_line
        self.picture = path.suffix == ".svg"  # [TP5]
        self.letter = path.stem.startswith("letter")  # [TP6]
        self.at = 0
        self.state = "text"  # text, tag, value
        self.open = []       # (element, line)
        self.blocks = []
        self.nodes = []      # of the innermost block
        self.blank = True    # the last thing written was a blank
        self.attribute = None
        self.element = None
        self.tag_at = self.value_at = None
        self.value = ""      # of the attribute so far, "\1" for an insertion
        self.inserted = []   # the nodes that stand in it

    # --- small helpers ---------------------------------------------------

    def line(self):
        return self.first_line + self.text.count("\n", 0, self.at)

    def refuse(self, why, line=None):
        refuse(self.path, line or self.line(), why)

    def write(self, literal):
        if self.nodes and self.nodes[-1].kind == "literal":
            self.nodes[-1].text += literal
        else:
            self.nodes.append(Node("literal", self.line(), text=literal))
        self.blank = literal[-1:].isspace()
        if self.state == "value":
            self.value += literal

    def take(self, pattern):
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def exact(self):
        return any(name in EXACT for name, _ in self.open)

    def place(self):
        """Where we are, so that two places in different tags differ."""
        if self.state == "text":
            return "text"
        return self.state, self.tag_at, self.value_at

    # --- the walk --------------------------------------------------------

    def read(self):
        steps = {"text": self.in_text, "tag": self.in_tag,
                 "value": self.in_value}
        while self.at < len(self.text):
            if self.text.startswith("{{", self.at):
                self.directive()
            else:
                steps[self.state]()
        if self.state != "text":
            self.refuse(f"<{self.element}> is never finished")
        if self.blocks:
            block = self.blocks[-1].node
            self.refuse(f"'{{{{{block.kind}}}}}' has no '{{{{end}}}}'",
                        block.line)
        if self.open:
            self.refuse(f"<{self.open[-1][0]}> is never closed",
                        self.open[-1][1])
        return self.nodes

    def in_text(self):
        if self.text.startswith("<!--", self.at):
            self.comment()
        elif not self.picture and (found := self.take(DOCTYPE)):
            self.write("<!doctype html>")
        elif (found := CLOSE.match(self.text, self.at)):
            self.close(found)
        elif (found := OPEN.match(self.text, self.at)):
            self.begin(found)
        elif (found := self.take(self.entity()) or self.take(PLAIN)):
            self.write(found[0])
        elif (found := self.take(BLANKS)):
            self.write_blanks(found[0])
        elif self.text[self.at] == "&":
            self.refuse("a lone '&': write &amp;")
        else:
            self.refuse("a '<' that opens nothing: element names are in lower "
                        "case; write &lt; for the sign")

    def entity(self):
        return XML_ENTITY if self.picture else ENTITY

    def write_blanks(self, blanks):
        if self.exact():
            self.write(blanks)
        elif not self.blank:
            self.write("\n" if "\n" in blanks else " ")

    def comment(self):
        end = self.text.find("-->", self.at)
        if end < 0:
            self.refuse("a comment that is never closed")
        self.at = end + 3

    def begin(self, found):
        name = found[1]
        if name not in SHAPES if self.picture else name in REFUSED:
            self.refuse(f"<{name}> has no place in a template")
        self.element = name
        self.element_line = self.line()
        self.tag_at = self.at
        self.value_at = None
        self.at = found.end()
        self.write(f"<{name}")
        self.state = "tag"

    def close(self, found):
        name = found[1]
        floor = len(self.blocks[-1].open) if self.blocks else 0
        if not self.open or self.open[-1][0] != name:
            inner = f"; <{self.open[-1][0]}> of line {self.open[-1][1]} is " \
                    "open" if self.open else ""
            self.refuse(f"</{name}> closes nothing{inner}")
        if len(self.open) <= floor:
            self.refuse(f"</{name}> closes an element from outside its block")
        self.open.pop()
        self.at = found.end()
        self.write(found[0])

    def in_tag(self):
        if self.take(BLANKS):
            return
        if self.text[self.at] == ">":
            self.at += 1
            self.finish_tag()
            return
        if self.picture and self.text.startswith("/>", self.at):
            self.at += 2
            self.write("/>")
            self.state = "text"
            return
        found = self.take(XML_ATTRIBUTE if self.picture else ATTRIBUTE)
        if not found:
            self.refuse(f"'{self.text[self.at]}' inside <{self.element}>: an "
                        'attribute is name="value", in lower case')
        self.attribute = found[1]
        self.check_attribute(found[2])
        self.write(" " + found[1] + found[2])
        if found[2] == '="':
            self.state = "value"
            self.value = ""
            self.inserted = []
            self.value_at = self.at

    def check_attribute(self, sign):
        name = self.attribute
        refused = name in NO_ATTRIBUTE and not (name == "style"
                                                and self.letter)
        refused |= name.startswith(("hx-", "data-hx-")) and name not in HTMX
        if refused or name.startswith("on") or \
                (name == "http-equiv" and not self.text.startswith(
                    HTTP_EQUIV, self.at - len('http-equiv="'))):
            self.refuse(f"the attribute '{name}' has no place in a template")
        if self.picture and name in ADDRESSES:
            self.refuse("a picture asks nobody for anything: no address")
        if sign == "=":
            self.refuse(f"the value of '{name}' wants double quotes")

    def finish_tag(self):
        self.write(">")
        self.state = "text"
        if self.element in INLINED:
            self.inlined()
        if self.picture or self.element not in VOID:
            self.open.append((self.element, self.element_line))

    def inlined(self):
        """What a script or style holds: one thing of assets/, or nothing."""
        found = self.take(INLINE)
        if found:
            if not found[1].endswith(INLINED[self.element]):
                self.refuse(f"'{found[1]}' is nothing for <{self.element}>")
            self.nodes.append(Node("inline", self.line(), name=found[1]))
        if not self.text.startswith(f"</{self.element}>", self.at) \
                or (self.element == "style" and not found):
            self.refuse(f"<{self.element}> holds nothing: put it into assets/")

    def in_value(self):
        if self.text[self.at] == '"':
            for node in self.inserted:
                node.whole = self.value == "\1"
            self.at += 1
            self.state = "tag"
            self.value_at = None
            self.write('"')
            return
        found = self.take(self.entity()) or self.take(IN_VALUE)
        if not found:
            self.refuse("a lone '&': write &amp;")
        self.write(found[0])

    # --- directives --------------------------------------------------------

    def directive(self):
        end = self.text.find("}}", self.at)
        if end < 0:
            self.refuse("'{{' without '}}'")
        words = self.text[self.at + 2:end].strip()
        line = self.line()
        alone = self.state == "text" and self.alone(end + 2, words)
        self.dispatch(words, line)
        self.at = end + 2
        if alone:
            self.at = self.text.find("\n", self.at) + 1 or len(self.text)
            self.blank = True

    def alone(self, end, words):
        """A block's mark with a line of its own leaves no blank behind."""
        if words.split(" ")[0] not in ("if", "else", "end", "each", "empty"):
            return False
        start = self.text.rfind("\n", 0, self.at) + 1
        stop = self.text.find("\n", end)
        after = self.text[end:stop if stop >= 0 else len(self.text)]
        return not self.text[start:self.at].strip() and not after.strip()

    def dispatch(self, words, line):
        for pattern, handle in (
                (IF, self.open_if), (EACH, self.open_each),
                (TEXT, self.text_of), (ASSET, self.asset)):
            found = pattern.match(words)
            if found:
                handle(found, line)
                return
        simple = {"else": self.turn, "empty": self.turn, "end": self.end,
                  "lang": self.lang, "content": self.content}
        if words in simple:
            simple[words](words, line)
        elif (found := FIELD.match(words)):
            self.insert(Node("field", line, name=words))
        else:
            self.refuse(f"'{{{{{words}}}}}' is nothing we know: a field, t, "
                        "asset, lang, if, each, else, empty, end, content")

    def where(self):
        """Where an insertion stands: text, attribute or address."""
        if self.state == "text":
            return "text"
        if self.state == "tag":
            self.refuse("nothing is inserted between attributes, but "
                        "{{if}} .. {{end}} may stand around whole ones")
        if self.attribute == "style":
            self.refuse("nothing is inserted in a style")
        return "address" if self.attribute in ADDRESSES else "attribute"

    def insert(self, node):
        node.where = self.where()
        node.attribute = self.attribute
        self.nodes.append(node)
        self.blank = False
        if self.state == "value":
            node.beginning = bool(BEGINNING.match(self.value)) \
                or self.is_picture()
            self.inserted.append(node)
            self.value += "\1"

    def is_picture(self):
        return self.element == "img" and self.attribute == "src" \
            and self.value == PICTURE

    def text_of(self, found, line):
        given = {}
        for pair in found[2].split():
            name, _, field = pair.partition("=")
            if name in given:
                self.refuse(f"'{name}' is given twice")
            given[name] = field or name
        self.insert(Node("text", line, id=found[1], given=given))

    def asset(self, found, line):
        self.insert(Node("asset", line, name=found[1]))

    def lang(self, _, line):
        self.insert(Node("lang", line))

    def content(self, _, line):
        if self.state != "text" or self.blocks:
            self.refuse("{{content}} stands in no attribute and no block")
        self.nodes.append(Node("content", line))
        self.blank = True

    # --- blocks --------------------------------------------------------------

    def open_block(self, node):
        if self.state == "value" and self.attribute in ADDRESSES:
            self.refuse(f"no block inside an address ('{self.attribute}')")
        self.nodes.append(node)
        self.blocks.append(Block(node, self.place(), self.open, self.nodes))
        self.nodes = node.then

    def open_if(self, found, line):
        self.open_block(Node("if", line, name=found[2], negate=bool(found[1]),
                             then=[], other=[]))

    def open_each(self, found, line):
        if self.state == "tag":
            self.refuse("no {{each}} between attributes")
        self.open_block(Node("each", line, name=found[1], row=found[2],
                             then=[], other=[]))

    def block(self, word):
        if not self.blocks:
            self.refuse(f"'{{{{{word}}}}}' without a block")
        block = self.blocks[-1]
        if self.place() != block.place or self.open != block.open:
            self.refuse(f"'{{{{{word}}}}}': the block from line "
                        f"{block.node.line} must leave the HTML as it found it")
        return block

    def turn(self, word, _):
        block = self.block(word)
        kind = {"else": "if", "empty": "each"}[word]
        if block.node.kind != kind or block.turned:
            self.refuse(f"'{{{{{word}}}}}' belongs once into '{{{{{kind}}}}}'")
        block.turned = True
        self.nodes = block.node.other

    def end(self, word, _):
        block = self.block(word)
        self.blocks.pop()
        self.nodes = block.outer
