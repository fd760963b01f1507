#!/usr/bin/env python3
"""sqlembed -- turn the SQL under a folder into C tables.

    sqlembed.py SQL_FOLDER OUT.h OUT.c DEPFILE

query/*.sql holds named statements: "-- name: x" on a line of its own, then
one statement that ends with a semicolon; other comments are free.  They
become `enum sql` and the tables sql_text, sql_name, sql_params, sql_writes.

migrate/ENGINE/NNNN_name.sql holds the steps of a schema, numbered from 0000
without gaps and with the same names for every engine; they become a table
per engine, each step with the SHA-256 of its file.

The build is refused, with file and line, for: a name that is malformed or
given twice, text outside a statement, an empty statement, more than one
statement under a name, a statement that is no SELECT, WITH, INSERT, UPDATE
or DELETE, parameters that are not $1..$n, an open quote or comment, and
steps that are missing, doubled, empty or different between the engines.

Beside what is written there, every table of the newest schema has statements
that copy its rows (sqltables.py), in the table sql_tables.
"""

import hashlib
import pathlib
import re
import sys

import sqltables

NAME = re.compile(r"^--\s*name:\s*(\S*)\s*$")
GOOD_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
STEP = re.compile(r"^(\d{4})_([a-z0-9_]+)\.sql$")
# What matters to us in SQL: comments, quoted text, and the rest.
TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)"
    r"|(?P<quoted>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")"
    r"|(?P<open>/\*|'|\")"
    r"|(?P<end>;)"
    r"|(?P<param>\$\d+)"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
READS = ("SELECT",)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Refused(Exception):
    """Something in the SQL that must not be built."""


class Statement:
    def __init__(self, name, text, params, writes):
        self.name = name
        self.text = text
        self.params = params
        self.writes = writes


def refuse(path, line, why):
    raise Refused(f"{path}:{line}: {why}")


def split_named(path, text):
    """Yield (name, line, body) for each named part of a query file."""
    name, start, body = None, 0, []
    for number, line in enumerate(text.splitlines(), 1):
        found = NAME.match(line)
        if found:
            if name is not None:
                yield name, start, "\n".join(body)
            name, start, body = found.group(1), number, []
            if not GOOD_NAME.match(name):
                refuse(path, number, f"'{name}' is no name: a-z, 0-9 and _")
        elif name is None and line.strip() and not line.startswith("--"):
            refuse(path, number, "text before the first '-- name:'")
        elif name is not None:
            body.append(line)
    if name is not None:
        yield name, start, "\n".join(body)


def scan(path, line, body):
    """The tokens of a body without comments, blanks made one; and the words."""
    text, params, ended = "", set(), False
    for token in TOKEN.finditer(body):
        kind, piece = token.lastgroup, token.group()
        at = line + 1 + body.count("\n", 0, token.start())
        if kind == "open":
            refuse(path, at, f"{piece} is never closed")
        if kind in ("comment", "space"):
            text += " "
            continue
        if ended:
            refuse(path, at, "more than one statement under one name")
        if kind == "end":
            ended = True
            continue
        if kind == "param":
            params.add(int(piece[1:]))
        text += piece
    return tidy(text), params, ended


def tidy(text):
    """Blanks outside quotes made one."""
    pieces = re.split(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")", text)
    for i in range(0, len(pieces), 2):
        pieces[i] = re.sub(r"\s+", " ", pieces[i])
    return "".join(pieces).strip()


def writes(path, line, text):
    """Does the statement change rows?  WITH is judged by what follows it."""
    words = re.findall(r"[A-Za-z_]+", re.sub(r"'(?:[^']|'')*'", "", text))
    first = words[0].upper() if words else ""
    if first in WRITES:
        return True
    if first in READS:
        return False
    if first == "WITH":
        return any(w.upper() in WRITES for w in words)
    refuse(path, line, f"'{first}' begins no SELECT, WITH, INSERT, UPDATE "
                       "or DELETE")


def read_statement(path, name, line, body):
    text, params, ended = scan(path, line, body)
    if not text:
        refuse(path, line, f"'{name}' is empty")
    if not ended:
        refuse(path, line, f"'{name}' does not end with a semicolon")
    if params != set(range(1, len(params) + 1)):
        refuse(path, line, f"'{name}' must use $1..$n without gaps, not "
               + ", ".join(f"${p}" for p in sorted(params)))
    return Statement(name, text, len(params), writes(path, line, text))


def read_queries(folder):
    seen, statements = {}, []
    for path in sorted(folder.glob("*.sql")):
        for name, line, body in split_named(path, path.read_text("utf-8")):
            if name in seen:
                refuse(path, line, f"'{name}' stands already in {seen[name]}")
            seen[name] = f"{path}:{line}"
            statements.append(read_statement(path, name, line, body))
    if not statements:
        refuse(folder, 0, "no statement here")
    return sorted(statements, key=lambda s: s.name)


def read_steps(folder):
    """[(number, name, sha256, text)] of one engine."""
    steps = []
    for path in sorted(folder.glob("*")):
        found = STEP.match(path.name)
        if not found:
            refuse(path, 0, "a step is named NNNN_name.sql")
        number, name = int(found.group(1)), found.group(2)
        if number != len(steps):
            refuse(path, 0, f"step {len(steps):04} should stand here")
        raw = path.read_bytes()
        if not raw.strip():
            refuse(path, 0, "an empty step")
        sha = hashlib.sha256(raw).hexdigest()
        steps.append((number, name, sha, raw.decode("utf-8")))
    if not steps:
        refuse(folder, 0, "no step here")
    return steps


