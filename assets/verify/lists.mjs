// lists -- where status lists come from: the register, or files that were given.
//
//   [LI1] Only the register is asked, and only for a list of the body whose
//         register it is.  A list has so many entries that asking for it does not
//         tell whose certificate is looked at.
//   [LI2] What comes from there is believed for its signature, like a file.

import { hostOf } from "./did.mjs";
import { readSealed } from "./sealed.mjs";
import { isList } from "./status.mjs";
import { Wrong } from "./wrong.mjs";

const PATIENCE = 10000; // milliseconds

// The path of an address at this host; null when it is elsewhere, or none.
function pathAt(address, host) {
    try {
        const url = new URL(address);
        return url.host === host ? url.pathname : null;
    } catch {
        return null;
    }
}

async function fetchText(address) {
    try {
        const answer = await fetch(address, { credentials: "omit",
            cache: "no-store", headers: { Accept: "application/vc" },
            signal: AbortSignal.timeout(PATIENCE) });
        return answer.ok ? await answer.text() : null;
    } catch {
        return null;
    }
}

// `did` is whose lists they are, `register` where its pages stand.
export function listsOf(did, register) {
    const given = new Map();
    const host = hostOf(did.id);

    // Keep the text of a file, if it is a list.
    async function take(text) {
        try {
            const { document } = await readSealed(text);
            if (isList(document)) {
                given.set(document.id, text);
            }
        } catch (e) {
            if (!(e instanceof Wrong)) {
                throw e;
            }
        }
    }

    // What gives a list's text by its address, or null; each is asked for once.
    function asker() {
        const asked = new Map();
        return async (address) => {
            const path = pathAt(address, host);
            if (path !== null && !asked.has(address)) {
                asked.set(address, fetchText(register + path));
            }
            return await asked.get(address) ?? given.get(address) ?? null;
        };
    }
    return { take, asker };
}
