"""Tests of runner.py: what counts, what fails, and that nothing is left."""

import contextlib
import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
import unittest.mock

import runner
import source
from runner import Check

TOOLS = str(source.ROOT / "tools")


def sh(name, script, **more):
    return Check(name, ["sh", "-c", script], **more)


def run(*checks):
    """(passed, failed, what was printed)."""
    r = runner.Runner()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        r.run(checks)
    return r.passed, r.failed, out.getvalue()


class Counting(unittest.TestCase):
    def test_counts(self):
        rows = [
            ("silence", "", 0, (1, 0)),
            ("a failure", "", 1, (0, 1)),
            ("a test program", "x\n3 passed, 0 failed\n", 0, (3, 0)),
            ("one of four failed", "3 passed, 1 failed\n", 1, (3, 1)),
            ("died after counting", "3 passed, 0 failed\n", 1, (3, 1)),
            ("forgot to fail", "2 passed, 1 failed\n", 0, (2, 2)),
            ("ran nothing", "0 passed, 0 failed\n", 0, (0, 1)),
            ("counts not at the end", "3 passed, 0 failed\nx\n", 0, (1, 0)),
        ]
        for name, text, status, want in rows:
            with self.subTest(name):
                self.assertEqual(runner.counts(text, status), want)

    def test_adds_up(self):
        passed, failed, said = run(
            sh("a", "echo '3 passed, 1 failed'; exit 1"), sh("b", "true"))
        self.assertEqual((passed, failed), (4, 1))
        self.assertIn("a: 3 passed, 1 failed", said)


class Failing(unittest.TestCase):
    def test_a_missing_tool_fails(self):
        passed, failed, said = run(Check("a", ["no-such-tool"]))
        self.assertEqual((passed, failed), (0, 1))
        self.assertIn("cannot be started", said)

    def test_output_is_shown_only_on_failure(self):
        said = run(sh("good", "echo quiet"), sh("bad", "echo loud; false"))[2]
        self.assertNotIn("quiet", said)
        self.assertIn("    loud\n", said)

    def test_what_needs_a_failed_check_fails(self):
        passed, failed, said = run(sh("a", "false"),
                                   sh("b", "true", needs=("a",)),
                                   sh("c", "true", needs=("b",)))
        self.assertEqual((passed, failed), (0, 3))
        self.assertIn("not run, for this failed: a", said)

    def test_time_runs_out(self):
        start = time.monotonic()
        passed, failed, said = run(sh("a", "sleep 60", limit=0.2))
        self.assertEqual((passed, failed), (0, 1))
        self.assertIn("took longer", said)
        self.assertLess(time.monotonic() - start, 20)


class Order(unittest.TestCase):
    def test_alone_is_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            busy = f"mkdir {folder}/busy && sleep 0.1 && rmdir {folder}/busy"
            checks = [sh(f"alone {i}", busy, alone=True) for i in range(3)]
            self.assertEqual(run(*checks)[:2], (3, 0))

    def test_two_at_a_time(self):
        """Each waits for the other, so both must run at once."""
        with tempfile.TemporaryDirectory() as folder:
            meet = ("touch {0}/{1}; for i in $(seq 100); do "
                    "[ -e {0}/{2} ] && exit 0; sleep 0.05; done; exit 1")
            self.assertEqual(run(sh("a", meet.format(folder, "a", "b")),
                                 sh("b", meet.format(folder, "b", "a")))[:2],
                             (2, 0))


class Leaving(unittest.TestCase):
    """No process outlives its check, however either of them ends."""

    def gone(self, mark):
        done = subprocess.run(["pgrep", "-f", f"sleep {mark}"],
                              capture_output=True, text=True)
        return done.stdout == ""

    def test_after_a_check(self):
        self.assertEqual(run(sh("a", "sleep 3071 & true"))[:2], (1, 0))
        self.assertTrue(self.gone(3071))

    def test_a_child_that_ignores_sigterm(self):
        run(sh("a", "trap '' TERM; sleep 3072", limit=0.2))
        self.assertTrue(self.gone(3072))

    def test_after_our_own_end(self):
        script = textwrap.dedent(f"""
            import sys
            sys.path.insert(0, {TOOLS!r})
            import runner
            r = runner.Runner()
            folder = runner.scratch(room=0)
            runner.end_on_signals(r, folder)
            print(folder, flush=True)
            r.run([runner.Check("a", ["sh", "-c", "sleep 3073 & sleep 3073"])])
        """)
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                p = subprocess.Popen([sys.executable, "-B", "-c", script],
                                     stdout=subprocess.PIPE, text=True,
                                     env=without_tmpdir())
                folder = p.stdout.readline().strip()
                self.assertTrue(os.path.isdir(folder))
                while self.gone(3073):
                    time.sleep(0.02)
                p.send_signal(number)
                self.assertEqual(p.wait(20), 128 + number)
                p.stdout.close()
                self.assertTrue(self.gone(3073))
                self.assertFalse(os.path.exists(folder))


def without_tmpdir():
    return {k: v for k, v in os.environ.items() if k != "TMPDIR"}


class Scratch(unittest.TestCase):
    """Where tests write."""

    def chosen(self, room, **more):
        with tempfile.TemporaryDirectory() as memory, \
                unittest.mock.patch.dict(os.environ,
                                         {**without_tmpdir(), **more},
                                         clear=True):
            folder = runner.scratch(pathlib.Path(memory), room)
            known = os.environ.get("TMPDIR")
            there = folder is not None and \
                pathlib.Path(folder).parent == pathlib.Path(memory)
            runner.remove(folder)
            self.assertEqual(os.listdir(memory), [])
        return there, known == folder

    def test_in_memory_where_there_is_room(self):
        self.assertEqual(self.chosen(0), (True, True))

    def test_not_where_there_is_none(self):
        self.assertEqual(self.chosen(1 << 60), (False, True))

    def test_not_where_somebody_chose_one(self):
        self.assertEqual(self.chosen(0, TMPDIR="/var/tmp"), (False, False))

    def test_not_where_nobody_may_write(self):
        with unittest.mock.patch.dict(os.environ, without_tmpdir(),
                                      clear=True):
            self.assertIsNone(
                runner.scratch(pathlib.Path("/no-such-folder"), 0))


if __name__ == "__main__":
    unittest.main()
