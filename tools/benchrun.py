#!/usr/bin/env python3
"""benchrun -- measure the parts, and rewrite docs/benchmarks.md.

    benchrun.py [--keep DIR] [--rows N] [--seconds N] [PART...]

The programs of bench/ measure most; what has to be seen from outside, the
start, the memory and ./run, is measured here.  Each part's last figures stay
in build/measured/PART.json, with the day, the commit, the machine and how much
of it others used meanwhile, so parts may be measured one at a time.  It exits
1 when an aim is missed or a part could not be measured.  What takes minutes to
make is made once and stays in DIR, build/kept otherwise; N is how many
certificates the register has, and how long each is asked in a round.
"""

import argparse
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import benchpages
import benchregister
import benchtable
import deeprun
import source

STATE = pathlib.Path("build/measured")
REPORT = "docs/benchmarks.md"
ROUNDS = 9
PRINTS = 5
REQUESTS = 1000
RUN_PORT = 8010  # ./run has no other
PATIENCE = 60  # seconds for a first answer


class Unmeasured(Exception):
    """What kept a part from being measured."""


# --- programs of bench/ -----------------------------------------------------

def program(name, *arguments):
    """The figures that build/bench/bench_NAME tells."""
    done = subprocess.run([f"build/bench/bench_{name}", *map(str, arguments)],
                          stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Unmeasured(f"bench_{name} gave up")
    return benchtable.read_figures(done.stdout)


def demonstration(folder):
    made = f"{folder}/demo"
    subprocess.run(["build/tenstar", "demo", made], check=True,
                   stdout=subprocess.DEVNULL)
    return made


def case_list(data):
    return json.loads(subprocess.run(
        ["build/tenstar", "case", "list", "--data", data, "--json"],
        check=True, stdout=subprocess.PIPE, text=True).stdout)


def score(_):
    return program("score", "schemes/ten-star/scheme.yaml")


def replay(folder):
    return program("replay", demonstration(folder))


def rebuild(folder):
    return program("rebuild", demonstration(folder))


def web(_):
    return program("http")


def lookup(folder):
    return program("lookup", demonstration(folder))


def of_register(part):
    """A part of benchregister, as one of ours."""
    def measured_so(folder):
        try:
            return part(program, folder)
        except benchregister.Failed as e:
            raise Unmeasured(str(e)) from e
    return measured_so


def store(folder):
    return program("store", folder)


def commands(folder):
    return program("commands", folder)


def verify(_):
    return program("verify")


def log(folder):
    return program("log", folder)


def issue(folder):
    return program("issue", demonstration(folder))


def search(_):
    """ENTERPRISES=FILE in the environment makes names of a real list."""
    return program("search") | program("search_live")


def tick(folder):
    return program("tick", demonstration(folder))


def pages(folder):
    data, port = demonstration(folder), free_port()
    listed = case_list(data)
    told = program("pages", data)
    ours = ["build/tenstar", "serve", "--data", data,
            "--listen", f"127.0.0.1:{port}"]
    with serving(ours, port):
        try:
            return told | benchpages.figures(port,
                                             benchpages.case_of(listed))
        except benchpages.Failed as e:
            raise Unmeasured(str(e)) from e


def printed(page, folder):
    """Seconds that Chromium takes to print the page; None without it."""
    if shutil.which("chromium") is None:
        return None
    start = time.monotonic()
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    f"--user-data-dir={folder}/chromium",
                    f"--print-to-pdf={folder}/page.pdf", page], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def paper(folder):
    """Ours and Chromium's print of the page about a certificate, in turn."""
    made = demonstration(folder)
    subprocess.run(["build/page_preview", folder], check=True,
                   stdout=subprocess.DEVNULL)
    page = f"file://{folder}/certificate_valid.zh.html"
    rounds = [(program("paper", made), printed(page, folder))
              for _ in range(PRINTS)]
    figures = {name: statistics.median(ours[name] for ours, _ in rounds)
               for name in rounds[0][0]}
    if rounds[0][1] is not None:
        figures["paper.chromium_millis"] = \
            1000 * statistics.median(theirs for _, theirs in rounds)
        figures["paper.to_chromium"] = statistics.median(
            ours["paper.signed_millis"] / 1000 / theirs
            for ours, theirs in rounds)
    return figures


# --- service records beside DuckDB -------------------------------------------

RECORDS = 10_000_000
RECORDS_FEW = 100_000
RECORDS_ROUNDS = 5


