// sealed -- a JSON document that somebody signed: with an eddsa-jcs-2022 proof
// inside, or as vc+jwt.  The rules: src/verify/{sealed,data_integrity,jws}.h.

import { base58, base64url, concat, textOf, utf8 } from "./bytes.mjs";
import { keyAt } from "./did.mjs";
import { instant } from "./instant.mjs";
import { at, canonical, digestOf, isObject, parse, textAt } from "./json.mjs";
import { signedBy } from "./key.mjs";
import { Wrong } from "./wrong.mjs";

const SIGNATURE_BYTES = 64;
const SEALED_MOST = 4 << 20;
const LAST_SECOND = 7258118399; // the end of 2199-12-31 at UTC

function without(object, key) {
    const { [key]: _, ...rest } = object;
    return rest;
}

// --- a proof inside --------------------------------------------------------------

// Each with the value it must have; null: any text.
const MEMBERS = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-jcs-2022",
    created: null,
    verificationMethod: null,
    proofPurpose: "assertionMethod",
    proofValue: null,
};

// [PR3]
function checkMembers(proof) {
    for (const field of Object.keys(proof)) {
        if (field !== "@context" && !Object.hasOwn(MEMBERS, field)) {
            throw new Wrong("proof.member", { field });
        }
    }
    for (const [field, wanted] of Object.entries(MEMBERS)) {
        const text = textAt(proof, field);
        if (text === null || (wanted !== null && text !== wanted)) {
            throw new Wrong("proof.field", { field });
        }
    }
}

// Does `context` begin with all that is in `first`?
function beginsWith(context, first) {
    if (!Array.isArray(context) || !Array.isArray(first)) {
        return context !== undefined && canonical(context) === canonical(first);
    }
    return first.length <= context.length &&
        first.every((value, i) => canonical(value) === canonical(context[i]));
}

// [PR2] The document without its proof, with the proof's context.
function bareDocument(document, proof) {
    const bare = without(document, "proof");
    const context = at(proof, "@context");
    if (context === undefined) {
        return bare;
    }
    if (!beginsWith(at(bare, "@context"), context)) {
        throw new Wrong("proof.context");
    }
    return { ...bare, "@context": context };
}

async function readProof(text) {
    const signed = parseObject(text);
    const proof = at(signed, "proof");
    if (!isObject(proof)) {
        throw new Wrong("proof.none");
    }
    checkMembers(proof);
    const created = instant(proof.created);
    if (created === null) {
        throw new Wrong("proof.field", { field: "created" });
    }
    const signature = proof.proofValue.startsWith("z")
        ? base58(proof.proofValue.slice(1)) : null;
    if (signature?.length !== SIGNATURE_BYTES) {
        throw new Wrong("proof.field", { field: "proofValue" });
    }
    const document = bareDocument(signed, proof);
    return {
        document,
        created,
        signature,
        method: proof.verificationMethod,
        message: concat(await digestOf(without(proof, "proofValue")), // [PR1]
            await digestOf(document)),
    };
}

// --- a token -----------------------------------------------------------------

function parseObject(text) {
    const value = parse(text);
    if (!isObject(value)) {
        throw new Wrong("sealed.object");
    }
    return value;
}

function decodedObject(letters) {
    const text = textOf(base64url(letters) ?? new Uint8Array([0xff]));
    if (text === null) {
        throw new Wrong("jws.form");
    }
    return text;
}

// [JW2] [JW3]
function checkHeader(header) {
    for (const field of ["typ", "cty", "alg", "kid"]) {
        const value = at(header, field);
        if (value !== undefined && typeof value !== "string") {
            throw new Wrong("jws.header", { field });
        }
    }
    if (header.alg !== "EdDSA" && header.alg !== "Ed25519") {
        throw new Wrong("jws.algorithm", { algorithm: header.alg ?? "" });
    }
    if (header.typ !== "vc+jwt") {
        throw new Wrong("jws.type",
            { type: header.typ ?? "", expected: "vc+jwt" });
    }
    if (at(header, "crit") !== undefined) {
        throw new Wrong("jws.critical");
    }
}

function readHeader(letters) {
    let header;
    try {
        header = parse(decodedObject(letters));
    } catch {
        throw new Wrong("jws.form");
    }
    if (!isObject(header)) {
        throw new Wrong("jws.form");
    }
    checkHeader(header);
    return header;
}

function checkClaims(payload) {
    for (const field of ["vc", "vp"]) {
        if (at(payload, field) !== undefined) {
            throw new Wrong("sealed.claim", { field });
        }
    }
    const iat = at(payload, "iat");
    if (!Number.isInteger(iat) || iat < 0 || iat > LAST_SECOND) {
        throw new Wrong("sealed.claim", { field: "iat" });
    }
}

async function readToken(text) {
    const parts = text.split(".");
    const signature = parts.length === 3 ? base64url(parts[2]) : null;
    if (signature?.length !== SIGNATURE_BYTES) {
        throw new Wrong("jws.form");
    }
    const header = readHeader(parts[0]);
    const payload = parseObject(decodedObject(parts[1]));
    checkClaims(payload);
    return {
        document: without(payload, "iat"),
        created: payload.iat,
        signature,
        method: header.kid ?? "",
        message: utf8(`${parts[0]}.${parts[1]}`), // [JW1]
    };
}

// --- both ----------------------------------------------------------------------

// [SE1] [SE2] { document, digest, method, created, message, signature }
export async function readSealed(text) {
    const trimmed = text.trim();
    if (text.length > SEALED_MOST) {
        throw new Wrong("sealed.long", { limit: SEALED_MOST });
    }
    const made = trimmed.startsWith("{") ? await readProof(trimmed)
        : await readToken(trimmed);
    return { ...made, digest: await digestOf(made.document) };
}

// Did `issuer` sign it, with a key of his that was good then?
export async function checkSealed(sealed, issuer, did) {
    if (issuer !== did.id) {
        throw new Wrong("sealed.issuer", { issuer, did: did.id });
    }
    const key = keyAt(did, sealed.method, sealed.created);
    if (!await signedBy(key.key, sealed.message, sealed.signature)) {
        throw new Wrong("sealed.signature", { key: sealed.method });
    }
}
