"""runner -- run checks side by side, show and count them.

A check is a command.  It passes when it exits 0 within its time; what it
prints is shown only when it fails.  When its last line reads "N passed, N
failed" these count, otherwise the check itself counts as one.  A command that
cannot be started fails like any other: nothing is ever skipped.

A line "note: .." of a check that passed is shown and kept: figures.

Every command gets a process group of its own, which is ended with it, and all
of them when we are: no test leaves a server behind.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import typing

COUNTS = re.compile(r"^(\d+) passed, (\d+) failed$")
SHOWN = 80  # lines of a failed check's output
ROOM = 8 << 30  # bytes of memory that have to be free for a folder in it
# One more than there are processors: checks wait for disks and browsers, too.
WORKERS = (os.cpu_count() or 1) + 1


class Check(typing.NamedTuple):
    name: str
    command: list
    needs: tuple = ()  # names of checks that must have passed
    alone: bool = False  # uses both cores, or measures time
    limit: int = 900  # seconds
    env: dict = {}
    folder: str = "."


class Result(typing.NamedTuple):
    passed: int
    failed: int
    seconds: float
    text: str


def counts(text, status):
    """(passed, failed) of a command's output and exit status."""
    lines = text.rstrip().splitlines()
    m = COUNTS.match(lines[-1]) if lines else None
    if not m:
        return (1, 0) if status == 0 else (0, 1)
    passed, failed = int(m.group(1)), int(m.group(2))
    if (status == 0) != (failed == 0) or passed + failed == 0:
        failed += 1  # it says one thing and returns another, or ran no test
    return passed, failed


class Runner:
    def __init__(self):
        self.lock = threading.Condition()
        self.groups = set()
        self.passed = self.failed = 0
        self.notes = []
        self.done = {}  # name -> whether it passed
        self.stopping = False

    def stop(self):
        """End every command and whatever it started."""
        with self.lock:
            self.stopping = True
            groups, self.groups = self.groups, set()
        for g in groups:
            end_group(g)

    def execute(self, check):
        start = time.monotonic()
        with tempfile.TemporaryFile() as out:
            status = self.wait(check, out, start)
            out.seek(0)
            text = out.read().decode(errors="replace")
        if status is None:
            text += f"\nended: it took longer than {check.limit} s"
            status = 1
        return Result(*counts(text, status), time.monotonic() - start, text)

    def wait(self, check, out, start):
        """The exit status of a command, None when its time ran out."""
        try:
            with self.lock:
                if self.stopping:
                    return 1
                p = subprocess.Popen(
                    check.command, stdout=out, stderr=subprocess.STDOUT,
                    stdin=subprocess.DEVNULL, start_new_session=True,
                    cwd=check.folder, env={**os.environ, **check.env})
                self.groups.add(p.pid)
        except OSError as e:
            out.write(f"cannot be started: {e}\n".encode())
            return 1
        try:
            return p.wait(check.limit - (time.monotonic() - start))
        except subprocess.TimeoutExpired:
            return None
        finally:
            end_group(p.pid)
            p.wait()
            with self.lock:
                self.groups.discard(p.pid)

    def show(self, check, r):
        self.passed += r.passed
        self.failed += r.failed
        word = "FAIL" if r.failed else "ok"
        many = f": {r.passed} passed" if r.passed + r.failed > 1 else ""
        if many and r.failed:
            many += f", {r.failed} failed"
        print(f"{word:4} {r.seconds:6.1f} s  {check.name}{many}")
        for line in [] if r.failed else r.text.splitlines():
            if line.startswith("note: "):
                print(f"    {line[6:]}")
                self.notes.append(line[6:])
        if r.failed and r.seconds > 0:
            print(f"    {' '.join(map(str, check.command))}")
        for line in r.text.rstrip().splitlines()[-SHOWN:] if r.failed else []:
            print(f"    {line}")

    def take(self, waiting, running):
        """The next check that may start now, or None."""
        for check in waiting:
            if any(n not in self.done for n in check.needs):
                continue
            if not running or not (check.alone or running[0].alone):
                return check
        return None

    def work(self, waiting, running):
        with self.lock:
            while waiting and not self.stopping:
                check = self.take(waiting, running)
                if check is None:
                    self.lock.wait()
                    continue
                waiting.remove(check)
                self.one(check, running)

    def one(self, check, running):
        """Run a check outside the lock, and enter its result."""
        missing = [n for n in check.needs if not self.done[n]]
        if missing:
            r = Result(0, 1, 0, f"not run, for this failed: {missing[0]}")
        else:
            running.append(check)
            self.lock.release()
            try:
                r = self.execute(check)
            finally:
                self.lock.acquire()
                running.remove(check)
        if not self.stopping:
            self.show(check, r)
        self.done[check.name] = r.failed == 0
        self.lock.notify_all()

    def run(self, checks):
        """Run them all; those named first start first."""
        known = {c.name for c in checks} | self.done.keys()
        for c in checks:
            assert set(c.needs) <= known, c
        waiting, running = list(checks), []
        threads = [threading.Thread(target=self.work, args=(waiting, running))
                   for _ in range(WORKERS)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()

    def last_line(self):
        return f"{self.passed} passed, {self.failed} failed"


def end_group(group):
    """End a process group politely, and what is left of it for good."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(group, sent)
        except ProcessLookupError:
            return
        for _ in range(20):
            if not alive(group):
                return
            time.sleep(0.05)


def alive(group):
    """Whether a group has a process that is more than a zombie."""
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            return True
    return False


def scratch(memory=pathlib.Path("/dev/shm"), room=ROOM):
    """A folder for what tests write, in memory where there is room for it: a
    disk that is synced takes more time than what is tested.  None: whoever
    calls chose one, or there is no room, and TMPDIR is as it was."""
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK):
        return None
    free = os.statvfs(memory)
    if min(free.f_bavail * free.f_frsize, available()) < room:
        return None
    folder = tempfile.mkdtemp(prefix="t-", dir=memory)
    os.chmod(folder, 0o711)  # a database server runs as somebody else
    os.environ["TMPDIR"] = folder
    return folder


def available():
    """Bytes of memory that programs may still take."""
    for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0


def remove(folder):
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def end_on_signals(runner, folder):
    """Ctrl-C and SIGTERM end what runs, remove what it wrote, then end us."""
    def handler(number, _):
        runner.stop()
        remove(folder)
        os._exit(128 + number)
    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)
