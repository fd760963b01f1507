"""seals.py DOSSIER -- is each part the one that was sealed in the entry?"""
import base64, hashlib, json, pathlib, sys
dossier = pathlib.Path(sys.argv[1])
line = (dossier / "record.tlog-proof").read_text().split("\n")[1]
entry = json.loads(base64.b64decode(line.removeprefix("extra ")))
sealed = {p["part"]: p["seal"] for p in entry["public"]["parts"]}
parts = json.loads((dossier / "manifest.json").read_text())["parts"]
assert {p["part"]: p["seal"] for p in parts} == sealed, "other seals"
shown = [p for p in parts if "file" in p]
for p in shown:
    data = bytes.fromhex(p["salt"]) + (dossier / p["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == p["seal"], p["part"]
print(entry["type"], entry["on"], len(shown), "of", len(parts), "parts shown")
