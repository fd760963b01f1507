// entry -- whether an entry of the log is of a credential; the rules are those of
// src/verify/entry.h, and what refuses it is what `tenstar verify` says.

import { base64, hex } from "./bytes.mjs";
import { dayParse } from "./instant.mjs";
import { at, textAt } from "./json.mjs";
import { Wrong } from "./wrong.mjs";

const ISSUES = ["certificate.issued", "certificate.reissued"];
const SIGNED = "credential.signed";

// "credential-1" of either form of that key.
export const keyName = (id) => id.replace(/^.*#/, "").replace(/-jwk$/, "");

const dayAt = (open, name) => dayParse(at(open, name));

// In hexadecimal, as entries write it [VC3]; undefined, which is equal to nothing
// that an entry says, when it is none.
function schemeOf(document) {
    const text = textAt(document, "relatedResource", "0", "digestSRI");
    const hash = text?.startsWith("sha256-")
        ? base64(text.slice("sha256-".length)) : null;
    return hash === null ? undefined : hex(hash);
}

// Members of an entry that a certificate was issued, and what must stand there.
const issued = (open, facts, { document }) => [
    ["holder", textAt(open, "holder"), facts.holder],
    ["uscc", textAt(open, "uscc"), facts.uscc],
    ["criterion", textAt(open, "criterion"), facts.criterion],
    ["from", dayAt(open, "from"), facts.from],
    ["until", dayAt(open, "until"), facts.until],
    ["stars", Object.hasOwn(open, "stars") ? open.stars : facts.stars, facts.stars],
    ["scheme_hash", textAt(open, "scheme_hash"), schemeOf(document)],
];

// The same of one that a credential was signed.
const signed = (open, facts, sealed) => [
    ["digest", textAt(open, "digest"), hex(sealed.digest)],
    ["index", at(open, "index"), facts.index],
    ["key", Number.isInteger(at(open, "key")) ? `credential-${open.key}` : null,
        keyName(sealed.method)],
];

// Is it the credential's own?
export function checkEntry(leaf, { sealed, facts }) {
    if (leaf === null) {
        throw new Wrong("entry.form");
    }
    const kind = textAt(leaf, "type");
    if (kind !== SIGNED && !ISSUES.includes(kind)) {
        throw new Wrong("entry.kind", { kind });
    }
    const open = at(leaf, "public") ?? {};
    const rows = kind === SIGNED ? signed : issued;
    for (const [field, said, want] of [
        ["number", textAt(open, "number"), facts.number],
        ...rows(open, facts, sealed),
    ]) {
        if (said !== want) {
            throw new Wrong("entry.other", { number: facts.number, field });
        }
    }
}
