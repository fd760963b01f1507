// jose.mjs DID.json CREDENTIAL.jwt -- a token, verified by npm's jose.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
globalThis.crypto ??= webcrypto; // Node 18 has it only when it is asked for
const { compactVerify, importJWK } = await import("jose");
const [did, token] = process.argv.slice(2).map((f) => readFileSync(f, "utf8"));
const key = async ({ kid }) => importJWK(JSON.parse(did).verificationMethod
    .find((m) => m.id === kid).publicKeyJwk);
const { payload } = await compactVerify(token.trim(), key,
    { algorithms: ["EdDSA"] });
console.log(JSON.parse(new TextDecoder().decode(payload))
    .credentialSubject.name);
