"""log.py FOLDER VKEY NUMBER -- read a whole log: compute its root, and say what
it has of a certificate."""
import base64, hashlib, json, pathlib, sys
folder, vkey, number = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
text, signatures = (folder / "checkpoint").read_text().split("\n\n")
origin, size, root = text.split("\n")[:3]
size = int(size)

def path(n):                                    # 1234067 -> x001/x234/067
    groups = []
    while True:
        groups.insert(0, f"{n % 1000:03d}")
        n //= 1000
        if n == 0:
            return "/".join(["x" + g for g in groups[:-1]] + groups[-1:])

leaves = []
for i in range((size + 255) // 256):
    width = min(256, size - 256 * i)
    name = path(i) + (f".p/{width}" if width < 256 else "")
    data = (folder / "tile/entries" / name).read_bytes()
    while data:
        n = int.from_bytes(data[:2], "big")
        leaves.append(data[2:2 + n])
        data = data[2 + n:]

def tree(part):                                 # RFC 6962, 2.1
    if len(part) == 1:
        return hashlib.sha256(b"\0" + part[0]).digest()
    k = 1
    while 2 * k < len(part):
        k *= 2
    return hashlib.sha256(b"\1" + tree(part[:k]) + tree(part[k:])).digest()

assert len(leaves) == size and tree(leaves) == base64.b64decode(root), "altered"
line = next(s for s in signatures.splitlines()
            if s.startswith("\u2014 " + origin + " "))
open("signed", "w").write(text + "\n")
open("signature", "wb").write(base64.b64decode(line.split()[2])[4:])
key = base64.b64decode(vkey.split("+", 2)[2])[1:]
der = bytes.fromhex("302a300506032b6570032100") + key
open("key.pem", "w").write("-----BEGIN PUBLIC KEY-----\n"
    + base64.b64encode(der).decode() + "\n-----END PUBLIC KEY-----\n")
print(size, "entries of", origin)
for i, leaf in enumerate(leaves):
    entry = json.loads(leaf)
    if entry["public"].get("number") == number:
        print(i, entry["on"], entry["type"])
