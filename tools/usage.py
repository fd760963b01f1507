"""usage -- holds the catalogues against each other and against their users.

tools/texts.py says what the check expects.
"""

import re

import po

STRING = r'"((?:[^"\\]|\\.)*)"'
COMMENT = re.compile(
    r'/\*.*?\*/|("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')', re.S)
FUNCTION = re.compile(
    r"\b([a-z_][a-z0-9_]*)\(([^(){};]*\bconst char \*id\b[^(){};]*)\)")
MACRO = re.compile(
    r"^#define\s+([A-Za-z_]\w*)\(([^)]*\bid\b[^)]*)\)", re.M)
FILE = re.compile(r"(^|\.)(c|h|css|db|html|json|lock|log|po|sql|svg|tsv|yaml)$")
MEMBER = re.compile(r"\.id = " + STRING)
ARGUMENT = re.compile(r"\bARG_[A-Z]+\(\s*\"(\w+)\"")
ERR_CALLS = {"err_new": 2, "err_make": 2, "ARG_IDS": 1}
TEMPLATE_ID = re.compile(
    r"\{\{t ([a-z0-9_.]+)|^[a-z0-9_]+ = ([a-z0-9_.]+)$", re.M)
SCRIPT_ID = re.compile(r'"([a-z_]+(?:\.[a-z0-9_]+)+)"')
HAN = "\u3400-\u9fff\uf900-\ufaff"
ASCII_AFTER_HAN = re.compile(f"[{HAN}”’）》][ ]?([,;:!?()\"]|\\.(?![\\w]))")
PAREN_BEFORE_HAN = re.compile(f"[(][{HAN}“‘（《]|[{HAN}] ?\"")
HAN_ANY = re.compile(f"[{HAN}]")
# Rows of docs/requirements.md are our numbers; a reader has no use for them.
ROW = re.compile(r"\b[MD]\d{1,2}\b")
# One word for one thing, in Chinese, where several came up.
WORDS = {
    "案卷": "案件", "记录流": "流水", "散列": "哈希", "文件夹": "目录",
    "制度包": "方案包", "认证规则": "认证方案",
}


class Source:
    """A C file without its comments and characters, whose quotes would seem to
    begin a string; offsets still give the right line."""

    def __init__(self, path, text):
        self.path = path
        self.text = COMMENT.sub(self.blank, text)

    @staticmethod
    def blank(found):
        if found[0].startswith('"'):
            return found[0]
        return re.sub(r"[^\n]", " ", found[0])

    def line(self, at):
        return self.text.count("\n", 0, at) + 1


def split_call(text, start):
    """The arguments of the call whose '(' stands just before `start`, each
    with its offset; [] when the parenthesis is never closed."""
    depth, begin, parts, i = 1, start, [], start
    while i < len(text):
        c = text[i]
        if c in "\"'":
            end = re.compile(r"\\.|" + c).finditer(text, i + 1)
            i = next((m.start() for m in end if m[0] == c), len(text))
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        if depth == 0 or (depth == 1 and c == ","):
            parts.append((begin, text[begin:i]))
            begin = i + 1
        if depth == 0:
            return parts
        i += 1
    return []


def id_takers(source):
    """{function or macro of this file: place of the parameter that is an id}"""
    takers = {}
    for found in FUNCTION.finditer(source.text):
        names = [n.strip() for n in found[2].split(",")]
        takers[found[1]] = next(
            (i for i, n in enumerate(names)
             if n.endswith("const char *id")), None)
    for found in MACRO.finditer(source.text):
        names = [n.strip() for n in found[2].split(",")]
        takers[found[1]] = names.index("id") if "id" in names else None
    return {name: at for name, at in takers.items() if at is not None}


class Use:
    """An id that stands somewhere; `given` are the arguments it gets there,
    or None where only the run of the program can tell."""

    def __init__(self, path, line, name, given=None):
        self.path = path
        self.line = line
        self.name = name
        self.given = given


def literals(part):
    """What the literals of a call's part say: "a.b|c.d" names two ids."""
    for found in re.finditer(STRING, part):
        yield from found[1].split("|")


def calls(source, takers):
    """Every Use in calls of functions and macros that take an id."""
    names = "|".join(sorted(map(re.escape, takers)))
    for found in re.finditer(rf"\b({names})\(", source.text):
        parts = split_call(source.text, found.end())
        place = takers[found[1]]
        if place >= len(parts):
            continue
        at, part = parts[place]
        given = None
        if found[1] == "err_new":
            given = {g for _, rest in parts[place + 1:]
                     for g in ARGUMENT.findall(rest)}
        for name in literals(part):
            # ARG_IDS("stages", all_of("stage")) makes ids "stage.x" itself.
            if found[1] == "ARG_IDS" and "." not in name:
                name += "."
            yield Use(source.path, source.line(at), name, given)


def uses(source, takers, rooms):
    yield from calls(source, takers)
    for found in re.finditer(STRING, source.text):
        room, dot, rest = found[1].partition(".")
        if room in rooms and po.ID.match(found[1]) and not FILE.search(rest):
            yield Use(source.path, source.line(found.start()), found[1])
    for found in MEMBER.finditer(source.text):
        if po.ID.match(found[1]):
            yield Use(source.path, source.line(found.start()), found[1])


