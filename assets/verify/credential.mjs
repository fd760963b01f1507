// credential -- what a certificate's credential says (src/verify/credential.h).
//
//   [CR1] Every fact shown stands in the signed document at the one place
//         where the program that issues it puts it.

import { DAY_MOST, dayBegun, dayEnded } from "./instant.mjs";
import { at, textAt } from "./json.mjs";
import { Wrong } from "./wrong.mjs";

const STARS_MOST = 10;

const wrong = (field) => new Wrong("credential.field", { field });

const SUBJECT = "credentialSubject";
const ASSESSMENT = [SUBJECT, "assessment", "0"];

// "credentialSubject.assessment[0].criterion", as src/verify/tree.h writes it.
const placeOf = (path) => path.reduce((text, key) =>
    (/^\d+$/.test(key) ? `${text}[${key}]` : `${text}.${key}`));

// Name and place of every text that must be there.
const TEXTS = {
    address: ["id"],
    title: ["name"],
    issuer: ["issuer", "id"],
    body: ["issuer", "name"],
    approval: ["issuer", "issuerAlsoKnownAs", "0", "registeredId"],
    number: [SUBJECT, "name"],
    covers: [SUBJECT, "description"],
    holder: [SUBJECT, "issuedToParty", "name"],
    uscc: [SUBJECT, "issuedToParty", "registeredId"],
    scheme: [SUBJECT, "scope", "name"],
    criterion: [...ASSESSMENT, "referenceStandard", "name"],
    revocations: ["credentialStatus", "0", "statusListCredential"],
    suspensions: ["credentialStatus", "1", "statusListCredential"],
};

function readTexts(document) {
    const facts = {};
    for (const [name, path] of Object.entries(TEXTS)) {
        facts[name] = textAt(document, ...path);
        if (facts[name] === null) {
            throw wrong(placeOf(path));
        }
    }
    return facts;
}

// [VC2]
function readDays(document) {
    const from = dayBegun(at(document, "validFrom"));
    const until = dayEnded(at(document, "validUntil"));
    if (from === null || from < 0) {
        throw wrong("validFrom");
    }
    if (until === null || until < from || until > DAY_MOST) {
        throw wrong("validUntil");
    }
    return { from, until };
}

// 0 where the scheme has none.
function readStars(document) {
    const path = [...ASSESSMENT, "declaredValue"];
    if (at(document, ...path) === undefined) {
        return 0;
    }
    const stars = at(document, ...path, "0", "metricValue", "value");
    if (!Number.isInteger(stars) || stars < 1 || stars > STARS_MOST) {
        throw wrong(placeOf(path));
    }
    return stars;
}

// [VC4] Two lists, one index in both.
function readIndex(document) {
    const path = ["credentialStatus", "0", "statusListIndex"];
    const text = textAt(document, ...path);
    if (!/^(0|[1-9]\d{0,14})$/.test(text ?? "")) {
        throw wrong(placeOf(path));
    }
    for (const [place, want] of [
        [["credentialStatus", "1", "statusListIndex"], text],
        [["credentialStatus", "0", "statusPurpose"], "revocation"],
        [["credentialStatus", "1", "statusPurpose"], "suspension"],
    ]) {
        if (textAt(document, ...place) !== want) {
            throw wrong(placeOf(place));
        }
    }
    return Number(text);
}

export function factsOf(document) {
    const types = at(document, "type");
    if (!Array.isArray(types) || !types.includes("DigitalConformityCredential")) {
        throw wrong("type");
    }
    return {
        ...readTexts(document),
        ...readDays(document),
        stars: readStars(document),
        index: readIndex(document),
        level: textAt(document, ...ASSESSMENT, "assessmentCriteria", "0", "name") ?? "",
    };
}

export function checkDay(facts, on) {
    const { number } = facts;
    if (on < facts.from) {
        throw new Wrong("credential.early",
            { number, from: { day: facts.from }, on: { day: on } });
    }
    if (on > facts.until) {
        throw new Wrong("credential.late",
            { number, until: { day: facts.until }, on: { day: on } });
    }
}
