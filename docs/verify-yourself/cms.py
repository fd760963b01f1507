"""cms.py FILE.pdf -- what was signed, and the signature (PAdES)."""
import re, sys
data = open(sys.argv[1], "rb").read()
first, length, second, rest = map(int, re.findall(
    rb"/ByteRange *\[ *(\d+) +(\d+) +(\d+) +(\d+) *\]", data)[-1])
assert first == 0 and second + rest == len(data), "signed in part only"
hole = data[length + 1:second - 1]
der = bytes.fromhex(hole.decode())
size = 4 + int.from_bytes(der[2:4], "big")  # 30 82 LENGTH; then only room
assert der[:2] == b"\x30\x82" and not any(der[size:]), "something is hidden"
open("signed", "wb").write(data[:length] + data[second:])
open("signature.der", "wb").write(der[:size])
