// index -- which root of the register a mirror is of, and whether the log has it
// (register.json, src/verify/mirror.h).

import { textOf, unhex } from "./bytes.mjs";
import { failure, holds } from "./finding.mjs";
import { dayParse } from "./instant.mjs";
import { at, canonical, parse, textAt } from "./json.mjs";
import { checkCheckpoint, openNote } from "./note.mjs";
import { leadsToRoot, leafHash, readProof } from "./proof.mjs";
import { Wrong } from "./wrong.mjs";

const HASH = /^[0-9a-f]{64}$/;

function readFields(text) {
    const j = parse(text);
    const depth = at(j, "depth");
    const top = textAt(j, "top") ?? "";
    if (canonical(j) !== text || ![0, 8, 16].includes(depth) ||
        !HASH.test(top) || textAt(j, "type") !== "tenstar register mirror") {
        throw new Wrong("mirror.index");
    }
    return { depth, top, proof: readProof(textAt(j, "log") ?? "") };
}

function readLeaf(extra) {
    const text = extra === null ? null : textOf(extra);
    const leaf = text === null ? null : parse(text);
    const open = at(leaf, "public");
    const root = textAt(open, "root") ?? "";
    if (textAt(leaf, "type") !== "register.root" || !HASH.test(root)) {
        throw new Wrong("holder.entry", { kind: textAt(leaf, "type") ?? "" });
    }
    return { root: unhex(root), on: dayParse(textAt(leaf, "on") ?? ""),
        holders: at(open, "holders"), numbers: at(open, "numbers"),
        upto: at(open, "upto") };
}

// Where the checkpoint says its tree ends: believed once `signed` holds.
function bodyOf(note) {
    const [origin, size, root] = openNote(note).text.split("\n");
    return { origin, size: Number(size), root };
}

// That the log's key signed it: a finding, open where this browser cannot tell.
async function signedBy(proof, log) {
    try {
        const seen = await checkCheckpoint(proof.checkpoint, log, []);
        return holds("mirror_page.signed", { origin: seen.origin,
            size: seen.size });
    } catch (e) {
        return failure(e);
    }
}

// { depth, top, root, on, .., signed }; throws Wrong when it proves nothing.
export async function readIndex(text, log, base64) {
    const fields = readFields(text);
    const { proof } = fields;
    const leaf = readLeaf(proof.extra);
    const body = bodyOf(proof.checkpoint);
    const root = base64(body.root ?? "");
    const led = root !== null && await leadsToRoot(proof, body.size,
        await leafHash(proof.extra), root);
    if (!led) {
        throw new Wrong("proof.path", { index: proof.index, size: body.size });
    }
    const signed = await signedBy(proof, log);
    return { ...fields, ...leaf, entry: proof.index, signed };
}
