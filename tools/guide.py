#!/usr/bin/env python3
"""guide -- the guides' examples, carried out.

    guide.py check PAGE...    each must print what its page shows
    guide.py write PAGE...    put in what they print now, where it differs
    guide.py pairs ZH EN      both folders tell the same, page by page

An example stands in a fenced block that is marked `console`:

    $ build/tenstar day add 2026-09-29 7wd
    2026年10月14日，星期三
    $ build/tenstar day add 2026-09-29 \\
    > 7
    tenstar: 7 不是期限。..
    [2]

A line with `$ ` is a command, one with `> ` goes on with it, the lines after
are what it prints, and `[N]` says that it exits with N (else 0).  `...` alone
in a line stands for any lines, and … within one for anything.  A command that
ends in ` &` goes on beside the others, until the page ends; the next one waits
until it has printed what is shown.

The examples of a page are carried out in order, by one bash in an empty folder
where build/, schemes/, calendar/, demo/ and docs/ are.  Port 8010 stands for a
free one.
"""

import difflib
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import typing

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINKED = ("build", "schemes", "calendar", "demo", "docs", "tests")
PORT = ":8010"
LIMIT = 300  # seconds a page may take
STATUS = re.compile(r"\[(\d+)\]$")


class Step(typing.NamedTuple):
    line: int  # of the page, from 1
    command: str
    shown: list  # lines
    first: int  # the lines of the page that show what is printed
    last: int
    status: int

    def beside(self):
        return self.command.endswith(" &")


class Refused(Exception):
    pass


# --- reading ---------------------------------------------------------------


def blocks(text):
    """(number of the first line inside, lines) of every console block."""
    lines = text.split("\n")
    start = None
    for number, line in enumerate(lines):
        if start is None and line == "```console":
            start = number + 1
        elif start is not None and line == "```":
            yield start, lines[start:number]
            start = None
    if start is not None:
        raise Refused(f"line {start}: the block is not closed")


def one_step(start, lines):
    """The step that begins with lines[0]."""
    command = [lines[0][2:]]
    while len(command) < len(lines) and lines[len(command)][:2] == "> ":
        command.append(lines[len(command)][2:])
    first = start + len(command)
    shown = lines[len(command):]
    status = STATUS.match(shown[-1]) if shown else None
    if status:
        shown = shown[:-1]
    return Step(start + 1, "\n".join(command), shown, first,
                start + len(lines), int(status[1]) if status else 0)


def steps(text):
    found = []
    for start, lines in blocks(text):
        at = [n for n, line in enumerate(lines) if line.startswith("$ ")]
        if not at or at[0] != 0:
            raise Refused(f"line {start + 1}: a block begins with a command")
        for begin, end in zip(at, at[1:] + [len(lines)]):
            found.append(one_step(start + begin, lines[begin:end]))
    return found


# --- carrying out ----------------------------------------------------------

# What bash is told: `beside` waits for as many lines as the page shows.
PRELUDE = """\
answered() { echo "$1" >"$guide/$2.status"; }
beside() {
    local tries=0
    while [ "$(wc -l <"$guide/$1.out")" -lt "$2" ] && [ $tries -lt 1000 ]; do
        kill -0 $! 2>/dev/null || break
        tries=$((tries + 1))
        sleep 0.02
    done
}
"""


def script(found, port):
    """One bash script for all steps; output and status go to files."""
    parts = [PRELUDE]
    for n, step in enumerate(found):
        out = f'"$guide/{n}.out" 2>&1 </dev/null'
        command = step.command.replace(PORT, port)
        if step.beside():
            # No braces: `kill %1` has to reach the command itself.
            parts.append(f': >"$guide/{n}.out"\n{command[:-2]} >>{out} &\n'
                         f"beside {n} {len(step.shown)}\nanswered 0 {n}\n")
        else:
            parts.append(f"{{ {command}\n}} >{out}\nanswered $? {n}\n")
    return "".join(parts)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return f":{s.getsockname()[1]}"


def environment(page, notes):
    kept = {k: v for k, v in os.environ.items()
            if k not in ("LC_ALL", "LANG", "TENSTAR_SECRET")}
    lang = "en_US.UTF-8" if "/en/" in str(page) else "zh_CN.UTF-8"
    return {**kept, "LC_MESSAGES": lang, "LC_CTYPE": "C.UTF-8",
            "guide": str(notes)}