def read_migrations(folder):
    engines = {}
    for path in sorted(p for p in folder.iterdir() if p.is_dir()):
        engines[path.name] = read_steps(path)
    names = {e: [s[:2] for s in steps] for e, steps in engines.items()}
    first = next(iter(names), None)
    if first is None:
        refuse(folder, 0, "no engine here")
    for engine, steps in names.items():
        if steps != names[first]:
            refuse(folder / engine, 0,
                   f"other steps than {folder / first}: every engine has all")
    return engines


def copying(engines):
    """The tables of the newest schema, and the statements that copy them."""
    tables = sqltables.read_tables(
        text for _, _, _, text in engines.get("sqlite", []))
    return tables, [Statement(name, text, params, writing)
                    for t in tables
                    for name, text, params, writing in t.statements()]


def c_string(text, indent="    "):
    """A C literal, one source line for each line of text."""
    lines = text.split("\n")
    out = []
    for i, line in enumerate(lines):
        end = "\\n" if i + 1 < len(lines) else ""
        if line or end:
            escaped = line.replace("\\", "\\\\").replace('"', '\\"')
            out.append(f'{indent}"{escaped}{end}"')
    return "\n".join(out) if out else f'{indent}""'


def header(statements, engines, copied):
    names = "\n".join(f"    SQL_{s.name}," for s in statements)
    tables = "\n".join(
        f"extern const struct migration {e}_migrations[];\n"
        f"extern const size_t {e}_migration_count;"
        for e in engines)
    return f"""/* Made from sql/ by tools/sqlembed.py; do not edit. */
#ifndef SQL_H
#define SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every statement the program knows, by its name in sql/query. */
enum sql {{
{names}
    SQL_COUNT,
}};

extern const char *const sql_text[SQL_COUNT];
extern const char *const sql_name[SQL_COUNT];
extern const unsigned char sql_params[SQL_COUNT]; /* $1..$n: n */
extern const bool sql_writes[SQL_COUNT];          /* changes rows */

/* A step of the schema; step 0 may run again and again. */
struct migration {{
    int32_t number;
    const char *name;
    const char *sha256; /* of the file, 64 hexadecimal digits */
    const char *text;
}};

{tables}

/* A table of the newest schema.  Those that refer to others stand after them;
 * that of the schema's own steps is not here. */
struct sql_table {{
    const char *name;
    enum sql first;        /* the first $1 rows, by their keys */
    enum sql next;         /* those after the row whose key is $2 .. */
    enum sql put;          /* a row: $1 .. */
    unsigned char columns; /* of a row, .. */
    unsigned char keys;    /* .. whose first so many are its key */
}};

enum {{ SQL_TABLES = {len(copied)} }};
extern const struct sql_table sql_tables[SQL_TABLES];

#endif
"""


def table(kind, name, statements, value):
    rows = "\n".join(f"    [SQL_{s.name}] =\n{value(s)}," for s in statements)
    return f"const {kind} {name}[SQL_COUNT] = {{\n{rows}\n}};\n"


def table_rows(copied):
    return "\n".join(
        f'    {{ "{t.name}", SQL_copy_{t.name}_first,\n'
        f"      SQL_copy_{t.name}_next, SQL_copy_{t.name}_put,\n"
        f"      {len(t.columns)}, {len(t.keys)} }},"
        for t in copied)


def source(statements, engines, copied):
    parts = [
        '/* Made from sql/ by tools/sqlembed.py; do not edit. */\n'
        '#include "sql.h"\n',
        table("char *const", "sql_text", statements,
              lambda s: c_string(s.text, " " * 8)),
        table("char *const", "sql_name", statements,
              lambda s: f'        "{s.name}"'),
        table("unsigned char", "sql_params", statements,
              lambda s: f"        {s.params}"),
        table("bool", "sql_writes", statements,
              lambda s: f"        {'true' if s.writes else 'false'}"),
    ]
    for engine, steps in engines.items():
        rows = "\n".join(
            f'    {{ {number}, "{name}",\n        "{sha}",\n'
            f"{c_string(text, ' ' * 8)} }},"
            for number, name, sha, text in steps)
        parts.append(
            f"const struct migration {engine}_migrations[] = {{\n{rows}\n}};\n"
            f"const size_t {engine}_migration_count = {len(steps)};\n")
    parts.append("const struct sql_table sql_tables[SQL_TABLES] = {\n"
                 f"{table_rows(copied)}\n}};\n")
    return "\n".join(parts)


def depend(out, root):
    """A make rule: the outputs depend on every file and on every folder, so
    that a new file is noticed too."""
    paths = [root, *sorted(root.rglob("*"))]
    escaped = (str(p).replace(" ", "\\ ") for p in paths)
    return f"{out}: " + " ".join(escaped) + "\n"


def main(argv):
    if len(argv) != 5:
        print(__doc__, file=sys.stderr)
        return 2
    root = pathlib.Path(argv[1])
    try:
        statements = read_queries(root / "query")
        engines = read_migrations(root / "migrate")
        copied, copies = copying(engines)
    except (Refused, ValueError) as why:
        print(f"sqlembed: {why}", file=sys.stderr)
        return 1
    statements = sorted(statements + copies, key=lambda s: s.name)
    pathlib.Path(argv[2]).write_text(header(statements, engines, copied),
                                     "utf-8")
    pathlib.Path(argv[3]).write_text(source(statements, engines, copied),
                                     "utf-8")
    pathlib.Path(argv[4]).write_text(depend(argv[2], root), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
