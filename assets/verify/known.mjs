// known -- whom this page believes: the keys that came with it.

import { readDid } from "./did.mjs";
import { readVkey } from "./note.mjs";

// `brought` is { did, vkey, witnesses: [vkey], .. } as src/web/verify.c wrote
// it; `today` counts days since 1970 at UTC+8.
export async function readKnown(brought, today) {
    return {
        did: readDid(brought.did),
        log: await readVkey(brought.vkey),
        witnesses: await Promise.all(brought.witnesses.map(readVkey)),
        today,
    };
}
