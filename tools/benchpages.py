"""benchpages -- how long the pages of staff take, over fifty thousand cases.

    figures(port, case)

Alone: each page is asked for in turn, round by round, by whom it is for, on a
connection that stays open; what counts is the median of its rounds, and of the
pages the slowest.  At a pace: fifty people ask, each a page every two seconds
whether or not the one before was quick, and every hundredth may take longer
than what is told.
"""

import http.client
import re
import statistics
import threading
import time

ROUNDS = 21
PEOPLE = 50
SECONDS_A_PAGE = 2
SECONDS = 20

# Who asks for what; {case} is one with a journal.
PAGES = {
    "planner": ["/work", "/work?of=all", "/cases", "/cases?after=B00030000",
                "/cases?number=9999", "/registers", "/auditors"],
    "reviewer": ["/cases/{case}", "/cases/{case}/audit",
                 "/cases/{case}/decision"],
    "auditor1": ["/work", "/cases/{case}/papers", "/cases/{case}/checklist"],
    "quality": ["/cases/{case}/money", "/cases/{case}/certificate",
                "/cases/{case}/do/complaint.record"],
    "certificates": ["/certificates", "/certificates?soon=90",
                     "/enterprises", "/enterprises?q=B0000123"],
    "finance": ["/money", "/money?state=paid", "/money?q=B00001234"],
    "head": ["/figures", "/figures?scheme=ten-star", "/filings"],
    "admin": ["/people", "/trail"],
}


class Failed(Exception):
    """A page that was not answered as it should be."""


class Browser:
    """Somebody who is signed in, on one connection."""

    def __init__(self, port, login):
        self.connection = http.client.HTTPConnection("127.0.0.1", port,
                                                     timeout=30)
        self.cookies = {}
        token = re.search(r'name="token" value="([^"]+)"',
                          self.ask("GET", "/login")[1]).group(1)
        status, _ = self.ask("POST", "/login", f"token={token}&login={login}")
        if status != 303:
            raise Failed(f"{login} is not let in")

    def ask(self, method, path, form=None):
        headers = {"Cookie": "; ".join(f"{k}={v}"
                                       for k, v in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, form, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def seconds(self, path):
        """What a page takes, and that it is one."""
        began = time.perf_counter()
        status, _ = self.ask("GET", path)
        if status != 200:
            raise Failed(f"{path} is answered with {status}")
        return time.perf_counter() - began


def everybody(case):
    return [(login, path.format(case=case))
            for login, paths in PAGES.items() for path in paths]


def alone(port, case):
    """The median of each page's rounds, in milliseconds."""
    browsers = {login: Browser(port, login) for login in PAGES}
    taken = {page: [] for page in everybody(case)}
    for _ in range(ROUNDS):
        for login, path in taken:
            taken[login, path].append(1000 * browsers[login].seconds(path))
    return {page: statistics.median(times) for page, times in taken.items()}


class Visitor(threading.Thread):
    """One of the fifty; begins a while after the one before."""

    def __init__(self, port, first, login, paths):
        super().__init__()
        self.browser = Browser(port, login)
        self.first, self.paths, self.taken, self.wrong = first, paths, [], None

    def run(self):
        at = time.perf_counter() + self.first
        until = at + SECONDS
        n = 0
        try:
            while at < until:
                time.sleep(max(0, at - time.perf_counter()))
                self.browser.seconds(self.paths[n % len(self.paths)])
                # From when it was due: a queue counts.
                self.taken.append(1000 * (time.perf_counter() - at))
                at += SECONDS_A_PAGE
                n += 1
        except (Failed, OSError) as e:
            self.wrong = e


def at_pace(port, case):
    """What each page took from when it was due, in milliseconds."""
    logins = list(PAGES)
    visitors = []
    for i in range(PEOPLE):
        login = logins[i % len(logins)]
        paths = [p.format(case=case) for p in PAGES[login]]
        visitors.append(Visitor(port, i * SECONDS_A_PAGE / PEOPLE, login,
                                paths[i // len(logins) % len(paths):] + paths))
    for v in visitors:
        v.start()
    for v in visitors:
        v.join()
    for v in visitors:
        if v.wrong is not None:
            raise Failed(str(v.wrong))
    return sorted(t for v in visitors for t in v.taken)


def figures(port, case):
    """Of a server at `port` over a demonstration that bench_pages filled."""
    each = alone(port, case)
    slowest = max(each, key=each.get)
    paced = at_pace(port, case)
    told = {"pages.median_millis": statistics.median(each.values()),
            "pages.slowest_millis": each[slowest],
            "pages.paced": len(paced),
            "pages.paced_median_millis": statistics.median(paced),
            "pages.paced_p99_millis": paced[int(0.99 * len(paced))]}
    for (login, path), millis in sorted(each.items(), key=lambda x: -x[1]):
        print(f"{millis:8.2f} ms  {login} {path}")
    return told


def case_of(listed):
    """The first that has a certificate: it has come through every stage."""
    return next(c["number"] for c in listed if c.get("certificate"))
