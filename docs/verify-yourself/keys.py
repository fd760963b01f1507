"""keys.py DID.json KEY-ID -- its public key as key.pem."""
import base64, json, sys
document = json.load(open(sys.argv[1]))
jwk = next(m["publicKeyJwk"] for m in document["verificationMethod"]
           if m["id"] == sys.argv[2] + "-jwk")
raw = base64.urlsafe_b64decode(jwk["x"] + "=")
der = bytes.fromhex("302a300506032b6570032100") + raw
open("key.pem", "w").write("-----BEGIN PUBLIC KEY-----\n"
    + base64.b64encode(der).decode() + "\n-----END PUBLIC KEY-----\n")
