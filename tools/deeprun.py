"""deeprun -- `./test deep [PART...]`: what takes too long for every push.

Each part keeps its last result in build/deep/PART.json with the commit it ran
on.  Without a PART those run that have not passed on this commit yet, so a run
that was stopped goes on where it was; a PART that is named runs in any case.
`./test deep report` writes the results into docs/reliability.md.

FUZZ_SECONDS (default 120) is the time for each fuzz target.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

import coverage as least
import source
import testrun
from runner import Check

STATE = pathlib.Path("build/deep")
REPORT = "docs/reliability.md"
BEGIN, END = "<!-- results: begin -->\n", "<!-- results: end -->\n"


def units_in(r, name, folder, compiler, *options, prefix=(), env=None):
    """Build a folder and run every unit test program of it."""
    made = testrun.build(name, folder, compiler, *options)
    r.run([made])
    r.run([c._replace(command=[*prefix, *c.command], limit=7200,
                      env={**c.env, **(env or {})})
           for c in testrun.units(made, slow=True)])


def valgrind(r):
    """Unit tests under valgrind, one block per request of an arena."""
    units_in(r, "build for valgrind", "build-valgrind", "gcc",
             "-Dc_args=-DARENA_EXACT",
             prefix=("valgrind", "--quiet", "--leak-check=full",
                     "--errors-for-leak-kinds=definite,possible",
                     "--error-exitcode=9", "--child-silent-after-fork=yes"))


def tsan(r):
    """Unit tests under the thread sanitizer."""
    units_in(r, "build with TSan", "build-tsan", "gcc",
             "-Db_sanitize=thread", "-Doptimization=1",
             env={"TSAN_OPTIONS": "halt_on_error=1"})


def fuzz(r):
    """libFuzzer on every target; what it finds new stays in build/deep."""
    seconds = os.environ.get("FUZZ_SECONDS", "120")
    made = testrun.build("build for libFuzzer", "build-fuzz", "clang",
                         "-Db_sanitize=address,undefined",
                         "-Db_lundef=false", "-Dlibfuzzer=true")
    r.run([made])
    checks = []
    for p in sorted(pathlib.Path("fuzz").glob("*.c")):
        if p.stem == "driver":
            continue
        grown = STATE / "corpus" / p.stem
        grown.mkdir(parents=True, exist_ok=True)
        checks.append(Check(
            f"fuzz {p.stem} for {seconds} s",
            [f"build-fuzz/fuzz_{p.stem}", f"-max_total_time={seconds}",
             "-timeout=10", f"-artifact_prefix={STATE}/{p.stem}-",
             str(grown), f"fuzz/corpus/{p.stem}"],
            needs=(made.name,), limit=int(seconds) + 120,
            env=testrun.SANITIZERS))
    r.run(checks)


def analyzer(r):
    """gcc's analyzer over the program; a warning is an error."""
    made = testrun.build("build with -fanalyzer", "build-analyzer", "gcc",
                         testrun.STRICT, "-Dc_args=-fanalyzer")
    r.run([made._replace(limit=7200)])


def scan(r):
    """clang's analyzer, all of it, over the program."""
    r.run([testrun.CLANG])
    r.run([Check("scan-build", ["ninja", "-C", "build-clang", "scan-build"],
                 needs=(testrun.CLANG.name,), limit=7200,
                 env={"CC": "clang",
                      "SCANBUILD": "scan-build-14 --status-bugs"})])


def coverage(r):
    """Which lines and branches of the core its rooms' own tests reach."""
    for old in pathlib.Path(".").glob("build-coverage/**/*.gcda"):
        old.unlink()
    made = testrun.build("build for coverage", "build-coverage", "gcc",
                         "-Db_coverage=true", "-Doptimization=0",
                         "-Dc_args=-DARENA_EXACT")
    own = {f"test_{room}" for room, _ in
           least.read_least(source.read(source.ROOT, least.LEAST))}
    r.run([made])
    # "test_domain 1/2 (build-coverage)", where a room's tests run in parts;
    # every allocation fails in turn, or which ones do would be chance
    r.run([c._replace(env={**c.env, "TENSTAR_TEST_THOROUGH": "1"})
           for c in testrun.units(made, slow=False)
           if c.name.split()[0] in own])
    r.run([Check("coverage", testrun.tool("coverage", "build-coverage"))])


def mutate(r):
    """Every comparison of the core flipped in turn: some test must fail."""
    r.run([Check("mutants", testrun.tool("mutate"), limit=6 * 3600,
                 alone=True)])


