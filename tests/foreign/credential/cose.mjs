// The code on the paper, by @auth0/cose and cbor-x.

import { Decoder, Encoder } from "cbor-x";
import { importJWK } from "jose";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { allRefused, flips, json, say, text } from "./lib/checks.mjs";

// Debian 12's Node 18 cannot import it.
const { Sign1 } = createRequire(import.meta.url)("@auth0/cose");

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function base32(letters) {
    const bytes = [];
    let group = 0;
    let bits = 0;
    for (const letter of letters) {
        group = ((group << 5) | LETTERS.indexOf(letter)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes.push((group >> bits) & 0xff);
        }
    }
    return Uint8Array.from(bytes);
}

const did = json("did.json");
const key = await importJWK(
    did.verificationMethod.find((m) => m.id.endsWith("#qr-1-jwk")).publicKeyJwk,
    "EdDSA",
);

async function verified(bytes) {
    const sign1 = Sign1.decode(bytes);
    await sign1.verify(key);
    return sign1;
}

const code = text("qr.txt");
const [address, letters] = code.split("#");
const bytes = base32(letters);
const sign1 = await verified(bytes);
say(true, `@auth0/cose verifies the code (${bytes.length} bytes)`);
say(/^[0-9A-Z $%*+\-./:]+$/.test(address), "the address is alphanumeric");
say(code.length <= 358, "the code fits version 11 at level M");
say(text("qr-bare.txt") === address, "the bare code is its address");

// --- what it says is what the credential says ---

const said = new Decoder({ mapsAsObjects: false }).decode(sign1.payload);
const credential = json("full.json");
const subject = credential.credentialSubject;
const day = (instant) => Math.floor((Date.parse(instant) / 3600000 + 8) / 24);
const { proof, ...unsigned } = credential;
// Our canonical text is JSON.stringify's: keys come sorted, and no number in
// it has a fraction.
const digest = createHash("sha256").update(JSON.stringify(unsigned)).digest();
const holder = subject.issuedToParty.name;
for (const [what, got, want] of [
    ["number", said.get(1), subject.name],
    ["number in the address", address.split("/C/")[1], subject.name],
    ["code", said.get(3), subject.issuedToParty.registeredId],
    ["criterion", said.get(4), subject.assessment[0].referenceStandard.name],
    ["stars", said.get(5), subject.assessment[0].declaredValue[0].metricValue.value],
    ["first day", said.get(6), day(credential.validFrom)],
    ["last day", said.get(7), day(credential.validUntil)],
    ["index", String(said.get(8)), credential.credentialStatus[0].statusListIndex],
    ["digest", Buffer.from(said.get(9)).toString("hex"),
        digest.subarray(0, 8).toString("hex")],
]) {
    say(got === want, `the code's ${what} is ${want}`);
}
const stated = said.get(2);
say(stated === holder ||
    (stated.endsWith("…") && holder.startsWith(stated.slice(0, -1))),
    "the code's holder is the name or its beginning");
say(said.size === 9, "the code says nothing else");

// --- nothing in it can be altered ---

await allRefused("the code", flips(bytes), verified);

function* otherFields() {
    const encoder = new Encoder({ mapsAsObjects: false, tagUint8Array: false,
        useRecords: false });
    for (const field of said.keys()) {
        const altered = new Map(said);
        const value = altered.get(field);
        altered.set(field, typeof value === "number" ? value + 1
            : typeof value === "string" ? `${value}x`
                : Buffer.from("12345678"));
        const copy = new Sign1(sign1.encodedProtectedHeaders,
            sign1.unprotectedHeaders, encoder.encode(altered),
            sign1.signature);
        yield [`field ${field}`, copy];
    }
}
await allRefused("the code's fields", otherFields(), (copy) => copy.verify(key));
