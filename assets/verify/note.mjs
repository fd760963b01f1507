// note -- signed notes, checkpoints and cosignatures (src/merkle/note.h,
// checkpoint.h, cosignature.h).

import { base64, concat, equal, hex, sha256, utf8 } from "./bytes.mjs";
import { signedBy } from "./key.mjs";
import { Wrong } from "./wrong.mjs";

const NOTE_MOST = 1 << 20;
const SIGNATURES_MOST = 100;
const ID_BYTES = 4;
const KEY_BYTES = 32;
const HASH_BYTES = 32;
const TIME_BYTES = 8;
export const SIGNS = 0x01;
export const COSIGNS = 0x04;

const NAME = /^[^\s+\p{Cc}]+$/u; // [NT3]

// The key of "NAME+HEX ID+BASE64(KIND || KEY)".
export async function readVkey(text) {
    const [, name, id, rest] =
        /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
    const typed = rest === undefined ? null : base64(rest);
    const formed = typed?.length === KEY_BYTES + 1 && NAME.test(name) &&
        (typed[0] === SIGNS || typed[0] === COSIGNS);
    const digest = formed ? await sha256(concat(utf8(`${name}\n`), typed)) : null;
    if (digest === null || hex(digest.subarray(0, ID_BYTES)) !== id) {
        throw new Wrong("note.vkey", { text });
    }
    return { name, kind: typed[0], id: digest.subarray(0, ID_BYTES),
        key: typed.subarray(1) };
}

// --- the note ----------------------------------------------------------------

function readLine(line, number) {
    const [, name, letters] = /^\u2014 (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = letters === undefined ? null : base64(letters);
    if (bytes === null || bytes.length <= ID_BYTES || !NAME.test(name)) {
        throw new Wrong("note.line", { line: number });
    }
    return { name, id: bytes.subarray(0, ID_BYTES),
        bytes: bytes.subarray(ID_BYTES) };
}

// { text, signatures }: taken apart, nothing verified [NT2].
export function openNote(note) {
    if (note.length > NOTE_MOST) {
        throw new Wrong("note.long", { limit: NOTE_MOST });
    }
    if (!note.endsWith("\n") || /(?!\n)\p{Cc}/u.test(note)) {
        throw new Wrong("note.text");
    }
    const cut = note.lastIndexOf("\n\n");
    const lines = cut < 0 ? [] : note.slice(cut + 2, -1).split("\n");
    if (lines.length === 0 || note.length === cut + 2) {
        throw new Wrong("note.split");
    }
    if (lines.length > SIGNATURES_MOST) {
        throw new Wrong("note.many", { limit: SIGNATURES_MOST });
    }
    return { text: note.slice(0, cut + 1),
        signatures: lines.map((line, i) => readLine(line, i + 1)) };
}

// --- who signed it ---------------------------------------------------------------

const timeOf = (bytes) => bytes.subarray(0, TIME_BYTES)
    .reduce((sum, byte) => sum * 256 + byte, 0);

// What a key signed [NT1], or a witness [NT5], and by which bytes.
function signedText(text, key, bytes) {
    if (key.kind === SIGNS) {
        return [utf8(text), bytes];
    }
    return [utf8(`cosignature/v1\ntime ${timeOf(bytes)}\n${text}`),
        bytes.subarray(TIME_BYTES)];
}

// The key's signature, verified; null when it has not signed [NT4].
async function find(note, key) {
    const line = note.signatures.find((s) =>
        s.name === key.name && equal(s.id, key.id));
    if (line === undefined) {
        return null;
    }
    const [message, signature] = signedText(note.text, key, line.bytes);
    if (signature.length !== 64 || !await signedBy(key.key, message, signature)) {
        throw new Wrong("note.signature", { name: key.name });
    }
    return line;
}

// --- checkpoints ------------------------------------------------------------------

// Decimal, without leading zeros; null when it is none.
export const sizeOf = (text) =>
    (/^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null);

// 32 bytes in base64; null when it is none.
export function hashOf(text) {
    const bytes = base64(text);
    return bytes?.length === HASH_BYTES ? bytes : null;
}

// [NC1]
function readCheckpoint(text) {
    const lines = text.split("\n"); // the last is empty
    const form = (line) => new Wrong("checkpoint.form", { line });
    const [origin, size, root, ...extensions] = lines.slice(0, -1);
    if (!origin) {
        throw form(1);
    }
    if (sizeOf(size ?? "") === null) {
        throw form(2);
    }
    if (hashOf(root ?? "") === null) {
        throw form(3);
    }
    const empty = extensions.indexOf("");
    if (empty >= 0) {
        throw form(4 + empty);
    }
    return { origin, size: sizeOf(size), root: hashOf(root) };
}

// What the log whose key this is says in a note, and which of the witnesses say
// so, too: { origin, size, root, witnesses: [{ name, time }] }.
export async function checkCheckpoint(note, log, witnesses) {
    const opened = openNote(note);
    const body = readCheckpoint(opened.text);
    if (await find(opened, log) === null) {
        throw new Wrong("verify_page.other_log",
            { origin: body.origin, name: log.name });
    }
    if (body.origin !== log.name) {
        throw new Wrong("checkpoint.origin_of",
            { origin: body.origin, name: log.name });
    }
    const seen = [];
    for (const witness of witnesses) {
        const line = await find(opened, witness);
        if (line !== null) {
            seen.push({ name: witness.name, time: timeOf(line.bytes) });
        }
    }
    return { ...body, witnesses: seen };
}
