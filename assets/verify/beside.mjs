// beside -- what goes along with certificates and proves nothing of any by itself:
// a body's keys, a signature by SM2 (src/verify/thing_beside.c [TH7]).

import { open } from "./finding.mjs";
import { at, parse, textAt } from "./json.mjs";
import { Wrong } from "./wrong.mjs";

const REPORTS = {
    keys: ["verify_page.body_keys", "verify_page.body_keys_used"],
    sm2: ["verify_page.sm2", "verify.sm2_alone"],
};

function nameOf(document) {
    if (textAt(document, "id")?.startsWith("did:") &&
        Array.isArray(at(document, "verificationMethod"))) {
        return "keys";
    }
    return textAt(document, "key")?.startsWith("sm2-") &&
        textAt(document, "signature") !== null ? "sm2" : null;
}

function documentOf(text) {
    try {
        return parse(text);
    } catch (e) {
        if (e instanceof Wrong) {
            return null;
        }
        throw e;
    }
}

// The report of such a text; null when it is something else.
export function checkBeside(text) {
    const name = nameOf(documentOf(text));
    if (name === null) {
        return null;
    }
    const [kind, said] = REPORTS[name];
    return { kind, facts: [], number: null, findings: [open(said)] };
}
