"""stamp -- a time-stamping service (RFC 3161) for tests: OpenSSL behind HTTP.

    python3 -B tests/foreign/stamp.py FOLDER

FOLDER holds tsa.cnf, as openssl ts -reply reads it, and other.tsq, a query of
something else.  Prints the port it listens on at this machine.

    POST /         a stamp of what is asked
    POST /other    a stamp of other.tsq, whatever is asked
"""

import http.server
import os
import subprocess
import sys


class Service(http.server.BaseHTTPRequestHandler):
    """Answers one query after the other."""

    def do_POST(self):
        """A stamp."""
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        query = "other.tsq"
        if self.path == "/":
            query = "asked.tsq"
            with open(query, "wb") as file:
                file.write(asked)
        answer = subprocess.run(
            ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile",
             query], check=True, capture_output=True).stdout
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        """Says nothing."""


os.chdir(sys.argv[1])
server = http.server.HTTPServer(("127.0.0.1", 0), Service)
print(server.server_port, flush=True)
server.serve_forever()
