// cbor -- CBOR (RFC 8949) in its one deterministic encoding, as far as QR codes
// need it: whole numbers, bytes, texts, arrays, maps and tags.
//
//   [CB1] Every value has one encoding; any other is refused, and so is what
//         stands behind the value.  null is what a reader gives for it.

import { textOf } from "./bytes.mjs";

const DEPTH_MOST = 8;

class Refused extends Error {}

class Reader {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }

    take(n) {
        if (n > this.bytes.length - this.at) {
            throw new Refused();
        }
        this.at += n;
        return this.bytes.subarray(this.at - n, this.at);
    }

    // The number in a head, in as few bytes as it needs.
    count(low) {
        if (low < 24) {
            return low;
        }
        if (low > 27) {
            throw new Refused();
        }
        const width = 1 << (low - 24);
        const n = this.take(width).reduce((sum, byte) => sum * 256 + byte, 0);
        const least = width === 1 ? 24 : 2 ** (4 * width);
        if (n < least || !Number.isSafeInteger(n)) {
            throw new Refused();
        }
        return n;
    }

    list(n, depth) {
        const items = [];
        for (let i = 0; i < n; i++) {
            items.push(this.value(depth));
        }
        return items;
    }

    // Keys are whole numbers here, and rise.
    map(n, depth) {
        const map = new Map();
        let last = -Infinity;
        for (let i = 0; i < n; i++) {
            const key = this.value(depth);
            if (!Number.isInteger(key) || key < 0 || key <= last) {
                throw new Refused();
            }
            map.set(key, this.value(depth));
            last = key;
        }
        return map;
    }

    value(depth = 0) {
        if (depth > DEPTH_MOST) {
            throw new Refused();
        }
        const head = this.take(1)[0];
        const n = this.count(head & 31);
        switch (head >> 5) {
        case 0: return n;
        case 1: return -1 - n;
        case 2: return this.take(n);
        case 3: return this.text(n);
        case 4: return this.list(n, depth + 1);
        case 5: return this.map(n, depth + 1);
        case 6: return { tag: n, value: this.value(depth + 1) };
        default: throw new Refused();
        }
    }

    text(n) {
        const text = textOf(this.take(n));
        if (text === null) {
            throw new Refused();
        }
        return text;
    }
}

// null by [CB1].
export function readCbor(bytes) {
    const reader = new Reader(bytes);
    try {
        const value = reader.value();
        return reader.at === bytes.length ? value : null;
    } catch (e) {
        if (e instanceof Refused) {
            return null;
        }
        throw e;
    }
}

// The head of a value, for what is signed; n < 65536.
function head(kind, n) {
    if (n < 24) {
        return [(kind << 5) | n];
    }
    return n < 256 ? [(kind << 5) | 24, n]
        : [(kind << 5) | 25, n >> 8, n & 0xff];
}

export const bytesHead = (n) => Uint8Array.from(head(2, n));
export const textHead = (n) => Uint8Array.from(head(3, n));
export const arrayHead = (n) => Uint8Array.from(head(4, n));
