// bytes -- bytes and the texts that stand for them.
//
//   [BY1] Decoders take exactly what the encoder of the same name would write:
//         one sequence of bytes has one text.  They give null for all else.

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text) => encoder.encode(text);

// null when it is no UTF-8.
export function textOf(bytes) {
    try {
        return strict.decode(bytes);
    } catch {
        return null;
    }
}

export function concat(...parts) {
    const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    let at = 0;
    for (const part of parts) {
        out.set(part, at);
        at += part.length;
    }
    return out;
}

export const equal = (a, b) =>
    a.length === b.length && a.every((byte, i) => byte === b[i]);

export const hex = (bytes) =>
    Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

// Of what hex() wrote.
export const unhex = (text) =>
    Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));

export async function sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

// --- alphabets of a power of two ------------------------------------------

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SIXTY_TWO =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function packed(letters, alphabet, width) {
    const out = new Uint8Array(Math.floor((letters.length * width) / 8));
    let group = 0;
    let bits = 0;
    let n = 0;
    for (const letter of letters) {
        const value = alphabet.indexOf(letter);
        if (value < 0) {
            return null;
        }
        group = ((group << width) | value) & 0xffff;
        bits += width;
        if (bits >= 8) {
            bits -= 8;
            out[n++] = (group >> bits) & 0xff;
        }
    }
    // What is left over belongs to no byte: less than a letter, and nothing.
    return bits < width && (group & ((1 << bits) - 1)) === 0 ? out : null;
}

export const base32 = (letters) => packed(letters, BASE32, 5);
export const base64url = (letters) => packed(letters, `${SIXTY_TWO}-_`, 6);

// Padded, as signed notes have it.
export function base64(text) {
    const letters = text.replace(/={1,2}$/, "");
    if (text.length % 4 !== 0 || text.length - letters.length !== (4 - (letters.length % 4)) % 4) {
        return null;
    }
    return packed(letters, `${SIXTY_TWO}+/`, 6);
}

// --- base58 ------------------------------------------------------------------

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
// No signature or key is longer; decoding takes the square of it.
const BASE58_MOST = 200;

export function base58(letters) {
    if (letters.length > BASE58_MOST) {
        return null;
    }
    const out = [];
    for (const letter of letters) {
        let carry = BASE58.indexOf(letter);
        if (carry < 0) {
            return null;
        }
        for (let i = 0; i < out.length; i++) {
            carry += out[i] * 58;
            out[i] = carry & 0xff;
            carry >>= 8;
        }
        while (carry > 0) {
            out.push(carry & 0xff);
            carry >>= 8;
        }
    }
    const zeros = /^1*/.exec(letters)[0].length;
    return concat(new Uint8Array(zeros), Uint8Array.from(out.reverse()));
}
