"""benchregister -- look-ups in a register of the size of a country.

    answers(run, folder)     page(run, folder)      changing(run, folder)
    sizes(run, folder)

What is measured on takes minutes to make: it is made once and stays in the
folder that `tools/bench --keep DIR` names, or else in build/kept.  `run` is
how a program of bench/ is run (benchrun.program).
"""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import time

ROWS = 4_200_000  # China's public register at the end of 2024
SIZES = (10_000, 100_000, 1_000_000, 4_200_000, 42_000_000)
BYTES_AN_ANSWER = 256  # of the largest size, in memory and on the disk
ROUNDS = 5
SECONDS = 3
PATIENCE = 60  # seconds for a server's first answer
FASTIFY = "bench/fastify"
NGINX = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    default_type application/json;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{logging};
        access_log /dev/null;
        location / {{ return 200 '{answer}'; }}
    }}
    server {{
        listen 127.0.0.1:{quiet};
        access_log off;
        location / {{ return 200 '{answer}'; }}
    }}
}}
"""


class Failed(Exception):
    """What kept it from being measured."""


class Choice:
    """What the command line says of it."""
    keep = pathlib.Path("build/kept")
    rows = ROWS
    seconds = SECONDS


# --- what is measured on -----------------------------------------------------

def program(*command, out=subprocess.DEVNULL):
    if subprocess.run([str(c) for c in command], stdout=out).returncode != 0:
        raise Failed(f"{command[0]} {command[1]} gave up")


def begun(name):
    """A folder to be filled and what it is called when that is done."""
    new = Choice.keep / f"{name}.new"
    shutil.rmtree(new, ignore_errors=True)
    Choice.keep.mkdir(parents=True, exist_ok=True)
    return new, Choice.keep / name


def register():
    """A demonstration into whose register a file of certificates went."""
    new, whole = begun(f"register-{Choice.rows}")
    if whole.exists():
        return whole
    program("build/tenstar", "demo", new, "--size", 5)
    rows = new / "rows.csv"
    with open(rows, "wb") as out:
        program("build/bench/bench_register_make", Choice.rows, out=out)
    began = time.monotonic()
    program("build/tenstar", "register", "import", rows, "--data", new,
            "--as", "certificates")
    print(f"{Choice.rows} rows imported in {time.monotonic() - began:.0f} s",
          flush=True)
    rows.unlink()
    new.rename(whole)
    return whole


def memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def fits(size, where):
    """Is there room for the book of a size, on the disk or made already, and
    in two thirds of the memory?"""
    need = size * BYTES_AN_ANSWER
    there = (where / str(size)).exists()
    return need < memory() * 2 // 3 and \
        (there or need * 5 // 4 < shutil.disk_usage(where).free)


def sizes_kept():
    """The folder of all sizes that fit here, and which they are."""
    where = Choice.keep / "sizes"
    where.mkdir(parents=True, exist_ok=True)
    wanted = [s for s in SIZES if s <= max(Choice.rows * 10, SIZES[0])]
    there = [s for s in wanted if fits(s, where)]
    for left_out in sorted(set(wanted) - set(there)):
        print(f"{left_out} answers do not fit here", flush=True)
    for size in there:
        if not (where / str(size)).exists():
            program("build/tenstar", "demo", where / str(size), "--size", 1)
    return where, there


# --- beside it ---------------------------------------------------------------

def free_port():
    with contextlib.closing(socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers_at(port):
    with contextlib.closing(socket.socket()) as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def serving(port, *command):
    """On the first core, as ours."""
    began = time.monotonic()
    p = subprocess.Popen(["taskset", "-c", "0", *map(str, command)],
                         stdout=subprocess.DEVNULL)
    try:
        while not answers_at(port):
            if p.poll() is not None or time.monotonic() - began > PATIENCE:
                raise Failed(f"{command[0]} does not serve")
            time.sleep(0.02)
        yield
    finally:
        p.terminate()
        p.wait()


def nginx(folder, ports):
    where = pathlib.Path(folder).resolve()
    answer = (where / "constant.json").read_text(encoding="utf-8")
    conf = where / "nginx.conf"
    conf.write_text(NGINX.format(folder=where, logging=ports[0],
                                 quiet=ports[1],
                                 answer=answer.replace("\\", "\\\\")
                                              .replace("'", "\\'")),
                    encoding="utf-8")
    command = shutil.which("nginx") or "/usr/sbin/nginx"
    return serving(ports[0], command, "-p", where, "-c", conf)


def fastify(data, port):
    """Its packages are built where there is no binary of theirs."""
    if not (pathlib.Path(FASTIFY) / "node_modules").exists():
        program("npm", "ci", "--loglevel=error", "--prefix", FASTIFY)
    return serving(port, "node", f"{FASTIFY}/server.mjs", data / "tenstar.db",
                   port)


# --- measured ----------------------------------------------------------------

def answers(run, folder):
    data = register()
    ports = [free_port() for _ in range(3)]
    run("register", "constant", data, folder)
    with nginx(folder, ports), fastify(data, ports[2]):
        return run("register", "answers", data, folder, ROUNDS,
                   Choice.seconds, *ports) | {"register.rows": Choice.rows}


def page(run, folder):
    return run("register", "page", register(), folder, ROUNDS,
               Choice.seconds) | {"register_page.rows": Choice.rows}


def changing(run, folder):
    return run("register", "changing", register(), folder, ROUNDS,
               Choice.seconds) | {"register_changing.rows": Choice.rows}


def sizes(run, _):
    where, there = sizes_kept()
    return run("register_sizes", where, ROUNDS, Choice.seconds, *there)
