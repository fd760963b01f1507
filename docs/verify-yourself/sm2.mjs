// sm2.mjs CREDENTIAL.json CREDENTIAL.sm2 -- a signature by SM2, verified by
// npm's sm-crypto.
import { readFileSync } from "node:fs";
import sm from "sm-crypto";
const [credential, told] = process.argv.slice(2)
    .map((f) => readFileSync(f, "utf8").trimEnd());
const { public: publicKey, signature, signer } = JSON.parse(told);
console.log(sm.sm2.doVerifySignature(credential, signature, publicKey,
    { hash: true, publicKey, userId: signer }));
