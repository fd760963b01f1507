"""benchtable -- what every figure is called, its aim, and how it is shown.

A figure is a name and a number; what part measured it stands before the dot.
Those without a row here are not shown: a part may tell more than one reads.
"""

import typing

import benchregister

BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->\n"
LOADED = 0.05  # of the machine's time: more than that by others is said aloud


class Row(typing.NamedTuple):
    name: str
    words: str
    unit: str  # "x": a ratio; "": a plain count
    below: float = 0  # the aim; 0: none
    above: float = 0  # the aim where more is better


PARTS = {
    "score": "One assessment of the ten-star package, and a million",
    "replay": "A case known again from its journal, a demonstration's case"
              " after its first surveillance",
    "rebuild": "Every projection made again from a million events",
    "start": "The program: first answer and memory, with the demonstration",
    "run": "`./run`, when it has run before",
    "http": "600 bytes by our server and by libmicrohttpd alone",
    "lookup": "A certificate looked up, and a constant of the same size by"
              " libmicrohttpd alone",
    "register": "A certificate looked up by a program, out of the register's"
                " book, numbers drawn all over it; and a constant of the same"
                " size by the same server, by nginx, and the look-up by node"
                " with fastify and better-sqlite3",
    "register_page": "The page about a certificate, numbers drawn all over"
                     " the register, and a constant of its size",
    "register_changing": "A certificate looked up, with nothing else to do"
                         " and while 2,000 certificates a second change on"
                         " the same core",
    "register_sizes": "A look-up as the register grows: packed answers of"
                      " 200 bytes",
    "store": "Durable commands of the store alone, and bare SQLite",
    "commands": "Durable commands on cases, whole, and bare SQLite",
    "issue": "Certificates issued in bulk, durably, all of it but the paper",
    "paper": "A certificate as a PDF file, and a page about it printed by"
             " Chromium",
    "log": "The transparency log: entries of 400 bytes, a checkpoint every"
           " 500",
    "verify": "Verifying offline, and the one Ed25519 signature each needs",
    "tick": "What a day does by itself, over fifty thousand certificates",
    "pages": "The pages of staff, over fifty thousand cases, each whole and"
             " over the network",
    "records": "The figures of service records: 14 columns, by outlet and"
               " month, beside DuckDB on the same file",
    "screens": "Screens of service records, on honest files and on such of"
               " which a part is made up",
    "screening": "The same screens over ten million tickets, one thread",
    "search": "Names at the size of a country: pieces of one to six"
              " characters, the best 20 and the count, every other with"
              " filters; beside SQLite's FTS5 by pairs of characters,"
              " unranked",
}

