// qr -- what the code on a paper says; the rules are those of src/verify/qr.h.

import { base32, concat, equal, utf8 } from "./bytes.mjs";
import { arrayHead, bytesHead, readCbor, textHead } from "./cbor.mjs";
import { codeKeys } from "./did.mjs";
import { DAY_MOST } from "./instant.mjs";
import { signedBy } from "./key.mjs";
import { Wrong } from "./wrong.mjs";

const TEXT_MOST = 2000;
const COSE_MOST = 500;
const COSE_SIGN1 = 18;
const SIGNATURE_BYTES = 64;
const DIGEST_BYTES = 8;
const STARS_MOST = 10;

const PROTECTED = Uint8Array.of(0xa1, 0x01, 0x27); // << { 1: -8 } >>
const ADDRESS = /^HTTPS:\/\/([A-Z0-9.:-]+)\/C\/([A-Z0-9.-]{1,60})$/; // [QR1]

export const looksLikeCode = (text) => /^https?:\/\/\S+$/i.test(text.trim());

// --- the statement -----------------------------------------------------------

const whole = (least, most) => (v) =>
    Number.isInteger(v) && v >= least && v <= most;
const text = (v) => typeof v === "string" && v.length > 0;

// Key, name, and what its value must be.
const FIELDS = [
    [1, "number", text],
    [2, "holder", text],
    [3, "uscc", text],
    [4, "criterion", text],
    [5, "stars", whole(1, STARS_MOST)],
    [6, "from", whole(0, DAY_MOST)],
    [7, "until", whole(0, DAY_MOST)],
    [8, "index", whole(0, Number.MAX_SAFE_INTEGER)],
    [9, "digest", (v) => v instanceof Uint8Array && v.length === DIGEST_BYTES],
];

const wrongField = (field) => new Wrong("qr.field", { field });

function readPayload(bytes) {
    const map = readCbor(bytes);
    if (!(map instanceof Map)) {
        throw new Wrong("qr.form");
    }
    const facts = { stars: 0 };
    for (const [key, name, fits] of FIELDS) {
        if (name === "stars" && !map.has(key)) { // [QR2]
            continue;
        }
        if (!fits(map.get(key))) {
            throw wrongField(name);
        }
        facts[name] = map.get(key);
    }
    if (facts.until < facts.from) {
        throw wrongField("until");
    }
    if (map.size !== (facts.stars > 0 ? 9 : 8)) {
        throw wrongField("another");
    }
    return facts;
}

// What a COSE_Sign1 is signed over.
const messageOf = (payload) => concat(
    arrayHead(4), textHead(10), utf8("Signature1"),
    bytesHead(PROTECTED.length), PROTECTED, bytesHead(0),
    bytesHead(payload.length), payload);

function readCose(bytes) {
    const cose = readCbor(bytes);
    const parts = cose?.tag === COSE_SIGN1 ? cose.value : null;
    if (!Array.isArray(parts) || parts.length !== 4) {
        throw new Wrong("qr.form");
    }
    const [head, open, payload, signature] = parts;
    const formed = head instanceof Uint8Array && equal(head, PROTECTED) &&
        open instanceof Map && open.size === 0 &&
        payload instanceof Uint8Array && payload.length > 0 &&
        signature instanceof Uint8Array && signature.length === SIGNATURE_BYTES;
    if (!formed) {
        throw new Wrong("qr.form");
    }
    return { signature, message: messageOf(payload), facts: readPayload(payload) };
}

function readStatement(letters, number) {
    const bytes = base32(letters);
    if (bytes === null) {
        throw new Wrong("qr.letters");
    }
    if (bytes.length === 0 || bytes.length > COSE_MOST) {
        throw new Wrong("qr.form");
    }
    const statement = readCose(bytes);
    if (statement.facts.number !== number) { // [QR4]
        throw new Wrong("qr.number", { number, stated: statement.facts.number });
    }
    return statement;
}

// { address, host, number, statement: null or { facts, message, signature } }
export function readCode(given) {
    const trimmed = given.trim();
    if (given.length > TEXT_MOST) {
        throw new Wrong("qr.long", { limit: TEXT_MOST });
    }
    const cut = trimmed.indexOf("#");
    const address = cut < 0 ? trimmed : trimmed.slice(0, cut);
    const [, host, number] = ADDRESS.exec(address) ?? [];
    if (number === undefined) {
        throw new Wrong("qr.address");
    }
    return {
        address,
        host: host.toLowerCase(),
        number,
        statement: cut < 0 ? null
            : readStatement(trimmed.slice(cut + 1), number),
    };
}

// [QR5] The key that signed it.
export async function checkCode(code, did) {
    if (code.statement === null) {
        throw new Wrong("qr.bare", { number: code.number });
    }
    const { message, signature } = code.statement;
    for (const key of codeKeys(did)) {
        if (await signedBy(key.key, message, signature)) {
            return key;
        }
    }
    throw new Wrong("qr.signature", { number: code.number, did: did.id });
}