def slow(r):
    """Slow unit tests under the address and undefined-behaviour sanitizers."""
    r.run([testrun.CLANG])
    r.run([c._replace(limit=7200)
           for c in testrun.units(testrun.CLANG, slow=True)
           if c.name.startswith("slow_")])


def thorough(r):
    """Every failing request of every loop over failures, not only some."""
    r.run([testrun.GCC])
    r.run([c._replace(limit=4 * 3600,
                      env={**c.env, "TENSTAR_TEST_ENGINE": "SQLite",
                           "TENSTAR_TEST_THOROUGH": "1"})
           for c in testrun.units(testrun.GCC, slow=True)])


def story_alone(r, name, **env):
    r.run([testrun.GCC])
    r.run([Check(name, ["bash", f"tests/{name}.sh"],
                 needs=(testrun.GCC.name,), limit=3600, alone=True, env=env)])


def clicked(r):
    """One enterprise's whole way, pressed through in a browser, twice."""
    story_alone(r, "clicked")


def browse(r):
    """Every page under axe for everybody, not only for who sees it first."""
    story_alone(r, "browse", THOROUGH="1")


def killed(r):
    """A large import, killed at sixty random moments."""
    story_alone(r, "stories/killed", ROWS="600000", KILLS="60",
                AT_ONCE="4096", SEED=str(int(time.time()) % 30000))


def bare(r):
    """A Debian 12 with nothing but git and bash: ./run build."""
    r.run([Check("bare machine", ["tools/bare"], limit=3600, alone=True)])


PARTS = {f.__name__: f for f in
         (valgrind, tsan, slow, thorough, fuzz, analyzer, scan, coverage,
          mutate, clicked, browse, killed, bare)}


def commit(report=REPORT):
    """The commit that is checked, marked where files other than the report
    differ from it."""
    def git(*words):
        return subprocess.run(["git", *words], check=True, text=True,
                              capture_output=True).stdout.strip()
    return git("rev-parse", "--short", "HEAD") + \
        ("+" if git("status", "--porcelain", "--", ".", f":!{report}") else "")


def state_of(part):
    try:
        return json.loads((STATE / f"{part}.json").read_text())
    except FileNotFoundError:
        return None


def run_part(r, part, on):
    before, start = (r.passed, r.failed), time.monotonic()
    print(f"--- {part}: {PARTS[part].__doc__}")
    PARTS[part](r)
    passed, failed = r.passed - before[0], r.failed - before[1]
    state = {
        "commit": on, "passed": passed, "failed": failed,
        "day": datetime.date.today().isoformat(),
        "seconds": round(time.monotonic() - start),
        "notes": r.notes[:],
    }
    r.notes.clear()
    (STATE / f"{part}.json").write_text(json.dumps(state, indent=1) + "\n")


def wanted(parts, on):
    """The parts to run: those named, else those not yet passed on `on`."""
    unknown = [p for p in parts if p not in PARTS]
    if unknown:
        sys.exit(f"./test deep has no {', '.join(unknown)}; it has "
                 f"{', '.join(PARTS)}, and report")
    if parts:
        return parts
    states = {p: state_of(p) for p in PARTS}
    return [p for p, s in states.items()
            if not s or s["commit"] != on or s["failed"] or on.endswith("+")]


def report():
    """The table of the last results, into docs/reliability.md."""
    lines = ["| part | day | commit | minutes | passed | failed | figures |\n",
             "|---|---|---|---|---|---|---|\n"]
    for part in PARTS:
        s = state_of(part)
        if s:
            lines.append(f"| {part} | {s['day']} | {s['commit']} | "
                         f"{s['seconds'] / 60:.1f} | {s['passed']} | "
                         f"{s['failed']} | {'; '.join(s['notes'])} |\n")
    path = source.ROOT / REPORT
    text = path.read_text()
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    path.write_text(head + BEGIN + "".join(lines) + END + tail)
    print(f"wrote {REPORT}")


def run(r, parts):
    STATE.mkdir(parents=True, exist_ok=True)
    if parts == ["report"]:
        report()
        sys.exit(0)
    on = commit()
    todo = wanted(parts, on)
    for part in todo:
        run_part(r, part, on)
    for part in [] if parts else [p for p in PARTS if p not in todo]:
        s = state_of(part)
        print(f"{part}: passed on {s['commit']}, {s['day']}")
        r.passed += s["passed"]
