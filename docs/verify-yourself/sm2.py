"""sm2.py CREDENTIAL.json CREDENTIAL.sm2 -- what was signed by SM2, the
signature and the key, as OpenSSL takes them."""
import base64, json, sys
told = json.load(open(sys.argv[2]))
raw = bytes.fromhex(told["signature"])
def integer(b):
    b = b.lstrip(b"\0")
    b = (b"\0" if b[0] >= 0x80 else b"") + b
    return b"\2" + bytes([len(b)]) + b
both = integer(raw[:32]) + integer(raw[32:])
open("signature", "wb").write(b"\x30" + bytes([len(both)]) + both)
open("signed", "wb").write(open(sys.argv[1], "rb").read().rstrip(b"\n"))
der = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200"
                    + told["public"])
open("key.pem", "w").write("-----BEGIN PUBLIC KEY-----\n"
    + base64.encodebytes(der).decode() + "-----END PUBLIC KEY-----\n")
print("key:", told["key"], "signer:", told["signer"])
