// proof -- that an entry is in the transparency log (src/merkle/tlog_proof.h,
// proof.h).

import { base64, concat, equal, sha256 } from "./bytes.mjs";
import { hashOf, sizeOf } from "./note.mjs";
import { Wrong } from "./wrong.mjs";

const PROOF_MOST = 2 << 20;
const PATH_MOST = 63;
const FIRST_LINE = "c2sp.org/tlog-proof@v1";

export const looksLikeProof = (text) => text.startsWith("c2sp.org/tlog-proof");

// [TP1] { extra: bytes or null, index, path, checkpoint }
export function readProof(text) {
    if (text.length > PROOF_MOST) {
        throw new Wrong("proof.long", { limit: PROOF_MOST });
    }
    const end = text.indexOf("\n\n");
    const lines = (end < 0 ? text : text.slice(0, end)).split("\n");
    let at = 0;
    const bad = () => new Wrong("proof.form", { line: at + 1 });
    if (lines[at] !== FIRST_LINE) {
        throw bad();
    }
    at++;
    let extra = null;
    if (lines[at]?.startsWith("extra ")) {
        extra = base64(lines[at].slice("extra ".length));
        if (extra === null) {
            throw bad();
        }
        at++;
    }
    const index = lines[at]?.startsWith("index ")
        ? sizeOf(lines[at].slice("index ".length)) : null;
    if (index === null) {
        throw bad();
    }
    const path = [];
    for (at++; at < lines.length; at++) {
        const hash = hashOf(lines[at]);
        if (hash === null || path.length === PATH_MOST) {
            throw bad();
        }
        path.push(hash);
    }
    if (end < 0) {
        throw bad();
    }
    return { extra, index, path, checkpoint: text.slice(end + 2) };
}

// --- the tree (RFC 6962) ------------------------------------------------------

export const leafHash = (leaf) => sha256(concat(Uint8Array.of(0), leaf));
const nodeHash = (left, right) => sha256(concat(Uint8Array.of(1), left, right));

// RFC 9162, 2.1.3.2.  Numbers are below 2^53, so halves are divisions.
export async function leadsToRoot(proof, size, leaf, root) {
    const half = (n) => Math.floor(n / 2);
    const odd = (n) => n % 2 === 1;
    let at = proof.index;
    let last = size - 1;
    let hash = leaf;
    if (at > last) {
        return false;
    }
    for (const other of proof.path) {
        if (last === 0) {
            return false;
        }
        if (odd(at) || at === last) {
            hash = await nodeHash(other, hash);
            while (!odd(at) && at !== 0) {
                at = half(at);
                last = half(last);
            }
        } else {
            hash = await nodeHash(hash, other);
        }
        at = half(at);
        last = half(last);
    }
    return last === 0 && equal(hash, root);
}