def spent(command):
    """Seconds by the clock, of processors, and most memory in MiB, of a
    command that has to succeed."""
    began = time.monotonic()
    p = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, code, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(code)
    if p.returncode != 0:
        raise Unmeasured(f"{command[0]} gave up")
    return (time.monotonic() - began, used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024)


def made_records(folder, rows):
    made = f"{folder}/{rows}.csv"
    with open(made, "wb") as out:
        subprocess.run(["build/bench/bench_records_make", str(rows)],
                       stdout=out, check=True)
    return made


def records(folder):
    """Ours and DuckDB's figures of one file, in turn."""
    subprocess.run(["npm", "ci", "--loglevel=error", "--prefix",
                    "bench/duckdb"], check=True, stdout=subprocess.DEVNULL)
    file, few = made_records(folder, RECORDS), \
        made_records(folder, RECORDS_FEW)
    ours = ["build/tenstar", "records", "kpi", "--by", "outlet_month",
            "--json"]
    page = ["build/tenstar", "records", "kpi", "--by", "outlet", few]
    period = ["--from", "2024-01-01", "--to", "2025-12-31"]
    theirs = ["node", "bench/duckdb/figures.mjs", file,
              str(os.cpu_count())]
    rounds = [(spent([*ours, *period, file]), spent([*ours, file]),
               spent(theirs), spent(page))
              for _ in range(RECORDS_ROUNDS)]

    def median(of):
        return statistics.median(of(r) for r in rounds)
    return {"records.rows": RECORDS,
            "records.seconds": median(lambda r: r[0][0]),
            "records.cpu": median(lambda r: r[0][1]),
            "records.memory": median(lambda r: r[0][2]),
            "records.whole_seconds": median(lambda r: r[1][0]),
            "records.duckdb_seconds": median(lambda r: r[2][0]),
            "records.duckdb_cpu": median(lambda r: r[2][1]),
            "records.duckdb_memory": median(lambda r: r[2][2]),
            "records.to_duckdb": median(lambda r: r[0][0] / r[2][0]),
            "records.few_millis": median(lambda r: 1000 * r[3][0])}


def screens(_):
    """Of sizes up to 10000: larger files take minutes and raise no more."""
    return program("screens", 100, 10_000)


def screening(_):
    return program("screening", 10)


# --- servers seen from outside ----------------------------------------------

def status(port, path):
    """What a request is answered with; None where nobody answers yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return None
    finally:
        connection.close()


@contextlib.contextmanager
def serving(command, port):
    """Start `command`; (its process, seconds to the first 200)."""
    if status(port, "/") is not None:
        raise Unmeasured(f"port {port} is in use by another program")
    start = time.monotonic()
    p = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    try:
        while status(port, "/") != 200:
            if p.poll() is not None or time.monotonic() - start > PATIENCE:
                raise Unmeasured(f"{' '.join(command)} does not serve")
        yield p, time.monotonic() - start
    finally:
        p.terminate()
        p.wait()


def free_port():
    """One that nobody has now."""
    with contextlib.closing(http.client.socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def resident(pid, what):
    """VmRSS or VmHWM of a process, in MiB."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) / 1024
    raise ValueError(what)


def ask_much(port, paths):
    for i in range(REQUESTS):
        path = paths[i % len(paths)]
        if status(port, path) != 200:
            raise Unmeasured(f"{path} is not answered")


def public_paths(data):
    """What strangers ask for: every kind of page, every certificate."""
    numbers = [c["certificate"] for c in case_list(data)
               if c.get("certificate")]
    return ["/", "/help", "/?q=%E7%A4%BA%E4%BE%8B",
            *(f"/c/{n}" for n in numbers),
            *(f"/api/v1/certificates/{n}" for n in numbers)]


def start(folder):
    data, port = demonstration(folder), free_port()
    ours = ["build/tenstar", "serve", "--data", data,
            "--listen", f"127.0.0.1:{port}"]
    least = ["build/bench/bench_constant", str(port)]
    paths = public_paths(data)
    seconds, ratios = [], []
    for _ in range(ROUNDS):
        with serving(ours, port) as (p, first):
            ask_much(port, paths)
            rss, hwm = resident(p.pid, "VmRSS"), resident(p.pid, "VmHWM")
        with serving(least, port) as (p, bare):
            ask_much(port, ["/"])
            least_rss = resident(p.pid, "VmRSS")
        seconds.append(first)
        ratios.append(first / bare)
    return {"start.millis": 1000 * statistics.median(seconds),
            "start.to_least": statistics.median(ratios),
            "start.rss": rss, "start.hwm": hwm, "start.least_rss": least_rss}