ROWS = (
    Row("score.leaves", "leaf indicators", ""),
    Row("score.micros", "one assessment", "µs", 20),
    Row("score.to_doubles", "to the same sum in doubles, inexact", "x"),
    Row("score.million_seconds", "a million assessments, two threads", "s",
        15),

    Row("replay.events", "events", ""),
    Row("replay.bytes", "bytes of canonical JSON", ""),
    Row("replay.micros", "read, hashes and chain verified, folded", "µs",
        1000),
    Row("replay.micros_an_event", "the same, an event", "µs"),
    Row("replay.loaded_micros", "the same out of the store", "µs"),
    Row("replay.to_least", "to hashing by libsodium and parsing by jansson"
        " alone", "x"),

    Row("rebuild.events", "events", ""),
    Row("rebuild.cases", "cases", ""),
    Row("rebuild.certificates", "certificates", ""),
    Row("rebuild.seconds", "every journal verified and folded, every row"
        " written, one transaction", "s", 60),
    Row("rebuild.micros_an_event", "the same, an event", "µs"),
    Row("rebuild.to_least", "to reading and hashing all events alone", "x"),
    Row("rebuild.hwm", "resident at most", "MiB"),

    Row("start.millis", "from the start to the first 200", "ms", 300),
    Row("start.to_least", "to a program of libmicrohttpd alone", "x"),
    Row("start.rss", "resident after a thousand requests", "MiB", 40),
    Row("start.hwm", "resident at most", "MiB", 40),
    Row("start.least_rss", "resident: libmicrohttpd alone", "MiB"),

    Row("run.seconds", "from `./run` to the first 200", "s", 2),

    Row("http.bare.rate", "libmicrohttpd alone", "/s"),
    Row("http.bare.micros", "CPU an answer", "µs"),
    Row("http.quiet.rate", "ours, no access log", "/s"),
    Row("http.quiet.rate_to_bare", "its rate to the library's", "x"),
    Row("http.quiet.micros_to_bare", "its CPU to the library's", "x"),
    Row("http.logging.rate", "ours, access log", "/s"),
    Row("http.logging.rate_to_bare", "its rate to the library's", "x"),
    Row("http.logging.micros_to_bare", "its CPU to the library's", "x"),

    Row("lookup.json.inside_micros", "as JSON, without a network", "µs"),
    Row("lookup.json.rate", "as JSON, access log", "/s"),
    Row("lookup.json.micros", "CPU an answer", "µs"),
    Row("lookup.json.rate_to_bare", "its rate to the constant's", "x"),
    Row("lookup.json.micros_to_bare", "its CPU to the constant's", "x"),
    Row("lookup.page.inside_micros", "as a page, without a network", "µs"),
    Row("lookup.page.rate", "as a page, access log", "/s"),
    Row("lookup.page.micros", "CPU an answer", "µs"),
    Row("lookup.page.rate_to_bare", "its rate to the constant's", "x"),
    Row("lookup.page.micros_to_bare", "its CPU to the constant's", "x"),

    Row("register.rows", "certificates from a file", ""),
    Row("register.bytes", "bytes of an answer", ""),
    Row("register.constant.inside_micros", "the constant, without a network",
        "µs"),
    Row("register.lookup.inside_micros", "a certificate, without a network",
        "µs"),
    Row("register.constant.rate", "the constant, access log", "/s"),
    Row("register.lookup.rate", "a certificate, access log", "/s"),
    Row("register.lookup.rate_to_bare", "its rate to the constant's", "x",
        above=0.95),
    Row("register.lookup.micros_to_bare", "its CPU to the constant's", "x"),
    Row("register.lookup.p99_to_bare", "its p99 to the constant's", "x", 1.5),
    Row("register.nginx.rate", "nginx `return`, access log", "/s"),
    Row("register.lookup.rate_to_nginx", "a certificate to that", "x",
        above=0.95),
    Row("register.nginx_quiet.rate", "nginx `return`, no access log", "/s"),
    Row("register.lookup.rate_to_nginx_quiet", "a certificate to that", "x"),
    Row("register.fastify.rate", "node, fastify and better-sqlite3, no access"
        " log", "/s"),
    Row("register.lookup.rate_to_fastify", "a certificate to that", "x",
        above=4),
    Row("register.many.rate", "a hundred certificates at a time, access log",
        "/s"),
    Row("register.many.certificates", "that is certificates", "/s"),
    Row("register.many.to_single", "to one at a time", "x", above=5),

    Row("register_page.rows", "certificates from a file", ""),
    Row("register_page.bytes", "bytes of a page", ""),
    Row("register_page.constant.inside_micros", "the constant, without a"
        " network", "µs"),
    Row("register_page.lookup.inside_micros", "a page, without a network",
        "µs"),
    Row("register_page.constant.rate", "the constant, access log", "/s"),
    Row("register_page.lookup.rate", "a page, access log", "/s"),
    Row("register_page.lookup.rate_to_bare", "its rate to the constant's",
        "x", above=0.6),
    Row("register_page.lookup.p99_to_bare", "its p99 to the constant's", "x"),

    Row("register_changing.rows", "certificates from a file", ""),
    Row("register_changing.changes", "certificates changed", "/s"),
    Row("register_changing.packed", "answers packed", "/s"),
    Row("register_changing.quiet.rate", "look-ups with nothing else to do",
        "/s"),
    Row("register_changing.lookup.rate", "look-ups meanwhile", "/s"),
    Row("register_changing.lookup.rate_to_bare", "their rate to that", "x"),
    Row("register_changing.quiet.p99_micros", "p99 with nothing else to do",
        "µs"),
    Row("register_changing.lookup.p99_micros", "p99 meanwhile", "µs"),
    Row("register_changing.lookup.p99_to_bare", "that to the other", "x", 2),

    Row("register_sizes.bytes", "bytes of an answer", ""),
    Row("register_sizes.constant.rate", "a constant of that size", "/s"),
    *(row for n in benchregister.SIZES for row in (
        Row(f"register_sizes.{n}.inside_micros", f"{n:,} certificates, without"
            " a network", "µs"),
        Row(f"register_sizes.{n}.rate", "access log", "/s"),
        Row(f"register_sizes.{n}.rate_to_bare", "to the constant", "x"),
        Row(f"register_sizes.{n}.p99_micros", "p99", "µs"),
        Row(f"register_sizes.{n}.to_smallest", "an answer's time to that at"
            " the smallest size", "x"))),
    Row("register_sizes.largest_to_constant", "the largest size to the"
        " constant", "x", above=0.85),
    Row("register_sizes.growth", "an answer's time, largest to smallest size",
        "x", 1.5),

    Row("store.alone_rate", "one client, an fsync each", "/s"),
    Row("store.group_rate", "64 clients through the committer", "/s"),
    Row("store.group_size", "commands a transaction", ""),
    Row("store.bare_rate", "bare SQLite, as many transactions", "/s"),
    Row("store.group_to_bare", "the committer to bare SQLite", "x"),
    Row("store.group_to_alone", "the committer to one client", "x"),

    Row("commands.rate", "64 clients, journals of 30 events on average",
        "/s"),
    Row("commands.micros", "CPU a command", "µs"),
    Row("commands.group_size", "commands a transaction", ""),
    Row("commands.bare_rate", "bare SQLite: the same four rows, as many"
        " transactions", "/s"),
    Row("commands.bare_micros", "CPU a command of bare SQLite", "µs"),
    Row("commands.to_bare", "ours to bare SQLite", "x"),
    Row("commands.micros_to_bare", "its CPU to bare SQLite's", "x"),
    Row("commands.least_micros", "CPU a command of bare SQLite that writes of"
        " the case's row only what changed", "µs"),
    Row("commands.to_least", "ours to that", "x"),
    Row("commands.micros_to_least", "its CPU to that one's", "x"),

    Row("issue.events", "events in the case before its certificate", ""),
    Row("issue.rate", "64 clients, cases at work a moment before", "/s",
        above=5000),
    Row("issue.micros", "CPU a certificate", "µs"),
    Row("issue.writer_micros", "of that in the one writer's thread", "µs"),
    Row("issue.group_size", "certificates a transaction", ""),
    Row("issue.signatures_micros", "of that the three Ed25519 signatures"
        " alone", "µs"),
    Row("issue.pair_micros", "a key pair made of its seed, which none of them"
        " needs", "µs"),
    Row("issue.rows", "rows it leaves", ""),
    Row("issue.bare_micros", "CPU of those rows in bare SQLite, as many"
        " transactions", "µs"),
    Row("issue.bare_rate", "bare SQLite's rate", "/s"),
    Row("issue.to_bare", "ours to bare SQLite, which signs nothing", "x"),
    Row("issue.micros_to_bare", "its CPU to bare SQLite's", "x"),
    Row("issue.cold_rate", "64 clients, cases read from their journals first",
        "/s"),
    Row("issue.cold_micros", "CPU a certificate", "µs"),
    Row("issue.log_micros", "CPU afterwards, for an index and a checkpoint:"
        " the journals are read again", "µs"),

    Row("paper.first_millis", "the first: worker started, fonts opened", "ms"),
    Row("paper.warm_millis", "each after it", "ms", 40),
    Row("paper.bytes", "bytes", ""),
    Row("paper.signed_millis", "each after it, signed as well", "ms", 40),
    Row("paper.signed_bytes", "bytes, signed", ""),
    Row("paper.chromium_millis", "Chromium's print", "ms"),
    Row("paper.to_chromium", "ours, signed, to Chromium's", "x", 0.02),

    Row("log.entries", "entries in memory", ""),
    Row("log.memory_micros", "one appended, checkpoints and all", "µs", 10),
    Row("log.memory_rate", "that is", "/s"),
    Row("log.durable_entries", "entries into SQLite", ""),
    Row("log.durable_micros", "one entered, given its index and signed,"
        " durably", "µs", 100),
    Row("log.durable_rate", "that is", "/s"),
    Row("log.proof_micros", "a proof file out of that store", "µs", 100),

    Row("verify.bare_micros", "a signature of 160 bytes alone", "µs"),
    Row("verify.code_micros", "the text of a QR code", "µs"),
    Row("verify.code_to_bare", "it to its signature", "x", 1.2),
    Row("verify.token_micros", "a credential as vc+jwt", "µs"),
    Row("verify.token_bare_micros", "its signature alone, of 4,100 bytes",
        "µs"),
    Row("verify.token_to_bare", "it to its signature", "x", 1.2),
    Row("verify.json_micros", "a credential as JSON", "µs"),
    Row("verify.json_bare_micros", "its signature alone, of 64 bytes", "µs"),
    Row("verify.json_to_bare", "it to its signature", "x", 1.2),

    Row("pages.cases", "cases", ""),
    Row("pages.median_millis", "a page, asked for alone", "ms"),
    Row("pages.slowest_millis", "the slowest page, asked for alone", "ms",
        20),
    Row("pages.paced", "pages that fifty people ask for, each one every two"
        " seconds", ""),
    Row("pages.paced_median_millis", "one of these", "ms"),
    Row("pages.paced_p99_millis", "of a hundred of these the slowest", "ms",
        60),

    Row("tick.live", "certificates that run", ""),
    Row("tick.day_seconds", "a day's run", "s", 2),
    Row("tick.expired", "certificates it let expire, durably one by one", ""),
    Row("tick.told", "notices it gave", ""),
    Row("tick.again_millis", "the same day once more", "ms"),
    Row("tick.first_seconds", "the first run of all", "s"),
    Row("tick.first_told", "notices it gave", ""),

    Row("records.rows", "tickets", ""),
    Row("records.seconds", "all figures, of a period that is given", "s"),
    Row("records.cpu", "the same, of both processors", "s"),
    Row("records.memory", "memory", "MiB", 300),
    Row("records.whole_seconds", "all figures, the period found first", "s"),
    Row("records.duckdb_seconds", "DuckDB: its CSV reader into a table, the"
        " same groupings", "s"),
    Row("records.duckdb_cpu", "the same, of both processors", "s"),
    Row("records.duckdb_memory", "memory", "MiB"),
    Row("records.to_duckdb", "ours to DuckDB's", "x", 0.5),
    Row("records.few_millis", "the first page of 100,000 tickets: period found"
        ", by outlet", "ms", 300),

    Row("screens.2000_files", "files of 2,000 tickets, of each kind", ""),
    Row("screens.2000_any", "honest ones that raise a screen, of 1,000", "",
        20),
    Row("screens.2000_found", "made-up ones found, of 1,000 that can be told,"
        " by the screen that finds the fewest", "", above=850),
    Row("screens.10000_files", "files of 10,000 tickets, of each kind", ""),
    Row("screens.10000_any", "honest ones that raise a screen, of 1,000", "",
        20),
    Row("screens.10000_found", "made-up ones found, likewise", "", above=950),

    Row("screening.tickets", "tickets", ""),
    Row("screening.make_and_add_seconds", "all of them made and taken in",
        "s"),
    Row("screening.run_seconds", "all screens run", "s", 10),
    Row("screening.maker_rows_a_second", "rows of such a file written", "/s"),

    Row("search.names", "names", ""),
    Row("search.build_seconds", "index made", "s", 90),
    Row("search.build_cpu", "the same, of the processor", "s"),
    Row("search.index_megabytes", "index", "MB", 600),
    Row("search.written.p50_micros", "as written, the median", "µs", 300),
    Row("search.written.p99_micros", "99 of 100 within", "µs", 5000),
    Row("search.syllables.p50_micros", "by syllables, the median", "µs", 300),
    Row("search.syllables.p99_micros", "99 of 100 within", "µs", 5000),
    Row("search.initials.p50_micros", "by first letters, the median", "µs",
        300),
    Row("search.initials.p99_micros", "99 of 100 within", "µs", 5000),
    Row("search.updates", "names a second that become small indexes of 500",
        "/s", above=5000),
    Row("search.quiet.p50_micros", "from files, without filters, the median",
        "µs"),
    Row("search.quiet.p99_micros", "99 of 100 within", "µs"),
    Row("search.changing.p50_micros", "while names change, the median", "µs"),
    Row("search.changing.p99_micros", "99 of 100 within", "µs"),
    Row("search.changes", "names that changed a second meanwhile", "/s",
        above=4900),
    Row("search.fts5.build_seconds", "FTS5: made", "s"),
    Row("search.fts5.index_megabytes", "index", "MB"),
    Row("search.fts5.p50_micros", "as written, the median", "µs"),
    Row("search.fts5.p99_micros", "99 of 100 within", "µs"),
)


