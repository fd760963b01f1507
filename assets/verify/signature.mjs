// signature -- RSA and ECDSA by the browser's own cryptography, as X.509 and
// CMS name them.
//
//   [SG1] SHA-256, SHA-384 and SHA-512; what is older is refused.
//   [SG2] What this browser cannot compute is no refutation.

import { concat } from "./bytes.mjs";
import { INTEGER, SEQUENCE, bad, context, inside, magnitude, oidOf, onlyOf,
    parts, row, smallOf } from "./der.mjs";
import { Wrong } from "./wrong.mjs";

// [SG1]
export const DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
};

// Name and bytes of a coordinate.
const CURVES = {
    "1.2.840.10045.3.1.7": ["P-256", 32],
    "1.3.132.0.34": ["P-384", 48],
    "1.3.132.0.35": ["P-521", 66],
};
const EC_KEY = "1.2.840.10045.2.1";
const RSA_KEY = "1.2.840.113549.1.1.1";
const PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";

// Which algorithm with which digest; RSA_KEY itself leaves the digest open.
const SCHEMES = {
    "1.2.840.10045.4.3.2": ["ECDSA", "SHA-256"],
    "1.2.840.10045.4.3.3": ["ECDSA", "SHA-384"],
    "1.2.840.10045.4.3.4": ["ECDSA", "SHA-512"],
    "1.2.840.113549.1.1.11": ["RSASSA-PKCS1-v1_5", "SHA-256"],
    "1.2.840.113549.1.1.12": ["RSASSA-PKCS1-v1_5", "SHA-384"],
    "1.2.840.113549.1.1.13": ["RSASSA-PKCS1-v1_5", "SHA-512"],
};

const unable = () => new Wrong("verify_page.no_algorithm");

export function digestName(algorithm) {
    const name = DIGESTS[oidOf(row(algorithm).next())];
    if (name === undefined) {
        throw new Wrong("verify.cms_weak");
    }
    return name;
}

// [0] digest, [1] MGF1 with the same, [2] salt; each has a default that is older.
function pssParameters(value) {
    const r = row(value);
    const digest = r.maybe(context(0));
    const mask = r.maybe(context(1));
    const salt = r.maybe(context(2));
    r.end();
    if (digest === undefined || mask === undefined) {
        throw new Wrong("verify.cms_weak");
    }
    const hash = digestName(inside(digest, context(0)));
    const by = row(inside(mask, context(1)));
    if (oidOf(by.next()) !== MGF1 || digestName(by.next()) !== hash) {
        throw unable();
    }
    return { name: "RSA-PSS", hash,
        saltLength: salt === undefined ? 20 : smallOf(inside(salt, context(2))) };
}

// { name, hash, .. } of an AlgorithmIdentifier; `digest` is that of the content.
function schemeOf(algorithm, digest) {
    const r = row(algorithm);
    const oid = oidOf(r.next());
    if (oid === PSS) {
        return pssParameters(r.next());
    }
    if (oid === RSA_KEY && digest !== undefined) {
        return { name: "RSASSA-PKCS1-v1_5", hash: digest };
    }
    if (!Object.hasOwn(SCHEMES, oid)) {
        throw unable();
    }
    const [name, hash] = SCHEMES[oid];
    return { name, hash };
}

// What importKey wants to know of a SubjectPublicKeyInfo, for a scheme.
function keyKind(spki, scheme) {
    const r = row(row(spki).next());
    const oid = oidOf(r.next());
    if (oid === RSA_KEY && scheme.name !== "ECDSA") {
        return { name: scheme.name, hash: scheme.hash };
    }
    const parameters = r.next();
    const curve = oid === EC_KEY && scheme.name === "ECDSA" &&
        parameters !== undefined ? CURVES[oidOf(parameters)] : undefined;
    if (curve === undefined) {
        throw unable();
    }
    return { name: "ECDSA", namedCurve: curve[0], bytes: curve[1] };
}

// SEQUENCE { r, s } as the two numbers, each of full length.
function plainEcdsa(signature, n) {
    const numbers = parts(onlyOf(signature), SEQUENCE);
    if (numbers.length !== 2 || numbers.some((v) => v.tag !== INTEGER)) {
        throw bad();
    }
    return concat(...numbers.map((v) => {
        const bytes = magnitude(v);
        if (bytes.length > n) {
            throw bad();
        }
        return concat(new Uint8Array(n - bytes.length), bytes);
    }));
}

async function importKey(spki, kind) {
    try {
        return await crypto.subtle.importKey("spki", spki.whole, kind, false,
            ["verify"]);
    } catch (e) {
        if (e.name === "NotSupportedError") { // [SG2]
            throw unable();
        }
        return null;
    }
}

// Did the owner of this key sign `message`?  `digest`: the one that the
// signature's algorithm must go with, where something says so.
export async function signedWith(spki, algorithm, message, signature, digest) {
    if (globalThis.crypto?.subtle === undefined) {
        throw new Wrong("verify_page.no_crypto");
    }
    const scheme = schemeOf(algorithm, digest);
    const kind = keyKind(spki, scheme);
    const key = await importKey(spki, kind);
    if (key === null || (digest !== undefined && scheme.hash !== digest)) {
        return false;
    }
    try {
        const plain = scheme.name === "ECDSA" ? plainEcdsa(signature, kind.bytes)
            : signature;
        return await crypto.subtle.verify(scheme, key, plain, message);
    } catch (e) {
        if (e instanceof Wrong) {
            return false;
        }
        throw e;
    }
}