def run(_):
    """The first time it makes the demonstration, if there is none."""
    seconds = []
    for _ in range(ROUNDS + 1):
        with serving(["./run"], RUN_PORT) as (_, first):
            seconds.append(first)
    return {"run.seconds": statistics.median(seconds[1:])}


PARTS = {"score": score, "replay": replay, "rebuild": rebuild, "start": start,
         "run": run, "http": web, "lookup": lookup,
         "register": of_register(benchregister.answers),
         "register_page": of_register(benchregister.page),
         "register_changing": of_register(benchregister.changing),
         "register_sizes": of_register(benchregister.sizes),
         "store": store,
         "commands": commands, "issue": issue, "tick": tick, "log": log,
         "pages": pages, "paper": paper, "verify": verify,
         "records": records, "screens": screens, "screening": screening,
         "search": search}


# --- the machine ------------------------------------------------------------

def machine():
    """"2 cores of AMD EPYC, 24 GiB, Linux 6.1"."""
    model = platform.machine()
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return (f"{os.cpu_count()} cores of {model}, {memory / 2**30:.0f} GiB,"
            f" Linux {platform.release()}")


def busy():
    """Seconds that all programs of the machine, and other machines on the
    same iron, have taken so far.  Interrupts are nobody's."""
    fields = pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    user, nice, system, steal = (int(fields[i]) for i in (0, 1, 2, 7))
    return (user + nice + system + steal) / os.sysconf("SC_CLK_TCK")


def ours():
    """Seconds of CPU that we and what we started have taken so far."""
    return sum(u.ru_utime + u.ru_stime for u in
               (resource.getrusage(resource.RUSAGE_SELF),
                resource.getrusage(resource.RUSAGE_CHILDREN)))


def measured(part):
    """A part's figures, with the conditions they were measured under."""
    began, before = time.monotonic(), busy() - ours()
    with tempfile.TemporaryDirectory(dir="build") as folder:
        figures = PARTS[part](folder)
    others = (busy() - ours() - before) \
        / (time.monotonic() - began) / os.cpu_count()
    return {"day": datetime.date.today().isoformat(),
            "commit": deeprun.commit(REPORT),
            "machine": machine(), "others": max(0, others), "figures": figures}


# --- all of it --------------------------------------------------------------

def states():
    """The last measurement of every part that has one."""
    return {p: json.loads((STATE / f"{p}.json").read_text())
            for p in PARTS if (STATE / f"{p}.json").exists()}


def write_report():
    path = source.ROOT / REPORT
    path.write_text(benchtable.rewritten(path.read_text(), states()))


def measure(part):
    """Measure a part and write it down; what is wrong with it, in lines."""
    print(f"--- {part}", flush=True)
    try:
        state = measured(part)
    except Unmeasured as why:
        return [f"not measured: {part}: {why}"]
    (STATE / f"{part}.json").write_text(json.dumps(state, indent=1) + "\n")
    print(benchtable.table_of(part, state), flush=True)
    write_report()
    return [f"missed: {row.words} ({row.name})"
            for row in benchtable.missed(state["figures"])]


def chosen():
    """The parts that the command line names; its options are set."""
    words = argparse.ArgumentParser(usage=__doc__)
    words.add_argument("--keep", type=pathlib.Path)
    words.add_argument("--rows", type=int)
    words.add_argument("--seconds", type=int)
    words.add_argument("parts", nargs="*")
    told = words.parse_args()
    for name in ("keep", "rows", "seconds"):
        if getattr(told, name):
            setattr(benchregister.Choice, name, getattr(told, name))
    return told.parts or list(PARTS)


def main():
    parts = chosen()
    unknown = [p for p in parts if p not in PARTS]
    if unknown:
        sys.exit(f"tools/bench has no {', '.join(unknown)}; it has"
                 f" {', '.join(PARTS)}")
    subprocess.run(["ninja", "--quiet", "-C", "build", "benches"], check=True)
    STATE.mkdir(parents=True, exist_ok=True)
    wrong = [line for part in parts for line in measure(part)]
    print("\n".join(wrong) or f"every aim is kept; wrote {REPORT}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