def run(page, found):
    """[(status, lines printed)], as far as the page got."""
    with tempfile.TemporaryDirectory() as top:
        folder, notes = pathlib.Path(top, "here"), pathlib.Path(top, "notes")
        folder.mkdir()
        notes.mkdir()
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)
        port = free_port()
        bash = subprocess.Popen(
            ["bash", "-c", script(found, port)], cwd=folder,
            env=environment(page, notes), start_new_session=True)
        try:
            bash.wait(LIMIT)
        finally:
            end_group(bash)
        return [answer(notes, n, port) for n in range(len(found))]


def end_group(bash):
    """Whatever the page began beside itself ends with it."""
    try:
        os.killpg(bash.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass
    bash.wait()


def answer(notes, n, port):
    try:
        status = int((notes / f"{n}.status").read_text())
        printed = (notes / f"{n}.out").read_text()
    except FileNotFoundError:
        raise Refused(f"command {n + 1} of the page was not reached") from None
    return status, printed.replace(port, PORT).splitlines()


# --- comparing -------------------------------------------------------------


def line_fits(shown, printed):
    pattern = ".*".join(re.escape(p) for p in shown.split("…"))
    return re.fullmatch(pattern, printed) is not None


def fits(shown, printed):
    """Do the lines shown stand for the lines printed?"""
    if not shown:
        return not printed
    if shown[0] == "...":
        return any(fits(shown[1:], printed[n:])
                   for n in range(len(printed) + 1))
    return bool(printed) and line_fits(shown[0], printed[0]) and \
        fits(shown[1:], printed[1:])


def step_fits(step, status, printed):
    if step.beside():
        printed = printed[:len(step.shown)]
    return status == step.status and fits(step.shown, printed)


# --- what is asked for -----------------------------------------------------


def tell(page, step, status, printed):
    print(f"{page}:{step.line}: $ {step.command}")
    if status != step.status:
        print(f"  exits with {status}, not {step.status}")
    for line in difflib.ndiff(step.shown, printed):
        print(f"  {line}")


def check(page):
    found = steps(page.read_text())
    wrong = [(s, *a) for s, a in zip(found, run(page, found))
             if not step_fits(s, *a)]
    for w in wrong:
        tell(page, *w)
    return len(found) - len(wrong), len(wrong)


def write(page):
    lines = page.read_text().split("\n")
    found = steps("\n".join(lines))
    answers = run(page, found)
    for step, (status, printed) in reversed(list(zip(found, answers))):
        if not step_fits(step, status, printed):
            ending = [f"[{status}]"] if status else []
            lines[step.first:step.last] = printed + ending
    page.write_text("\n".join(lines))
    return len(found), 0


def shape(page):
    """Depths of its headings, and how many examples stand under each."""
    found = []
    inside = False
    for line in page.read_text().split("\n"):
        inside ^= line.startswith("```")
        if not inside and re.match(r"#+ ", line):
            found.append([len(line.split()[0]), 0])
        elif inside and line.startswith("$ ") and found:
            found[-1][1] += 1
    return found


def pairs(zh, en):
    names = {p.name for folder in (zh, en) for p in folder.glob("*.md")}
    wrong = 0
    for name in sorted(names):
        both = [folder / name for folder in (zh, en)]
        if not all(p.exists() for p in both):
            print(f"{name} is there in one language only")
            wrong += 1
        elif shape(both[0]) != shape(both[1]):
            print(f"{name}: headings or examples differ between languages")
            wrong += 1
    return len(names) - wrong, wrong


def main(words):
    if len(words) == 3 and words[0] == "pairs":
        passed, failed = pairs(*map(pathlib.Path, words[1:]))
    elif len(words) > 1 and words[0] in ("check", "write"):
        do = check if words[0] == "check" else write
        counts = [do(pathlib.Path(w)) for w in words[1:]]
        passed, failed = (sum(c) for c in zip(*counts))
    else:
        sys.exit("usage: guide.py check PAGE... | write PAGE... | "
                 "pairs ZH EN")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as e:
        sys.exit(f"guide.py: {e}")
