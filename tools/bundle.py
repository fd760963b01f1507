"""bundle -- a script or style sheet of several files as one text, for a page
that has to work by itself, saved and without a network.

A template says {{inline verify.js}} or {{inline verify.css}}; SCRIPTS and
STYLES below say what that is made of.

  [BD1] A script is the ES modules of a folder of assets/, each in a function
        of its own, what it needs before it.  A module imports { names } of its
        neighbours and the one thing that a package of PACKAGES exports.
  [BD2] A style sheet is several of those that pages link to, in that order,
        its pictures inside it.
  [BD3] Same files, same bytes; nothing in them can end the element they stand
        in.  The page's policy lets in what has exactly their hash.
  [BD4] What a module says to people it names by the ids of texts; ids() are
        those, so that the page can bring them along.
"""

import base64
import hashlib
import json
import re

import assets
from po import refuse

SCRIPTS = {"verify.js": ("verify", "main.mjs"),
           "mirror.js": ("verify", "mirror.mjs")}
STYLES = {"verify.css": ("pico.css", "tenstar.css", "register.css",
                         "verify.css")}
# The file of a package that goes in, in the form of CommonJS.
PACKAGES = {"jsqr": "dist/jsQR.js"}

IMPORT = re.compile(
    r'^import (?:\{([^}]*)\}|(\w+)) from "(\./[\w.-]+|[\w-]+)";\n', re.M)
EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))",
                    re.M)
LEFT = re.compile(r"^(import|export)\b", re.M)
COMMENT = re.compile(r"^ *//.*\n", re.M)
LITERAL = re.compile(r'"([a-z_]+(?:\.[a-z0-9_]+)+)"')
URL = re.compile(r"url\((/assets/[^)]+)\)")


def variable(name):
    return "module_" + re.sub(r"\W", "_", name.removesuffix(".mjs"))


class Script:
    """Modules in the order of need; files are what went in."""

    def __init__(self, root, folder):
        self.root = root
        self.folder = root / "assets" / folder
        self.files = []
        self.sources = []
        self.parts = []

    def read(self, path):
        self.files.append(path)
        return assets.read(path)

    def package(self, name):
        """The package as an expression's value, under who made it."""
        if name not in PACKAGES:
            refuse(self.folder, 0, f"'{name}' is no package of PACKAGES")
        folder = self.root / "node_modules" / name
        about = json.loads(self.read(folder / "package.json"))
        text = self.read(folder / PACKAGES[name])
        self.parts.append(
            f"/* {name} {about['version']}, {about['license']} */\n"
            f"const {variable(name)} = ((module) => {{\n"
            f"const exports = module.exports;\n{text}\n"
            f"return module.exports;\n}})({{ exports: {{}} }});\n")

    def need(self, path, name, around):
        if name.startswith("./"):
            self.module(self.folder / name[2:], around)
        elif self.root / "node_modules" / name / PACKAGES.get(name, "") \
                not in self.files:
            self.package(name)

    def module(self, path, around=()):
        if path in around:
            refuse(path, 0, "imports itself")
        if path in self.files:
            return
        text = self.read(path)
        for found in IMPORT.finditer(text):
            self.need(path, found[3], (*around, path))
        self.sources.append(text)
        self.parts.append(self.wrapped(path, text))

    @staticmethod
    def wrapped(path, text):
        names = [found[2] for found in EXPORT.finditer(text)]
        body = EXPORT.sub(r"\1", IMPORT.sub(Script.binding, text))
        left = LEFT.search(body)
        if left:
            refuse(path, body.count("\n", 0, left.start()) + 1,
                   f"'{left[1]}' in a form that is not bundled")
        body = COMMENT.sub("", body)
        return (f"const {variable(path.name)} = (() => {{\n{body}"
                f"return {{ {', '.join(names)} }};\n}})();\n")

    @staticmethod
    def binding(found):
        names, one, source = found[1], found[2], found[3]
        what = one if names is None else "{" + " ".join(names.split()) + "}"
        return f"const {what} = {variable(source.removeprefix('./'))};\n"


def safe(path, text, ending):
    """[BD3]"""
    for bad in (ending, "<!--", "\r", "\0"):
        if bad in text.lower():
            refuse(path, 0, f"holds {bad!r}, which no page takes as it is")
    return text


def script(root, name):
    """(text, ids that may be texts, files)"""
    folder, first = SCRIPTS[name]
    made = Script(root, folder)
    made.module(made.folder / first)
    text = '"use strict";\n(() => {\n' + "".join(made.parts) + "})();\n"
    ids = sorted({found[1] for source in made.sources
                  for found in LITERAL.finditer(COMMENT.sub("", source))})
    return safe(made.folder / first, text, "</script"), ids, made.files


def style(root, name):
    """(text, files)"""
    found = {n: (address, text)
             for n, address, text in assets.collect(root / "assets")}
    pictures = {address: text for n, (address, text) in found.items()
                if n.endswith(".svg")}

    def picture(address):
        data = base64.b64encode(pictures[address[1]].encode()).decode()
        return f"url(data:image/svg+xml;base64,{data})"

    text = "\n".join(URL.sub(picture, found[n][1]) for n in STYLES[name])
    return safe(root / "assets" / name, text, "</style")


class Inlines:
    """Everything that templates may have inline, made when asked for."""

    def __init__(self, root):
        self.root = root
        self.files = []

    def text(self, name):
        """None when there is no such thing."""
        if name in STYLES:
            return style(self.root, name)
        if name in SCRIPTS:
            text, _, files = script(self.root, name)
            self.files += files
            return text
        return None

    def ids(self, name):
        """[BD4]"""
        return script(self.root, name)[1] if name in SCRIPTS else []


def source_of(text):
    """What a Content-Security-Policy calls this text."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
