#!/usr/bin/env python3
"""read -- what Python's parser of mails makes of one, as JSON.

    read.py FILE.eml
"""

import email
import email.policy
import json
import pathlib
import sys


def defects(part):
    found = [type(d).__name__ for d in part.defects]
    for name in part.keys():
        found += [type(d).__name__ for d in part[name].defects]
    return found


def main(path):
    raw = pathlib.Path(path).read_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    lines = raw.split(b"\r\n")
    parts = list(mail.walk())
    said = {
        "subject": mail["subject"],
        "from": str(mail["from"]),
        "to": str(mail["to"]),
        "id": mail["message-id"],
        "date": mail["date"].datetime.isoformat(),
        "types": [p.get_content_type() for p in parts],
        "text": mail.get_body(("plain",)).get_content(),
        "html": mail.get_body(("html",)).get_content(),
        "longest": max(len(line) for line in lines),
        "bare": b"\n" in raw.replace(b"\r\n", b""),
        "ascii": raw.isascii(),
        "defects": [d for p in parts for d in defects(p)],
    }
    json.dump(said, sys.stdout, ensure_ascii=False)


main(sys.argv[1])
