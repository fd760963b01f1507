#!/usr/bin/env python3
"""receiver -- takes webhooks, and checks them by the text of Standard Webhooks
alone (standardwebhooks.com), with Python's own hmac.

    receiver.py FOLDER

FOLDER/secret holds the secret ("whsec_.."), FOLDER/says the status that is
answered ("hang": nothing is).  Of each message it writes a line to
FOLDER/heard, JSON: its id, its moment, whether the signature is right, and its
body.  The first line on standard output says
which port it listens at.
"""

import base64
import hashlib
import hmac
import http.server
import json
import pathlib
import sys
import time

FOLDER = pathlib.Path(sys.argv[1])


def is_right(headers, body):
    secret = (FOLDER / "secret").read_text().strip()
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    signed = (
        f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode()
        + body
    )
    want = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = headers["webhook-signature"].split(" ")
    return any(
        hmac.compare_digest(s, f"v1,{want.decode()}") for s in given
    )


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        heard = {
            "id": self.headers["webhook-id"],
            "moment": int(self.headers["webhook-timestamp"]),
            "right": is_right(self.headers, body),
            "type": self.headers["Content-Type"],
            "body": json.loads(body),
        }
        with (FOLDER / "heard").open("a") as f:
            f.write(json.dumps(heard, ensure_ascii=False) + "\n")
        says = (FOLDER / "says").read_text().strip()
        if says == "hang":
            time.sleep(600)
        self.send_response(int(says))
        if says == "302":
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    print(json.dumps({"port": server.server_address[1]}), flush=True)
    server.serve_forever()


main()
