// pdf -- what is signed of a PDF, and the files attached to it.  Not a reader of
// PDFs: it looks for the streams that call themselves embedded files, which is
// where our own are.  What is found is believed for its own signature only, so a
// file that hides its attachments from this hides them from itself.
//
//   [VP1] One signature, over every byte of the file but its own room.  What was
//         put behind it later is seen by this.
//   [VP2] The room holds hexadecimal digits between < and >, and nothing else.

import { concat, textOf, unhex } from "./bytes.mjs";
import { inflated } from "./inflate.mjs";
import { Wrong } from "./wrong.mjs";

const ATTACHED_MOST = 16;
const BYTES_MOST = 8 << 20;
// The dictionary of an object that is a stream; none of ours is this long.
const OBJECT =
    /\bobj\b((?:(?!\bendobj\b|\bstream\b)[^]){0,4000})\bstream\r?\n/g;

export const looksLikePdf = (bytes) =>
    bytes.length > 4 && String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-";

// One character a byte.
const latin1 = (bytes) => new TextDecoder("latin1").decode(bytes);

// --- what is signed ---------------------------------------------------------------

const RANGE = /\/ByteRange/g;
const NUMBERS = /^[ \r\n]*\[[ \r\n]*0+[ \r\n]+(\d{1,10})[ \r\n]+(\d{1,10})[ \r\n]+(\d{1,10})[ \r\n]*\]/;
const ROOM = /^<[0-9a-f]*>$/i;
const ROOM_MOST = (2 << 20) + 2;

// Does it say that it is signed, whether or not that can be followed?
export const saysSigned = (bytes) => /\/Type\s*\/Sig\b/.test(latin1(bytes));

// Where the signed parts are: [end of the first, begin of the second].
function rangeOf(text) {
    const found = [...text.matchAll(RANGE)];
    if (found.length === 0) {
        throw new Wrong("verify.pdf_unsigned");
    }
    if (found.length > 1) {
        throw new Wrong("verify.pdf_twice", { count: found.length });
    }
    const numbers = NUMBERS.exec(text.slice(found[0].index + "/ByteRange".length,
        found[0].index + 200));
    const [first, from, second] = (numbers ?? []).slice(1).map(Number);
    if (numbers === null || from < first || from + second !== text.length) {
        throw new Wrong("verify.pdf_partly",
            { signed: numbers === null ? 0 : from + second, size: text.length });
    }
    return [first, from];
}

// { der, content }: the signature, and the bytes that it has to be over.
export function signedParts(bytes) {
    const text = latin1(bytes);
    const [first, from] = rangeOf(text);
    const room = text.slice(first, from);
    if (room.length > ROOM_MOST) {
        throw new Wrong("verify.cms_long", { limit: ROOM_MOST / 2 - 1 });
    }
    if (room.length < 4 || room.length % 2 !== 0 || !ROOM.test(room)) {
        throw new Wrong("verify.pdf_room");
    }
    return {
        der: unhex(room.slice(1, -1)),
        content: concat(bytes.subarray(0, first), bytes.subarray(from)),
    };
}

// --- what is attached --------------------------------------------------------------

async function contentOf(bytes, dictionary) {
    if (!/\/Filter\b/.test(dictionary)) {
        return bytes;
    }
    if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?/.test(dictionary)) {
        return null;
    }
    try {
        return await inflated(bytes, "deflate", BYTES_MOST);
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
