// live -- a certificate's credential as a server gives it, read by npm jose and
// @digitalbazaar/vc with nothing but what the server publishes.
//   node live.mjs http://HOST:PORT NUMBER DAY [KEPT]
// KEPT is a file with a credential that was fetched before.  Says "good",
// "suspended" or "revoked" and the name of the key that signed.

import { readFileSync } from "node:fs";
import { importJWK, compactVerify } from "jose";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as eddsaJcs from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";

const [server, number, day, kept] = process.argv.slice(2);

// No library reads the real clock.
const NOW = Date.parse(`${day}T04:00:00Z`);
const RealDate = Date;
globalThis.Date = class extends RealDate {
    constructor(...given) {
        super(...(given.length === 0 ? [NOW] : given));
    }
    static now() {
        return NOW;
    }
};

async function get(path, accept) {
    const answer = await fetch(server + path, { headers: { accept } });
    if (!answer.ok) {
        throw new Error(`${path}: ${answer.status}`);
    }
    return answer.text();
}

const did = JSON.parse(await get("/.well-known/did.json", "*/*"));
const credential = JSON.parse(
    kept ? readFileSync(kept, "utf8")
        : await get(`/C/${number}`, "application/vc"));

// The lists' addresses are the body's; this server stands in for it.
async function documentLoader(address) {
    const method = did.verificationMethod.find((m) => m.id === address);
    let document;
    if (method) {
        document = { "@context": did["@context"][1], ...method };
    } else if (address === did.id) {
        document = did;
    } else {
        document = JSON.parse(
            await get(new URL(address).pathname, "application/vc"));
    }
    return { contextUrl: null, documentUrl: address, document };
}

const result = await vc.verifyCredential({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({
        cryptosuite: eddsaJcs.createVerifyCryptosuite(),
    }),
    documentLoader,
    checkStatus,
});
const bits = Object.fromEntries(
    (result.statusResult?.results ?? []).map((r) =>
        [r.credentialStatus.statusPurpose, r.status]));
// A set bit of either purpose makes the library refuse; nothing else may.
if (!result.verified && !bits.revocation && !bits.suspension) {
    throw new Error(String(result.error));
}

if (!kept) {
    const { payload } = await compactVerify(
        await get(`/C/${number}`, "application/vc+jwt"),
        async (header) => importJWK(did.verificationMethod.find(
            (m) => m.id === header.kid).publicKeyJwk),
        { algorithms: ["EdDSA"] });
    const { iat, ...said } = JSON.parse(new TextDecoder().decode(payload));
    const { proof, ...want } = credential;
    if (iat === undefined || proof === undefined ||
        JSON.stringify(said) !== JSON.stringify(want)) {
        throw new Error("the two forms differ");
    }
}

const stands = bits.revocation ? "revoked"
    : bits.suspension ? "suspended" : "good";
console.log(stands, credential.proof.verificationMethod.split("#")[1]);
