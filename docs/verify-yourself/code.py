"""code.py < TEXT -- what was signed, and the signature, of a QR code."""
import base64, sys
text = sys.stdin.read().strip().split("#")[1]
cose = base64.b32decode(text + "=" * (-len(text) % 8))
# d2 84 43 a10127 a0 58 LENGTH PAYLOAD 58 40 SIGNATURE   (RFC 9052, COSE_Sign1)
assert cose[:8] == bytes.fromhex("d28443a10127a058"), "another form"
payload = cose[9:9 + cose[8]]
assert cose[9 + cose[8]:][:2] == b"\x58\x40", "another form"
open("signed", "wb").write(b"\x84\x6aSignature1\x43\xa1\x01\x27\x40\x58"
                           + bytes([len(payload)]) + payload)
open("signature", "wb").write(cose[-64:])
print(payload.decode("utf-8", "replace"))
