// status -- who is suspended or revoked, by the lists that the body signs; the
// rules are those of src/verify/status_list.h [SL1]-[SL4], the sentences those of
// src/verify/thing.c.
//
//   [ST1] A list of another day than today says nothing certain of today, save
//         that what was revoked stays so.

import { base64url } from "./bytes.mjs";
import { failure, holds, open, refuted } from "./finding.mjs";
import { inflated } from "./inflate.mjs";
import { dayOf, instant } from "./instant.mjs";
import { at, isObject, textAt } from "./json.mjs";
import { checkSealed, readSealed } from "./sealed.mjs";
import { Wrong } from "./wrong.mjs";

const LEAST = 131072;
const MOST = 1 << 23;
const SUBJECT = "credentialSubject";

// What a credential calls each list, its purpose and its sentences.
const LISTS = [
    { name: "revocations", purpose: "revocation", final: true,
        set: "verify.revoked", word: "verify.revocation" },
    { name: "suspensions", purpose: "suspension", final: false,
        set: "verify.suspended", word: "verify.suspension" },
];
export const purposeWord = (purpose) =>
    LISTS.find((l) => l.purpose === purpose).word;

const wrong = (field) => new Wrong("status_list.field", { field });
const damaged = () => new Wrong("status_list.encoding");

const hasType = (value, want) => [at(value, "type")].flat().includes(want);
export const isList = (document) =>
    hasType(document, "BitstringStatusListCredential");

// "u" BASE64URL(GZIP(bits)) [SL1]
async function readBits(encoded) {
    const packed = encoded?.startsWith("u") ? base64url(encoded.slice(1)) : null;
    let bits = null;
    try {
        bits = packed === null ? null : await inflated(packed, "gzip", MOST / 8);
    } catch {
        // Told below.
    }
    if (bits === null) {
        throw damaged();
    }
    if (bits.length * 8 < LEAST) {
        throw new Wrong("status_list.short",
            { entries: bits.length * 8, least: LEAST });
    }
    return bits;
}

function issuerOf(document) {
    const issuer = at(document, "issuer");
    return isObject(issuer) ? textAt(issuer, "id") : textAt(document, "issuer");
}

// { sealed, address, issuer, purpose, made, bits }, nothing verified.
export async function listOf(sealed) {
    const { document } = sealed;
    const list = {
        sealed,
        address: textAt(document, "id"),
        issuer: issuerOf(document),
        purpose: textAt(document, SUBJECT, "statusPurpose"),
        made: instant(at(document, "validFrom")),
    };
    for (const [field, good] of [
        ["id", list.address !== null],
        ["issuer", list.issuer !== null],
        ["type", hasType(document, "VerifiableCredential") && isList(document)],
        ["validFrom", list.made !== null],
        ["credentialSubject.type",
            hasType(at(document, SUBJECT), "BitstringStatusList")],
        ["credentialSubject.statusPurpose",
            LISTS.some((l) => l.purpose === list.purpose)],
    ]) {
        if (!good) {
            throw wrong(field);
        }
    }
    return { ...list, bits: await readBits(textAt(document, SUBJECT, "encodedList")) };
}

export const checkList = (list, did) => checkSealed(list.sealed, list.issuer, did);

function bitOf(list, index) {
    if (index >= list.bits.length * 8) {
        throw new Wrong("status_list.range",
            { index, entries: list.bits.length * 8 });
    }
    return (list.bits[Math.floor(index / 8)] & (0x80 >> (index % 8))) !== 0;
}

// --- what it says of a certificate --------------------------------------------------

const others = (is, expected) => new Wrong("status_list.other",
    { list: is, expected });

async function readBit(text, kind, address, index, did) {
    const list = await listOf(await readSealed(text));
    if (list.address !== address) {
        throw others(list.address, address);
    }
    if (list.purpose !== kind.purpose) {
        throw others(list.purpose, kind.purpose);
    }
    await checkList(list, did);
    return { set: bitOf(list, index), made: list.made };
}

// [ST1]
function sayBit({ set, made }, kind, today) {
    const purpose = { text: kind.word };
    const when = { moment: made };
    const day = dayOf(made);
    const said = [];
    if (day !== today && !(set && kind.final && day < today)) {
        said.push(open("verify.status_other_day",
            { purpose, made: when, on: { day: today } }));
    }
    if (set && day <= today) {
        said.push(refuted(kind.set, { made: when }));
    }
    if (!set) {
        said.push(holds("verify.status_clear", { purpose, made: when }));
    }
    return said;
}

// Findings about a credential's facts, by the lists that `known.listAt` has.
export async function checkStatus(facts, known) {
    const texts = await Promise.all(LISTS.map((l) => known.listAt(facts[l.name])));
    if (texts.includes(null)) {
        return [open("verify_page.status_offline", { revocations: facts.revocations,
            suspensions: facts.suspensions })];
    }
    const said = await Promise.all(LISTS.map(async (kind, i) => {
        try {
            return sayBit(await readBit(texts[i], kind, facts[kind.name],
                facts.index, known.did), kind, known.today);
        } catch (e) {
            return [failure(e)];
        }
    }));
    return said.flat();
}
