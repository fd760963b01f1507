// pdf -- the files attached to a PDF.  Not a reader of PDFs: it looks for the
// streams that call themselves embedded files, which is where our own are.
// What is found is believed for its own signature only, so a file that hides
// its attachments from this hides them from itself.

import { concat, textOf } from "./bytes.mjs";

const ATTACHED_MOST = 16;
const BYTES_MOST = 8 << 20;
// The dictionary of an object that is a stream; none of ours is this long.
const OBJECT =
    /\bobj\b((?:(?!\bendobj\b|\bstream\b)[^]){0,4000})\bstream\r?\n/g;

export const looksLikePdf = (bytes) =>
    bytes.length > 4 && String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-";

// One character a byte.
const latin1 = (bytes) => new TextDecoder("latin1").decode(bytes);

// null beyond BYTES_MOST: a little that is packed can be a lot.
async function inflated(bytes) {
    const reader = new Blob([bytes]).stream()
        .pipeThrough(new DecompressionStream("deflate")).getReader();
    const parts = [];
    let n = 0;
    for (;;) {
        const { done, value } = await reader.read();
        if (done) {
            return concat(...parts);
        }
        n += value.length;
        if (n > BYTES_MOST) {
            await reader.cancel();
            return null;
        }
        parts.push(value);
    }
}

async function contentOf(bytes, dictionary) {
    if (!/\/Filter\b/.test(dictionary)) {
        return bytes;
    }
    if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?/.test(dictionary)) {
        return null;
    }
    try {
        return await inflated(bytes);
    } catch {
        return null;
    }
}

function streamAt(text, begin, dictionary) {
    const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)\b/.exec(dictionary)?.[1];
    if (length !== undefined) {
        return begin + Number(length);
    }
    const end = text.indexOf("endstream", begin);
    return text.slice(begin, end).replace(/\r?\n$/, "").length + begin;
}

// The texts that are attached, in the file's order.
export async function attachedTexts(bytes) {
    const text = latin1(bytes);
    const texts = [];
    for (const found of text.matchAll(OBJECT)) {
        if (!/\/Type\s*\/EmbeddedFile\b/.test(found[1])) {
            continue;
        }
        const begin = found.index + found[0].length;
        const end = streamAt(text, begin, found[1]);
        const content = await contentOf(bytes.subarray(begin, end), found[1]);
        const attached = content === null ? null : textOf(content);
        if (attached !== null) {
            texts.push(attached);
        }
        if (texts.length === ATTACHED_MOST) {
            break;
        }
    }
    return texts;
}
