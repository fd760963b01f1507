// did -- the keys a body has signed with, from its did.json; the rules are
// those of src/verify/did.h [DI1]-[DI5].

import { base58, base64url } from "./bytes.mjs";
import { dayOf, instant } from "./instant.mjs";
import { at, textAt } from "./json.mjs";
import { Wrong } from "./wrong.mjs";

const KEYS_MOST = 200;
const KEY_BYTES = 32;

const wrong = (field) => new Wrong("did.document", { field });

function multikey(text) {
    const typed = text?.startsWith("z") ? base58(text.slice(1)) : null;
    return typed?.length === KEY_BYTES + 2 && typed[0] === 0xed &&
        typed[1] === 0x01 ? typed.slice(2) : null;
}

function webKey(jwk) {
    if (at(jwk, "kty") !== "OKP" || at(jwk, "crv") !== "Ed25519") {
        return null;
    }
    const key = base64url(textAt(jwk, "x") ?? "");
    return key?.length === KEY_BYTES ? key : null;
}

// null: a key we do not know what to do with [DI4].
function publicOf(method) {
    switch (method.type) {
    case "Multikey":
        return multikey(textAt(method, "publicKeyMultibase"));
    case "JsonWebKey":
        return webKey(at(method, "publicKeyJwk"));
    default:
        return null;
    }
}

function moment(method, name, otherwise) {
    const text = at(method, name);
    if (text === undefined) {
        return otherwise;
    }
    const seconds = instant(text);
    if (seconds === null) {
        throw wrong(name);
    }
    return seconds;
}

function readMethod(document, method) {
    const id = textAt(method, "id");
    if (!id?.startsWith(`${document.id}#`)) {
        throw wrong("verificationMethod.id");
    }
    if (at(method, "controller") !== document.id) {
        throw wrong("controller");
    }
    const asserts = at(document, "assertionMethod");
    return {
        id,
        key: publicOf(method),
        from: moment(method, "validFrom", -Infinity),
        until: moment(method, "expires", Infinity),
        revoked: moment(method, "revoked", Infinity),
        asserts: Array.isArray(asserts) && asserts.includes(id), // [DI3]
    };
}

// { id, keys } of a document that is JSON already.
export function readDid(document) {
    const methods = at(document, "verificationMethod");
    if (!textAt(document, "id")?.startsWith("did:")) {
        throw wrong("id");
    }
    if (!Array.isArray(methods)) {
        throw wrong("verificationMethod");
    }
    if (methods.length > KEYS_MOST) {
        throw new Wrong("did.many", { limit: KEYS_MOST });
    }
    const keys = methods.map((m) => readMethod(document, m));
    const twice = keys.find((k, i) => keys.findIndex((o) => o.id === k.id) < i);
    if (twice !== undefined) {
        throw new Wrong("did.twice", { key: twice.id });
    }
    return { id: document.id, keys: keys.filter((k) => k.key !== null) };
}

// The key `id`, if it may have signed a credential at the moment `signed`.
export function keyAt(did, id, signed) {
    const key = did.keys.find((k) => k.id === id);
    if (key === undefined) {
        throw new Wrong("did.unknown", { key: id, did: did.id });
    }
    if (key.revoked !== Infinity) { // [DI2]
        throw new Wrong("did.revoked", { key: id, on: { day: dayOf(key.revoked) } });
    }
    if (!key.asserts) {
        throw new Wrong("did.purpose", { key: id });
    }
    const when = { key: id, signed: { day: dayOf(signed) } };
    if (signed < key.from) { // [DI1]
        throw new Wrong("did.early", { ...when, on: { day: dayOf(key.from) } });
    }
    if (signed >= key.until) {
        throw new Wrong("did.late", { ...when, on: { day: dayOf(key.until) } });
    }
    return key;
}

// The keys that QR codes may be signed with (src/verify/qr.h [QR5]).
export function codeKeys(did) {
    return did.keys.filter((k) => k.id.startsWith(`${did.id}#qr-`) &&
        k.asserts && k.revoked === Infinity);
}

// "register.example.cn:8443", the host of a did:web; null when it has none.
export function hostOf(id) {
    const host = /^did:web:([^:]+)/.exec(id)?.[1];
    return host === undefined ? null : host.replace(/%3a/gi, ":").toLowerCase();
}
