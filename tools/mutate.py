#!/usr/bin/env python3
"""mutate -- does some test notice when a comparison of the core is flipped?

    mutate.py [--again] [--trust] [--since COMMIT] [--copy FOLDER] [--jobs N]
              [PATH...]

Each file of ROOMS, or each PATH, is compiled with one mutant of
tools/mutants.py after the other and linked into the room's test programs.  A
mutant is killed when a test fails that passes without it, when the program
crashes, or when it takes far longer than before; what outlives a plain build
is tried again under the address and undefined-behaviour sanitizers.  Survivors
are listed; one that tools/mutate.accepted has no reason for is a finding, and
so is a reason that no survivor needs.

Everything is built in a temporary copy of the project: the tree is never
touched.  What was found of a file stays in build/deep/mutants with a hash of
all that could change it, so a run that was stopped goes on where it was.

--again and --copy are for work on survivors: what was killed before counts as
killed though tests have changed since, and the copy stays in FOLDER, to be
brought up to date by the next run instead of made anew.  --trust takes the
accepted survivors at their word, which are what costs most: it finds new ones.
--since looks at the lines only that are not as they were in COMMIT.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import queue
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import typing

import mutants
import source

ACCEPTED = "tools/mutate.accepted"
STATE = pathlib.Path("build/deep/mutants")
# Room -> the programs that judge it, in turn.
ROOMS = {"domain": ("test_domain",), "scheme": ("test_scheme", "test_domain")}
# What a judge's answer depends on.
BASIS = ("src/base/", "src/text/", "src/codec/", "src/crypto/", "src/merkle/",
         "src/scheme/", "src/domain/", "schemes/", "tests/schemes/",
         "tests/golden/", "calendar/", "text/", "tools/mutants.py",
         "tools/mutate.py", "meson.build")
VARIANTS = {
    "plain": ("-Doptimization=0",),
    "asan": ("-Doptimization=1", "-Db_sanitize=address,undefined"),
}
# detect_leaks would look at everything once more after each program.
ASAN = "detect_leaks=0:halt_on_error=1:detect_stack_use_after_return=1"
WALL = 600  # seconds for one program however busy the machine is
OLD = "of several runs"
KEPT = 20  # mutants, after which what was found is written down


class Judge(typing.NamedTuple):
    """A test program of a build, and how it is compiled and run."""

    program: str
    folder: pathlib.Path
    link: list
    red: frozenset  # tests that fail without a mutant
    cpu: float  # seconds it takes


# --- the copy ---------------------------------------------------------------

def copy_tree(into):
    """What git knows of the project, as it lies here, and npm's packages.
    What is the same already stays, with its time."""
    paths = source.tracked()
    for path in paths:
        to, data = into / path, (source.ROOT / path).read_bytes()
        if not to.exists() or to.read_bytes() != data:
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source.ROOT / path, to)
    for old in {str(p.relative_to(into)) for p in (into / "src").rglob("*")
                if p.is_file()} - set(paths):
        (into / old).unlink()
    if not (into / "node_modules").exists():
        (into / "node_modules").symlink_to(source.ROOT / "node_modules")


def build(tree, variant):
    """Configure and build the judges of a copy; their folder."""
    folder = tree / variant
    programs = sorted({p for judges in ROOMS.values() for p in judges})
    setup = ["meson", "setup", str(folder), "-Ddebug=false",
             *VARIANTS[variant]]
    make = ["ninja", "--quiet", "-C", str(folder), *programs]
    for command in [make] if folder.exists() else [setup, make]:
        done = subprocess.run(command, cwd=tree, text=True,
                              env={**os.environ, "CC": "gcc"},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            sys.exit(done.stdout + f"\n{' '.join(command)} failed")
    return folder


def compile_commands(folder):
    """{path in the project: the words that compile it}."""
    listed = json.loads((folder / "compile_commands.json").read_text())
    return {os.path.normpath(os.path.join(folder.name, e["file"])):
            shlex.split(e["command"]) for e in listed if "/lib" in e["output"]
            or e["output"].startswith("lib")}


def link_command(folder, program):
    text = subprocess.run(["ninja", "-C", str(folder), "-t", "commands",
                           program], check=True, capture_output=True,
                          text=True).stdout
    return shlex.split(text.rstrip().splitlines()[-1])


# --- one program ------------------------------------------------------------

def bounded(cpu):
    """Bounds on a child: CPU, so that a busy machine kills no mutant."""
    def begin():
        limit = max(1, round(cpu + 0.5))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return begin


def run_tests(program, tree, red, cpu):
    """Run a test program until a test fails that is not `red`.

    (tests that failed, whether it came to its end)
    """
    env = {**os.environ, "TENSTAR_ROOT": str(tree), "ASAN_OPTIONS": ASAN,
           "UBSAN_OPTIONS": "halt_on_error=1"}
    p = subprocess.Popen([program], cwd=tree, env=env, text=True,
                         errors="replace", stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, start_new_session=True,
                         preexec_fn=bounded(cpu))
    watch = threading.Timer(WALL, os.killpg, (p.pid, signal.SIGKILL))
    watch.start()
    failed, ended = set(), False
    for line in p.stdout:
        if m := re.match(r"FAILED (\w+)$", line):
            failed.add(m[1])
            if m[1] not in red:
                os.killpg(p.pid, signal.SIGKILL)
                break
        ended = ended or re.match(r"\d+ passed, \d+ failed$", line) is not None
    p.wait()
    watch.cancel()
    p.stdout.close()
    return failed, ended and p.returncode in (0, 1)


def judge_of(folder, program):
    """Run a program without a mutant first: what it does is the measure."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    failed, ended = run_tests(str(folder / program), folder.parent, ANY, WALL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not ended:
        sys.exit(f"{program} does not come to its end without a mutant")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Judge(program, folder, link_command(folder, program),
                 frozenset(failed), cpu)


