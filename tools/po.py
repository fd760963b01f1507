"""po -- reads the catalogues under text/: one file per language and room.

The syntax is gettext's, of which we use little: comments, msgid, msgstr and,
where a sentence counts something, msgid_plural with msgstr[0] for one and
msgstr[1] for the other numbers.  A msgid is a stable id such as
"codec.json_syntax".  A msgstr is a sentence with {named} arguments; {{ and }}
stand for braces.  Which form of a plural is taken depends on {count}.
"""

import pathlib
import re

LANGUAGES = ("zh_CN", "en")
ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
LINE = re.compile(r'(msgid|msgid_plural|msgstr|msgstr\[([01])\])?\s*(".*")$')
QUOTED = re.compile(r'"((?:[^"\\]|\\[nt"\\])*)"$')
ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}
PIECE = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|[{}]")


class Refused(Exception):
    """Something that must not be built; the text says file, line and why."""


def refuse(path, line, why):
    raise Refused(f"{path}:{line}: {why}")


class Entry:
    """One id in one language: `other` is the sentence, `one` for count 1."""

    def __init__(self, path, line, name):
        self.path = path
        self.line = line
        self.name = name
        self.plural = None
        self.one = None
        self.other = None

    def sentences(self):
        return [s for s in (self.one, self.other) if s is not None]

    def arguments(self):
        """The names of all arguments, in either form."""
        found = set()
        for sentence in self.sentences():
            found |= arguments(sentence)
        return found


def arguments(sentence):
    return {m[1] for m in PIECE.finditer(sentence) if m[1]}


def unquote(path, number, text):
    if not QUOTED.match(text):
        refuse(path, number, f"{text} is no quoted text")
    return re.sub(r"\\.", lambda m: ESCAPES[m[0]], text[1:-1])


def check_braces(path, line, sentence):
    for piece in PIECE.finditer(sentence):
        if piece[0] in ("{", "}"):
            refuse(path, line, f"a lone '{piece[0]}': write {{name}} for an "
                               "argument, or double the brace")


class Parser:
    """Reads one file line by line; self.entry is the one being read."""

    def __init__(self, path):
        self.path = path
        self.entries = []
        self.entry = None
        self.part = None

    def keyword(self, number, word, form, text):
        if word == "msgid":
            self.entry = Entry(self.path, number, text)
            self.entries.append(self.entry)
        elif self.entry is None:
            refuse(self.path, number, f"{word} before any msgid")
        part = {"msgid": "name", "msgid_plural": "plural"}.get(word, "other")
        if form == "0":
            part = "one"
        if word != "msgid" and getattr(self.entry, part) is not None:
            refuse(self.path, number, f"a second {word} under one msgid")
        setattr(self.entry, part, text)
        self.part = part

    def line(self, number, text):
        found = LINE.match(text)
        if not found:
            refuse(self.path, number, f"'{text}' is no line of a catalogue")
        value = unquote(self.path, number, found[3])
        if found[1]:
            self.keyword(number, found[1], found[2], value)
        elif self.part is None:
            refuse(self.path, number, "text before any msgid")
        else:
            so_far = getattr(self.entry, self.part)
            setattr(self.entry, self.part, so_far + value)


def check_entry(entry):
    where = entry.path, entry.line
    if not ID.match(entry.name):
        refuse(*where, f"'{entry.name}' is no id: room.what, in a-z, 0-9, _")
    if entry.other is None:
        refuse(*where, f"'{entry.name}' has no msgstr")
    if entry.plural is not None and entry.plural != entry.name:
        refuse(*where, f"'{entry.name}': msgid_plural must repeat the id")
    if (entry.one is not None) != (entry.plural is not None):
        refuse(*where, f"'{entry.name}': a plural is msgid_plural with "
                       "msgstr[0] and msgstr[1]")
    if entry.plural is not None and "count" not in arguments(entry.other):
        refuse(*where, f"'{entry.name}': a plural counts by {{count}}")
    for sentence in entry.sentences():
        check_braces(*where, sentence)


def read_file(path, text):
    """The entries of one catalogue, its header left out."""
    parser = Parser(path)
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip():
            refuse(path, number, "blanks at the end of the line")
        if line and not line.startswith("#"):
            parser.line(number, line)
    if not parser.entries or parser.entries[0].name != "":
        refuse(path, 1, 'a catalogue opens with msgid "" and its '
                        "Content-Type")
    if "charset=UTF-8" not in (parser.entries[0].other or ""):
        refuse(path, 1, "the header must say charset=UTF-8")
    for entry in parser.entries[1:]:
        check_entry(entry)
    return parser.entries[1:]


def files(folder, language):
    return sorted((pathlib.Path(folder) / language).glob("*.po"))


def read_language(folder, language):
    """{id: Entry} of all rooms; an id that stands twice is refused."""
    found = {}
    for path in files(folder, language):
        for entry in read_file(path, path.read_text("utf-8")):
            if entry.name in found:
                first = found[entry.name]
                refuse(path, entry.line, f"'{entry.name}' stands already in "
                                         f"{first.path}:{first.line}")
            found[entry.name] = entry
    return found


def read_all(folder):
    """{language: {id: Entry}}"""
    return {lang: read_language(folder, lang) for lang in LANGUAGES}
