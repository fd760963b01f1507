// Credentials with an eddsa-jcs-2022 proof and their status, by
// @digitalbazaar/vc, its cryptosuite and its status list.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as eddsaJcs from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { DID, alterations, allRefused, json, say } from "./lib/checks.mjs";

const did = json("did.json");
const pages = new Map([
    ["https://register.example.cn/status/revocation/1", json("revocation.json")],
    ["https://register.example.cn/status/suspension/1", json("suspension.json")],
    [DID, did],
]);

async function documentLoader(address) {
    const method = did.verificationMethod.find((m) => m.id === address);
    const document = method
        ? { "@context": did["@context"][1], ...method }
        : pages.get(address);
    if (document === undefined) {
        throw new Error(`not here: ${address}`);
    }
    return { contextUrl: null, document: structuredClone(document),
        documentUrl: address };
}

const suite = () =>
    new DataIntegrityProof({ cryptosuite: eddsaJcs.createVerifyCryptosuite() });

async function check(credential, status) {
    return vc.verifyCredential({
        credential: structuredClone(credential),
        suite: suite(),
        documentLoader,
        checkStatus: status,
    });
}

// The signature alone: what the lists say is looked at below.
const unasked = async () => ({ verified: true });

async function verified(credential) {
    return (await check(credential, unasked)).verified;
}

for (const name of ["full", "plain", "old", "revocation", "suspension"]) {
    const credential = json(`${name}.json`);
    const result = await check(credential, unasked);
    say(result.verified, `@digitalbazaar/vc verifies ${name}.json` +
        (result.verified ? "" : `: ${result.error}`));
    await allRefused(`${name}.json`, alterations(credential), verified);
}

// --- status: results[].status is true when the bit is set ---

async function statuses(credential) {
    const result = await check(credential, checkStatus);
    if (!result.verified) {
        throw new Error(String(result.error));
    }
    return Object.fromEntries(result.statusResult.results.map((r) =>
        [r.credentialStatus.statusPurpose, r.status]));
}

const full = json("full.json");
const stands = await statuses(full);
say(stands.revocation === true, "the list says that the sample is revoked");
say(stands.suspension === false, "the list says that it is not suspended");

const { BitstringStatusList } = await import(
    "@digitalbazaar/vc-bitstring-status-list");
for (const [name, want] of [
    ["revocation", [0, 94567, 131071]],
    ["suspension", [94568]],
]) {
    const list = await BitstringStatusList.decode(
        json(`${name}.json`).credentialSubject);
    const set = [];
    for (let i = 0; i < list.length; i++) {
        if (list.getStatus(i)) {
            set.push(i);
        }
    }
    say(list.length === 131072, `${name}: 131072 entries`);
    say(String(set) === String(want), `${name}: exactly ${want} are set`);
}

// A credential is not believed whose list was altered in anything.
const address = "https://register.example.cn/status/revocation/1";
const good = pages.get(address);
await allRefused("full.json with another list", alterations(good),
    async (altered) => {
        pages.set(address, altered);
        const result = await check(full, checkStatus);
        pages.set(address, good);
        return result.verified;
    });