class Any:
    """Every test may fail."""

    def __contains__(self, _):
        return True


ANY = Any()


# --- one mutant -------------------------------------------------------------

def replaced(words, flag, value):
    at = words.index(flag)
    return [*words[:at + 1], value, *words[at + 2:]]


def compiled(mutant, text, commands, folder, work):
    """The object of a mutant, or None where no compiler takes it."""
    made, unit = work / "mutant.o", work / "mutant.c"
    unit.write_text(mutant.applied(text))
    words = commands[mutant.path]
    words = replaced(words, "-o", str(made))
    words = replaced(words, "-MF", str(work / "mutant.d"))
    words = replaced(words, "-c", str(unit))
    done = subprocess.run([*words, "-w"], cwd=folder, capture_output=True)
    return made if done.returncode == 0 else None


def own_first(words, path):
    """The link command with the tests of the file in front: they know best."""
    stem = path.replace("/", "_")[:-2]
    own = [w for w in words if f"/{stem}_" in w and w.endswith("_test.c.o")]
    return own, [w for w in words if w not in own]


def linked(judge, mutant, made, work):
    """The program with the mutant's object before the library that has the
    right one."""
    out = work / judge.program
    own, rest = own_first(judge.link[1:], mutant.path)
    words = replaced(rest, "-o", str(out))
    words = [*judge.link[:1], *own, str(made), *words, "-fuse-ld=lld"]
    done = subprocess.run(words, cwd=judge.folder, capture_output=True,
                          text=True)
    if done.returncode:
        sys.exit(done.stderr + f"\n{mutant} cannot be linked")
    return out


def outlives(judge, mutant, made, work):
    out = linked(judge, mutant, made, work)
    failed, ended = run_tests(str(out), judge.folder.parent, judge.red,
                              5 * judge.cpu + 1)
    return ended and failed <= judge.red


class Courts:
    """The builds of one copy, and what tries a mutant in them."""

    def __init__(self, tree):
        self.folders = {v: build(tree, v) for v in VARIANTS}
        self.commands = {v: compile_commands(f)
                         for v, f in self.folders.items()}
        programs = {p for judges in ROOMS.values() for p in judges}
        self.judges = {(v, p): judge_of(f, p)
                       for v, f in self.folders.items() for p in programs}

    def red(self):
        return sorted({t for j in self.judges.values() for t in j.red})

    def fate(self, mutant, text, work):
        """"killed", "survives", or "stillborn" where it does not compile."""
        room = mutant.path.split("/")[1]
        for variant, folder in self.folders.items():
            made = compiled(mutant, text, self.commands[variant], folder, work)
            if made is None:
                return "stillborn"
            for program in ROOMS[room]:
                if not outlives(self.judges[variant, program], mutant, made,
                                work):
                    return "killed"
        return "survives"


# --- one file ---------------------------------------------------------------

def basis():
    """A hash of everything that judges."""
    h = hashlib.sha256()
    for path in source.tracked():
        if path.startswith(BASIS):
            data = (source.ROOT / path).read_bytes()
            h.update(f"{path} {len(data)}\n".encode() + data)
    return h.hexdigest()


def state_path(path):
    return STATE / (path.removeprefix("src/").replace("/", ".") + ".json")


def stored(path):
    try:
        return json.loads(state_path(path).read_text())
    except FileNotFoundError:
        return None


def fates_before(path, key, again):
    """({key of a mutant: fate} that need not be found out again, the key that
    they are then to be kept under): what was found out under other tests
    counts for no run but one --again."""
    state = stored(path)
    if not state:
        return {}, key
    fates = {tuple(k): fate for k, fate in state["fates"]}
    if state["key"] == key:
        return fates, key
    if not again:
        return {}, key
    return {k: f for k, f in fates.items() if f == "killed"}, OLD


