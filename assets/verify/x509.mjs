// x509 -- certificates (RFC 5280): whose a key is, and who says so.

import { equal, hex, textOf } from "./bytes.mjs";
import { OCTET_STRING, OID, SEQUENCE, SET, bad, bitsOf, content, context, inside,
    oidOf, onlyOf, parts, row, secondsOf, trueOf } from "./der.mjs";
import { signedWith } from "./signature.mjs";

const USAGES = "2.5.29.37";
const CONSTRAINTS = "2.5.29.19";
const KEY_ID = "2.5.29.14";
const FOR_STAMPS = "1.3.6.1.5.5.7.3.8";

// --- names, as OpenSSL writes them (RFC 4514) -----------------------------------

const KINDS = {
    "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C",
    "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "street", "2.5.4.10": "O",
    "2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.42": "GN",
    "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
    "1.2.840.113549.1.9.1": "emailAddress",
};

const latin = (bytes) => String.fromCharCode(...bytes);
const ENCODINGS = {
    0x0c: textOf,
    0x12: latin, 0x13: latin, 0x14: latin, 0x16: latin, 0x1a: latin,
    0x1e: (bytes) => new TextDecoder("utf-16be").decode(bytes),
};

function escaped(text) {
    return text.replace(/[,+"\\<>;]|^[ #]| $/g, "\\$&").replace(/[\0-\x1f\x7f]/g,
        (c) => `\\${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

function partText(attribute) {
    const [type, value] = parts(attribute, SEQUENCE);
    const oid = oidOf(type);
    const text = ENCODINGS[value?.tag]?.(value.content);
    if (value === undefined || text === null) {
        throw bad();
    }
    return KINDS[oid] === undefined || text === undefined
        ? `${oid}=#${hex(value.whole).toUpperCase()}`
        : `${KINDS[oid]}=${escaped(text)}`;
}

const nameText = (name) => parts(name, SEQUENCE).reverse()
    .map((one) => parts(one, SET).map(partText).join("+")).join(",");

// --- what else it says ----------------------------------------------------------

function readExtensions(value) {
    const found = new Map();
    for (const extension of value === undefined ? []
        : parts(inside(value, context(3)), SEQUENCE)) {
        const fields = parts(extension, SEQUENCE);
        const oid = oidOf(fields[0]);
        if (found.has(oid)) {
            throw bad();
        }
        found.set(oid, content(fields.at(-1), OCTET_STRING));
    }
    return found;
}

function isAuthority(extensions) {
    const bytes = extensions.get(CONSTRAINTS);
    const fields = bytes === undefined ? [] : parts(onlyOf(bytes), SEQUENCE);
    return fields[0]?.tag === 0x01 && trueOf(fields[0]);
}

function isForStamps(extensions) {
    const bytes = extensions.get(USAGES);
    return bytes !== undefined && parts(onlyOf(bytes), SEQUENCE)
        .some((usage) => usage.tag === OID && oidOf(usage) === FOR_STAMPS);
}

// A certificate, nothing of it verified.  Moments in seconds, both inclusive.
export function readCertificate(value) {
    const whole = row(value);
    const tbs = whole.next();
    const algorithm = whole.next();
    const signature = bitsOf(whole.next());
    whole.end();
    const r = row(tbs);
    r.maybe(context(0));
    const serial = r.next();
    r.next(); // the algorithm, said again
    const issuer = r.next();
    const [from, until] = parts(r.next(), SEQUENCE);
    const subject = r.next();
    const key = r.next();
    r.maybe(0x81);
    r.maybe(0x82);
    const extensions = readExtensions(r.maybe(context(3)));
    r.end();
    const keyId = extensions.get(KEY_ID);
    return {
        whole: value.whole, tbs: tbs.whole, algorithm, signature, key,
        serial: serial.whole, issuerName: issuer.whole, subjectName: subject.whole,
        subject: nameText(subject), issuer: nameText(issuer),
        from: secondsOf(from), until: secondsOf(until),
        keyId: keyId === undefined ? null : onlyOf(keyId).content,
        authority: isAuthority(extensions), forStamps: isForStamps(extensions),
    };
}

// Did the owner of `above` sign it?
const vouchesFor = (above, certificate) => signedWith(above.key,
    certificate.algorithm, certificate.tbs, certificate.signature);

// How far up it can be followed among `others`:
//   { top, broken }  the last whose issuer is there or is itself; `broken`: the
//                    first that its issuer did not make
export async function follow(certificate, others) {
    let at = certificate;
    for (let steps = 0; steps <= others.length; steps++) {
        if (equal(at.issuerName, at.subjectName)) {
            return { top: at, broken: await vouchesFor(at, at) ? null : at };
        }
        const above = others.find((o) => equal(o.subjectName, at.issuerName));
        if (above === undefined) {
            return { top: at, broken: null };
        }
        if (!above.authority || !await vouchesFor(above, at)) {
            return { top: above, broken: at };
        }
        at = above;
    }
    return { top: at, broken: at };
}
