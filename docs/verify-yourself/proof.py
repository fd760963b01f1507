"""proof.py CREDENTIAL.json -- what was signed, and the signature, by
eddsa-jcs-2022."""
import hashlib, json, sys
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
document = json.load(open(sys.argv[1]))
proof = document.pop("proof")
number = 0
for letter in proof.pop("proofValue")[1:]:
    number = number * 58 + ALPHABET.index(letter)
def digest(tree):  # RFC 8785; our keys are ASCII and our numbers whole
    return hashlib.sha256(json.dumps(tree, sort_keys=True, ensure_ascii=False,
                                     separators=(",", ":")).encode()).digest()
open("signed", "wb").write(digest(proof) + digest(document))
open("signature", "wb").write(number.to_bytes(64, "big"))
print("key:", proof["verificationMethod"], "signed:", proof["created"])