def read_figures(text):
    """{name: number} of lines "name number"; anything else is an error."""
    figures = {}
    for line in text.splitlines():
        name, value = line.split(" ")
        figures[name] = float(value)
    return figures


def number(value):
    """Three digits that count, and the commas of large numbers."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def shown(value, unit):
    return number(value) + {"": "", "x": " ×", "/s": "/s"}.get(
        unit, " " + unit)


def keeps(row, value):
    if row.above:
        return value > row.above
    return not row.below or value < row.below


def missed(figures):
    """The rows whose aim was measured and missed."""
    return [r for r in ROWS if r.name in figures
            and not keeps(r, figures[r.name])]


def aim(row, value):
    if not row.below and not row.above:
        return ""
    side, wanted = ("above", row.above) if row.above else ("below", row.below)
    verdict = "kept" if keeps(row, value) else "**missed**"
    return f"{side} {shown(wanted, row.unit)}: {verdict}"


def conditions(state):
    """When and where a part was measured, in one line."""
    share = round(100 * state["others"])
    line = (f"{state['day']}, commit {state['commit']}, {state['machine']};"
            f" others took {share} % of it")
    if state["others"] > LOADED:
        line += " (**under load**: not to be relied on)"
    return line + "."


def table_of(part, state):
    lines = [f"### {PARTS[part]}\n", "\n", conditions(state) + "\n", "\n",
             f"| `tools/bench {part}` | figure | aim |\n", "|---|---|---|\n"]
    for row in ROWS:
        if row.name.startswith(part + ".") and row.name in state["figures"]:
            value = state["figures"][row.name]
            lines.append(f"| {row.words} | {shown(value, row.unit)} |"
                         f" {aim(row, value)} |\n")
    return "".join(lines) + "\n"


def tables_in(text):
    """{part: its table} of what stands between the marks."""
    titles = {title: part for part, title in PARTS.items()}
    found = {}
    for section in text.split("### ")[1:]:
        title = section.partition("\n")[0]
        if title in titles:
            found[titles[title]] = "### " + section
    return found


def rewritten(text, states):
    """The document with the tables of `states` ({part: state}) in it; those
    of other parts stay, for they may come from another folder."""
    head, begin, rest = text.partition(BEGIN)
    old, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError("the marks for the figures are gone")
    tables = tables_in(old) | {p: table_of(p, s) for p, s in states.items()}
    tables = "".join(tables[p] for p in PARTS if p in tables)
    return head + BEGIN + "\n" + tables + END + tail
