"""token.py CREDENTIAL.jwt -- what was signed, and the signature (vc+jwt)."""
import base64, sys
def decode(s): return base64.urlsafe_b64decode(s + "=" * (-len(s) % 4))
head, body, signature = open(sys.argv[1]).read().strip().split(".")
open("signed", "w").write(head + "." + body)
open("signature", "wb").write(decode(signature))
print(decode(head).decode())
open("payload.json", "wb").write(decode(body))