def read_sources(root):
    return [Source(p.relative_to(root), p.read_text("utf-8"))
            for p in sorted((root / "src").rglob("*.[ch]"))
            if not p.stem.endswith("_test")]


def template_uses(root):
    """Ids in templates; that they exist, tools/templates.py has checked."""
    for path in sorted((root / "templates").glob("*.*")):
        text = path.read_text("utf-8")
        for found in re.finditer(TEMPLATE_ID, text):
            yield Use(path.relative_to(root),
                      text.count("\n", 0, found.start()) + 1,
                      found[1] or found[2])


def script_uses(root, ids):
    """Ids in the modules of a page."""
    rooms = {name.partition(".")[0] for name in ids}
    for path in sorted((root / "assets").rglob("*.mjs")):
        text = path.read_text("utf-8")
        for found in re.finditer(SCRIPT_ID, text):
            if found[1].partition(".")[0] in rooms:
                yield Use(path.relative_to(root),
                          text.count("\n", 0, found.start()) + 1, found[1])


def check_languages(catalogues):
    for lang, other in (po.LANGUAGES, po.LANGUAGES[::-1]):
        for entry in catalogues[lang].values():
            where = f"{entry.path}:{entry.line}: '{entry.name}'"
            twin = catalogues[other].get(entry.name)
            if twin is None:
                yield f"{where} is missing in {other}"
            elif lang == po.LANGUAGES[0]:
                odd = entry.arguments() ^ twin.arguments()
                for name in sorted(odd):
                    yield f"{where}: {{{name}}} stands in one language only"
            if not all(s.strip() for s in entry.sentences()):
                yield f"{where} is empty"


def check_blanks(catalogues):
    for catalogue in catalogues.values():
        for entry in catalogue.values():
            for sentence in entry.sentences():
                where = f"{entry.path}:{entry.line}: '{entry.name}'"
                if sentence != sentence.strip():
                    yield f"{where} begins or ends with a blank"
                if "  " in sentence:
                    yield f"{where} holds two blanks in a row"


def check_wording(catalogues):
    for catalogue in catalogues.values():
        for entry in catalogue.values():
            where = f"{entry.path}:{entry.line}: '{entry.name}'"
            for sentence in entry.sentences():
                row = ROW.search(sentence)
                if row:
                    yield (f"{where}: {row[0]} is a row of our requirements; "
                           "say what it asks for")
                for word, ours in WORDS.items():
                    if word in sentence:
                        yield f"{where}: {word} is called {ours} elsewhere"


def check_chinese(catalogue):
    for entry in catalogue.values():
        for sentence in entry.sentences():
            if not HAN_ANY.search(sentence):
                continue
            where = f"{entry.path}:{entry.line}: '{entry.name}'"
            # {path}:{line} is how a place is written, Chinese or not.
            bare = po.PIECE.sub("一", sentence.replace("}:{", "}{"))
            for found in (ASCII_AFTER_HAN.search(bare),
                          PAREN_BEFORE_HAN.search(bare)):
                if found:
                    yield (f"{where}: '{found[0]}' has an ASCII sign where "
                           "Chinese wants a full-width one")
            if re.search(r"\.\.\.|[。，；：！？]{2}", bare):
                yield f"{where}: doubled signs; an ellipsis is ……"


def known(catalogues):
    return set().union(*catalogues.values())


def check_use(use, catalogues, ids):
    where = f"{use.path}:{use.line}: '{use.name}'"
    if use.name.endswith("."):
        if not any(i.startswith(use.name) for i in ids):
            yield f"{where} begins no id of the catalogues"
        return
    if not po.ID.match(use.name):
        yield f"{where} is no message id: room.what, in a-z, 0-9, _"
        return
    if use.name not in ids:
        yield f"{where} stands in no catalogue"
        return
    for lang in po.LANGUAGES:
        entry = catalogues[lang].get(use.name)
        if entry is None or use.given is None:
            continue
        for name in sorted(entry.arguments() - use.given):
            yield f"{where} is not given {{{name}}}, which {lang} wants"


def check_uses(root, catalogues):
    ids = known(catalogues)
    sources = read_sources(root)
    public = dict(ERR_CALLS)
    for source in sources:
        if source.path.suffix == ".h":
            public |= id_takers(source)
    rooms = {p.name for p in (root / "src").iterdir() if p.is_dir()}
    met, prefixes = set(), []
    for source in sources:
        met |= ids & set(literals(source.text))
        for use in uses(source, public | id_takers(source), rooms):
            if use.name:
                yield from check_use(use, catalogues, ids)
            if use.name.endswith("."):
                prefixes.append(use.name)
    for use in [*template_uses(root), *script_uses(root, ids)]:
        met.add(use.name)
        yield from check_use(use, catalogues, ids)
    for name in sorted(ids - met):
        if not any(name.startswith(p) for p in prefixes):
            lang = next(x for x in po.LANGUAGES if name in catalogues[x])
            entry = catalogues[lang][name]
            yield f"{entry.path}:{entry.line}: nothing uses '{name}'"


def check(root):
    """Every fault, as lines "file:line: why"."""
    catalogues = po.read_all(root / "text")
    faults = list(check_languages(catalogues))
    faults += check_blanks(catalogues)
    faults += check_wording(catalogues)
    faults += check_chinese(catalogues["zh_CN"])
    faults += check_uses(root, catalogues)
    return list(dict.fromkeys(f.replace(f"{root}/", "") for f in faults))
