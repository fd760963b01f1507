// cms -- who signed bytes that stand elsewhere, and when a time-stamping service
// saw it; the rules are those of src/verify/cms.h [CC1]-[CC5].

import { concat, equal, hex, sha256 } from "./bytes.mjs";
import { OCTET_STRING, OID, SEQUENCE, SET, bad, content, context, firstOf, inside,
    oidOf, onlyOf, parts, row, secondsOf, smallOf } from "./der.mjs";
import { DIGESTS, digestName, signedWith } from "./signature.mjs";
import { Wrong } from "./wrong.mjs";
import { follow, readCertificate } from "./x509.mjs";

const CMS_MOST = 1 << 20;

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const DATA = "1.2.840.113549.1.7.1";
const STAMP_INFO = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";
const KEY_NAME = 0x80; // [0] of a signer: the id of his key

const wrong = (id) => new Wrong(id);

// What `work` gives; what has another form than it expects is wrong as `id` says.
async function orWrong(id, work) {
    try {
        return await work();
    } catch (e) {
        throw e instanceof Wrong && e.id === "verify.cms_form" ? wrong(id) : e;
    }
}

async function digestOf(name, bytes) {
    return new Uint8Array(await crypto.subtle.digest(name, bytes));
}

// --- taking it apart -------------------------------------------------------------

// OID -> values; each stands there once.
function readAttributes(value, tag) {
    const found = new Map();
    for (const attribute of value === undefined ? [] : parts(value, tag)) {
        const r = row(attribute);
        const oid = oidOf(r.next());
        if (found.has(oid)) {
            throw bad();
        }
        found.set(oid, parts(r.next(), SET));
        r.end();
    }
    return found;
}

// The one value of an attribute, or null.
function onlyValue(attributes, oid) {
    const values = attributes.get(oid);
    return values?.length === 1 ? values[0] : null;
}

function readSigner(value) {
    const r = row(value);
    const version = smallOf(r.next());
    const who = r.next();
    const digest = r.next();
    const signed = r.maybe(context(0));
    const algorithm = r.next();
    const signature = content(r.next(), OCTET_STRING);
    const unsigned = r.maybe(context(1));
    r.end();
    if (signed === undefined || version !== (who.tag === KEY_NAME ? 3 : 1)) {
        throw bad();
    }
    return {
        who, digest, algorithm, signature,
        // As it is signed: under the tag of a SET (RFC 5652, 5.4).
        message: concat(Uint8Array.of(SET), signed.whole.subarray(1)),
        signed: readAttributes(signed, context(0)),
        unsigned: readAttributes(unsigned, context(1)),
    };
}

// [CC3] { kind, body: bytes or null, certificates, signer }
function readSignedData(bytes) {
    if (bytes.length > CMS_MOST) {
        throw new Wrong("verify.cms_long", { limit: CMS_MOST });
    }
    const value = firstOf(bytes);
    if (bytes.subarray(value.whole.length).some((byte) => byte !== 0)) {
        throw bad();
    }
    const info = row(value);
    if (oidOf(info.next()) !== SIGNED_DATA) {
        throw bad();
    }
    const r = row(inside(info.next(), context(0)));
    info.end();
    const version = smallOf(r.next());
    const digests = parts(r.next(), SET).map((d) => oidOf(row(d).next()));
    const about = row(r.next());
    const kind = oidOf(about.next());
    const held = about.maybe(context(0));
    about.end();
    const bundle = r.maybe(context(0));
    const certificates = bundle === undefined ? [] : parts(bundle, context(0));
    r.maybe(context(1));
    const signers = parts(r.next(), SET);
    r.end();
    const signer = signers.length === 1 ? readSigner(signers[0]) : null; // [CC1]
    if (signer === null || version < 1 || version > 5 ||
        !digests.includes(oidOf(row(signer.digest).next()))) {
        throw bad();
    }
    return { kind, signer, certificates,
        body: held === undefined ? null
            : content(inside(held, context(0)), OCTET_STRING) };
}

// --- who signed it [CC1] ----------------------------------------------------------

function isNamed(certificate, who) {
    if (who.tag === KEY_NAME) {
        return certificate.keyId !== null && equal(certificate.keyId, who.content);
    }
    return who.tag === SEQUENCE && equal(who.content,
        concat(certificate.issuerName, certificate.serial));
}

// Does "SEQUENCE { [4] { name }, serial }" say this one?
function isIssuerSerial(value, certificate) {
    const [names, serial] = parts(value, SEQUENCE);
    const name = inside(inside(names, SEQUENCE), context(4));
    return equal(name.whole, certificate.issuerName) &&
        equal(serial?.whole ?? [], certificate.serial);
}

// The first that an attribute names, as { digest's name, its bytes, issuer }.
function readNamed(value, otherwise) {
    const first = row(parts(row(value).next(), SEQUENCE)[0]);
    const algorithm = otherwise === "SHA-1" ? undefined : first.maybe(SEQUENCE);
    return {
        name: algorithm === undefined ? otherwise : digestName(algorithm),
        hash: content(first.next(), OCTET_STRING),
        issuer: first.next(),
    };
}

