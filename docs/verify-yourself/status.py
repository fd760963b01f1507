"""status.py LIST.json INDEX -- the bit of a certificate in a list of status."""
import base64, gzip, json, sys
text = json.load(open(sys.argv[1]))["credentialSubject"]["encodedList"][1:]
bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
index = int(sys.argv[2])
print(len(bits) * 8, "entries;", bool(bits[index // 8] >> (7 - index % 8) & 1))