def keep(path, key, fates, red):
    STATE.mkdir(parents=True, exist_ok=True)
    state = {"key": key, "red": red, "fates": sorted(fates.items())}
    state_path(path).write_text(json.dumps(state, ensure_ascii=False) + "\n")


def try_all(todo, text, courts, works):
    """{key: fate} of some mutants of one file."""
    def one(mutant):
        work = works.get()
        try:
            return courts.fate(mutant, text, work)
        finally:
            works.put(work)
    with concurrent.futures.ThreadPoolExecutor(works.maxsize) as pool:
        return dict(zip((m.key() for m in todo), pool.map(one, todo)))


def sources_of(rooms):
    return [f"src/{room}/{name}" for room in rooms
            for name in sorted(source.program_files(f"src/{room}"))]


def lines_since(commit):
    """{path: the numbers of its lines that are new since a commit}."""
    diff = subprocess.run(
        ["git", "diff", "-U0", commit, "--", *(f"src/{r}" for r in ROOMS)],
        cwd=source.ROOT, check=True, capture_output=True, text=True).stdout
    found, lines = {}, set()
    for line in diff.splitlines():
        if line.startswith("+++ b/"):
            lines = found.setdefault(line.removeprefix("+++ b/"), set())
        elif m := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            lines.update(range(int(m[1]), int(m[1]) + int(m[2] or 1)))
    return found


class Hunt:
    """All files, with one copy of the project made when first needed."""

    def __init__(self, folder, tree, again, jobs, trusted=(), since=None):
        self.folder, self.tree, self.again = folder, tree, again
        self.since = lines_since(since) if since else None
        self.trusted = dict.fromkeys(trusted, "survives")
        self.key = basis()
        self.courts = None
        self.red = set()  # tests that fail without a mutant
        self.works = queue.Queue(jobs)
        for i in range(jobs):
            (self.folder / f"work{i}").mkdir()
            self.works.put(self.folder / f"work{i}")

    def open_courts(self):
        if self.courts is None:
            copy_tree(self.tree)
            self.courts = Courts(self.tree)
        return self.courts

    def looked_at(self, path, all_mutants):
        if self.since is None:
            return all_mutants
        lines = self.since.get(path, ())
        return [m for m in all_mutants if m.line in lines]

    def file(self, path):
        """(mutant, fate) of every mutant of a file."""
        text = source.read(source.ROOT, path)
        all_mutants = self.looked_at(path, mutants.mutants(path, text))
        fates, key = fates_before(path, self.key, self.again)
        known = {**self.trusted, **fates}
        todo = [m for m in all_mutants if m.key() not in known]
        began = time.monotonic()
        for some in (todo[i:i + KEPT] for i in range(0, len(todo), KEPT)):
            fates |= try_all(some, text, self.open_courts(), self.works)
            keep(path, key, fates, self.courts.red())
        self.red |= set((stored(path) or {"red": ()})["red"])
        known |= fates
        found = [(m, known[m.key()]) for m in all_mutants]
        alive = sum(f == "survives" for _, f in found)
        print(f"{path}: {len(found)} mutants, {alive} survive"
              f" ({len(todo)} in {time.monotonic() - began:.0f} s)",
              flush=True)
        return found


def notes(found):
    for room in ROOMS:
        of_room = [f for m, f in found if m.path.startswith(f"src/{room}/")]
        if of_room:
            print(f"note: {room}: {of_room.count('killed')} of "
                  f"{len(of_room) - of_room.count('stillborn')} mutants "
                  "killed, the others accepted")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--trust", action="store_true")
    parser.add_argument("--since")
    parser.add_argument("--copy", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("paths", nargs="*")
    args = parser.parse_args()
    listed = mutants.accepted(source.read(source.ROOT, ACCEPTED), ACCEPTED)
    found = []
    with tempfile.TemporaryDirectory(prefix="mutate-") as name:
        folder = pathlib.Path(name)
        hunt = Hunt(folder, args.copy or folder / "tree", args.again,
                    args.jobs, listed if args.trust else (), args.since)
        for path in args.paths or sources_of(ROOMS):
            found += hunt.file(path)
    notes(found)
    survivors = [m for m, fate in found if fate == "survives"]
    if args.since:  # what was not looked at cannot be missed
        keys = {m.key() for m, _ in found}
        listed = {k: v for k, v in listed.items() if k in keys}
    findings = mutants.judged([m for m, _ in found], survivors, listed,
                              ACCEPTED)
    findings += [source.Finding("src", 1, "red", f"{t} fails without a mutant")
                 for t in sorted(hunt.red)]
    source.end(findings, f"{len(found)} mutants, {len(survivors)} of them "
               "accepted as survivors")


if __name__ == "__main__":
    main()
