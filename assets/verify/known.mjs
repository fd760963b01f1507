// known -- whom this page believes: the keys that came with it.

import { unhex } from "./bytes.mjs";
import { readDid } from "./did.mjs";
import { dayParse } from "./instant.mjs";
import { readVkey } from "./note.mjs";

// The key of a document's signer, as its certificate has it.
const readPaper = ({ name, public: key, revoked }) => ({ name, key: unhex(key),
    revoked: revoked === undefined ? null : dayParse(revoked) });

// `brought` is { did, vkey, witnesses: [vkey], papers, .. } as src/web/verify.c
// wrote it; `today` counts days since 1970 at UTC+8; `listAt` as lists.mjs has it.
export async function readKnown(brought, today, listAt) {
    return {
        did: readDid(brought.did),
        log: await readVkey(brought.vkey),
        witnesses: await Promise.all(brought.witnesses.map(readVkey)),
        papers: brought.papers.map(readPaper),
        today,
        listAt,
    };
}