async function bindsCertificate(signed, certificate) {
    let bound = false;
    for (const [oid, otherwise] of [[SIGNING_CERTIFICATE, "SHA-1"],
        [SIGNING_CERTIFICATE_V2, "SHA-256"]]) {
        if (!signed.has(oid)) {
            continue;
        }
        const value = onlyValue(signed, oid);
        const named = value === null ? null : readNamed(value, otherwise);
        if (named === null ||
            !equal(named.hash, await digestOf(named.name, certificate.whole)) ||
            (named.issuer !== undefined &&
                !isIssuerSerial(named.issuer, certificate))) {
            return false;
        }
        bound = true;
    }
    return bound;
}

// Of the certificates that are there the signer's, and all that can be read.
function readCertificates(data) {
    const all = [];
    for (const value of data.certificates) {
        try {
            all.push(readCertificate(value));
        } catch (e) {
            if (!(e instanceof Wrong)) {
                throw e;
            }
        }
    }
    const certificate = all.find((c) => isNamed(c, data.signer.who));
    if (certificate === undefined) {
        throw wrong("verify.cms_certificate");
    }
    return { certificate, all };
}

// --- the signature, over these bytes, which are what `kind` says ---------------------

function checkKind(data, kind) {
    const stated = onlyValue(data.signer.signed, CONTENT_TYPE);
    if (data.kind !== kind || stated?.tag !== OID || oidOf(stated) !== kind) {
        throw bad();
    }
}

async function checkDigest({ signer }, bytes, digest) {
    const stated = onlyValue(signer.signed, MESSAGE_DIGEST);
    if (stated?.tag !== OCTET_STRING ||
        !equal(stated.content, await digestOf(digest, bytes))) {
        throw wrong("verify.cms_content");
    }
}

async function checkWhole(data, kind, bytes) {
    const { signer } = data;
    const { certificate, all } = readCertificates(data);
    checkKind(data, kind);
    const digest = digestName(signer.digest); // [CC2]
    await checkDigest(data, bytes, digest);
    if (!await orWrong("verify.cms_certificate",
        () => bindsCertificate(signer.signed, certificate))) {
        throw wrong("verify.cms_certificate");
    }
    if (!await orWrong("verify.cms_signature", () => signedWith(certificate.key,
        signer.algorithm, signer.message, signer.signature, digest))) {
        throw wrong("verify.cms_signature");
    }
    return { certificate, all };
}

// --- when [CC5] ------------------------------------------------------------------

// { digest, hash, at } of a TSTInfo.
function readStampInfo(bytes) {
    const r = row(onlyOf(bytes));
    r.next(); // version
    r.next(); // policy
    const imprint = row(r.next());
    r.next(); // serial
    return { digest: DIGESTS[oidOf(row(imprint.next()).next())],
        hash: content(imprint.next(), OCTET_STRING), at: secondsOf(r.next()) };
}

async function checkToken(token, stamped) {
    const data = readSignedData(token);
    if (data.body === null) {
        throw bad();
    }
    const info = readStampInfo(data.body);
    if (info.digest === undefined ||
        !equal(info.hash, await digestOf(info.digest, stamped))) {
        throw bad();
    }
    const { certificate } = await checkWhole(data, STAMP_INFO, data.body);
    if (!certificate.forStamps || info.at < certificate.from ||
        info.at > certificate.until) {
        throw bad();
    }
    return { at: info.at, by: certificate.subject };
}

const lacking = (e) => !(e instanceof Wrong) || e.id.startsWith("verify_page.");

// Whatever is wrong inside of a stamp, it is the stamp that is wrong.
async function checkStamp(signer, certificate) {
    if (!signer.unsigned.has(STAMP_TOKEN)) {
        return null;
    }
    const token = onlyValue(signer.unsigned, STAMP_TOKEN);
    let stamp;
    try {
        stamp = await checkToken(token?.whole ?? new Uint8Array(), signer.signature);
    } catch (e) {
        throw lacking(e) ? e : wrong("verify.cms_stamp");
    }
    if (stamp.at < certificate.from || stamp.at > certificate.until) {
        throw new Wrong("verify.cms_late", { subject: certificate.subject });
    }
    return stamp;
}

// Is `der` a signature over `bytes`?  { certificate, fingerprint, chain, stamp }:
// `chain` as follow() has it, `stamp` { at, by } or null.
export async function checkCms(der, bytes) {
    if (globalThis.crypto?.subtle === undefined) {
        throw new Wrong("verify_page.no_crypto");
    }
    const data = readSignedData(der);
    if (data.body !== null) { // it brings along what it signs
        throw bad();
    }
    const { certificate, all } = await checkWhole(data, DATA, bytes);
    return {
        certificate,
        fingerprint: hex(await sha256(certificate.whole)),
        chain: await follow(certificate, all),
        stamp: await checkStamp(data.signer, certificate),
    };
}
