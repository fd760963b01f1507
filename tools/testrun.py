#!/usr/bin/env python3
"""testrun -- which checks there are, and when they run.

    testrun.py [all | quick | deep [PART...]]

quick  the loop for work: the program's own build, the quick unit tests,
       services on SQLite only, what reads sources
all    everything that has to hold for a push, in less than 35 minutes
deep   what takes long: tools/deeprun.py

Checks are listed here; runner.py runs them and says what counts.  A unit test
is whatever a src/ROOM/meson.build lists, so nothing is entered twice.
"""

import json
import pathlib
import sys

import deeprun
import runner
from runner import Check

PYTHON = [sys.executable, "-B"]
SANITIZERS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}


def tool(name, *arguments):
    return [*PYTHON, f"tools/{name}.py", *arguments]


def build(name, folder, compiler, *options):
    """Configure a build folder, once, and build what changed."""
    return Check(name, ["tools/build", folder, compiler, *options],
                 alone=True, limit=1800)


# Warnings are errors in these two; other builds may warn of their own flags.
# gcc's is the program as it is given away; clang's has ASan and UBSan in it, so
# that two builds do for three purposes.
STRICT = "-Dwerror=true"
GCC = build("build with gcc", "build", "gcc", STRICT)
CLANG = build("build with clang, ASan and UBSan", "build-clang", "clang",
              STRICT, "-Db_sanitize=address,undefined", "-Db_lundef=false",
              "-Doptimization=1")


def sources():
    """What reads sources only."""
    return [
        Check("layers", tool("layers")),
        Check("rules", tool("rules")),
        Check("format", ["tools/lint", "format"]),
        Check("shell scripts", ["tools/lint", "shell"]),
        Check("spelling", ["tools/lint", "spelling"]),
        Check("requirements", tool("trace", "--check")),
        Check("texts", tool("texts", "check")),
    ]


def self_tests():
    """The tests of our own tools."""
    return [Check(p.stem, [*PYTHON, str(p)])
            for p in sorted(pathlib.Path("tools").glob("*_test.py"))]


def compiled():
    """What needs a build."""
    return [
        Check("clang-tidy", tool("tidy", "build-clang"),
              needs=(CLANG.name,), limit=1800),
        Check("purity", tool("purity"), needs=(GCC.name,)),
        Check("headers", tool("headers", "build"),
              needs=(GCC.name,)),
        *(Check(f"measurements build ({b.command[1]})",
                ["ninja", "--quiet", "-C", b.command[1], "benches"],
                needs=(b.name,)) for b in (GCC, CLANG)),
    ]


def units(b, slow):
    """The unit test programs of a build, as meson lists them.  Tests that are
    no programs of ours belong to self_tests."""
    folder = b.command[1]
    listed = pathlib.Path(folder, "meson-info/intro-tests.json")
    if not listed.exists():
        return []
    found = []
    for t in json.loads(listed.read_text()):
        if t["name"].startswith("test_") or \
                slow and t["name"].startswith("slow_"):
            found.append(Check(f"{t['name']} ({folder})", t["cmd"],
                               needs=(b.name,), env={**SANITIZERS, **t["env"]},
                               limit=t["timeout"]))
    # Long ones first, so that the two workers end together.
    return sorted(found, key=lambda c: not c.name.startswith("slow_"))


def corpora():
    """Every fuzz target over its corpus, under the sanitizers."""
    return [Check(f"fuzz corpus {p.stem}",
                  [f"build-clang/fuzz_{p.stem}", f"fuzz/corpus/{p.stem}"],
                  needs=(CLANG.name,), env=SANITIZERS)
            for p in sorted(pathlib.Path("fuzz").glob("*.c"))
            if p.stem != "driver"]


def stories():
    """Scripts that drive the whole program."""
    return [Check(f"story {p.stem}", ["bash", str(p)], needs=(GCC.name,),
                  limit=1800)
            for p in sorted(pathlib.Path("tests").rglob("*.sh"))
            if p.stat().st_mode & 0o100]


def of(check, *rooms):
    return check.name.split()[0] in {f"test_{room}" for room in rooms}


def on_engine(check, name, *rooms):
    """A use case minds seldom which store there is, and PostgreSQL takes five
    times as long, in a process that no sanitizer looks into."""
    if not of(check, *rooms):
        return check
    return check._replace(env={**check.env, "TENSTAR_TEST_ENGINE": name})


def on_postgres(check, *rooms):
    """Only what runs on each engine: the rest runs with the sanitizers."""
    if not of(check, *rooms):
        return check
    return on_engine(check._replace(command=[*check.command, "--engines"]),
                     "PostgreSQL", *rooms)


def on_both_builds():
    """What is slow runs once, without the sanitizers, under which it takes up
    to twenty times as long (`./test deep slow`); services and the store on
    PostgreSQL without them and on SQLite with them; the rest with them."""
    rooms = "service", "store"
    return [on_postgres(c, *rooms)
            for c in units(GCC, slow=True)
            if c.name.startswith("slow_") or of(c, *rooms)] + \
        [on_engine(c, "SQLite", *rooms) for c in units(CLANG, slow=False)]


def quick(r):
    """One build, which is the program's own: the sanitizers take three times
    as long, to build and to run."""
    r.run([GCC])
    r.run([on_engine(c, "SQLite", "service", "store")
           for c in units(GCC, slow=False)] + sources() + self_tests())


def everything(r):
    r.run([GCC, CLANG])
    r.run(compiled() + on_both_builds() + corpora() + sources()
          + self_tests() + stories())


def carry_out(r, words):
    if words == ["quick"]:
        quick(r)
    elif words == ["all"]:
        everything(r)
    elif words[0] == "deep":
        deeprun.run(r, words[1:])
    else:
        sys.exit("usage: ./test [quick | deep [PART...]]")


def main():
    words = sys.argv[1:] or ["all"]
    r = runner.Runner()
    folder = runner.scratch()
    runner.end_on_signals(r, folder)
    try:
        carry_out(r, words)
    finally:
        runner.remove(folder)
    print(r.last_line())
    sys.exit(0 if r.failed == 0 and r.passed > 0 else 1)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
