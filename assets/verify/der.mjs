// der -- ASN.1 in its distinguished encoding (X.690), read strictly.
//
//   [DE1] One value has one encoding: lengths are definite and as short as can
//         be, tags are of one byte.  BER that is no DER is refused.
//   [DE2] A reader gives back slices of what it was given, and nothing follows
//         that it did not look at.

import { equal, textOf } from "./bytes.mjs";
import { instant } from "./instant.mjs";
import { Wrong } from "./wrong.mjs";

export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OID = 0x06;
export const SEQUENCE = 0x30;
export const SET = 0x31;
const BOOLEAN = 0x01;
const UTC_TIME = 0x17;
const GENERAL_TIME = 0x18;

// [n], of parts.
export const context = (n) => 0xa0 + n;

export const bad = () => new Wrong("verify.cms_form");

// Where the content begins and how long it is [DE1].
function lengthOf(bytes) {
    const short = bytes[1];
    if (short === undefined || short === 0x80 || short > 0x84) {
        throw bad();
    }
    if (short < 0x80) {
        return { begin: 2, n: short };
    }
    const digits = bytes.subarray(2, 2 + short - 0x80);
    const n = digits.reduce((sum, byte) => sum * 256 + byte, 0);
    if (digits[0] === 0 || n < 0x80) {
        throw bad();
    }
    return { begin: 2 + digits.length, n };
}

// The value that `bytes` begin with: { tag, content, whole }.
export function firstOf(bytes) {
    if (bytes.length < 2 || (bytes[0] & 0x1f) === 0x1f) {
        throw bad();
    }
    const { begin, n } = lengthOf(bytes);
    if (begin + n > bytes.length) {
        throw bad();
    }
    return { tag: bytes[0], content: bytes.subarray(begin, begin + n),
        whole: bytes.subarray(0, begin + n) };
}

// The one value that they are [DE2].
export function onlyOf(bytes) {
    const value = firstOf(bytes);
    if (value.whole.length !== bytes.length) {
        throw bad();
    }
    return value;
}

// --- values of a kind ---------------------------------------------------------

export function content(value, tag) {
    if (value?.tag !== tag) {
        throw bad();
    }
    return value.content;
}

// The values inside of one that has parts.
export function parts(value, tag) {
    const found = [];
    for (let rest = content(value, tag); rest.length > 0;) {
        const next = firstOf(rest);
        found.push(next);
        rest = rest.subarray(next.whole.length);
    }
    return found;
}

// The one value inside.
export const inside = (value, tag) => onlyOf(content(value, tag));

// Values taken one after another.
export class Row {
    constructor(values) {
        this.values = values;
    }

    next() {
        return this.values.shift();
    }

    // The next if it has this tag; undefined if it is another.
    maybe(tag) {
        return this.values[0]?.tag === tag ? this.next() : undefined;
    }

    end() {
        if (this.values.length > 0) {
            throw bad();
        }
    }
}

export const row = (value, tag = SEQUENCE) => new Row(parts(value, tag));

// "1.2.840.113549.1.7.2"
export function oidOf(value) {
    const bytes = content(value, OID);
    const numbers = [];
    let n = 0;
    bytes.forEach((byte, i) => {
        if (n === 0 && byte === 0x80) { // [DE1]
            throw bad();
        }
        n = n * 128 + (byte & 0x7f);
        if (byte < 0x80) {
            numbers.push(n);
            n = 0;
        } else if (i === bytes.length - 1) {
            throw bad();
        }
    });
    if (numbers.length === 0) {
        throw bad();
    }
    const head = Math.min(2, Math.floor(numbers[0] / 40));
    return [head, numbers[0] - 40 * head, ...numbers.slice(1)].join(".");
}

// A whole number's bytes, without the zero that only says it is positive.
export function magnitude(value) {
    const bytes = content(value, INTEGER);
    const sign = bytes[0] === 0 && bytes.length > 1;
    if (bytes.length === 0 || bytes[0] >= 0x80 || (sign && bytes[1] < 0x80)) {
        throw bad();
    }
    return sign ? bytes.subarray(1) : bytes;
}

export const smallOf = (value) =>
    magnitude(value).reduce((sum, byte) => sum * 256 + byte, 0);

// Of whole bytes.
export function bitsOf(value) {
    const bytes = content(value, BIT_STRING);
    if (bytes[0] !== 0) {
        throw bad();
    }
    return bytes.subarray(1);
}

export const trueOf = (value) => equal(content(value, BOOLEAN), [0xff]);

// Seconds since 1970 of "260301000000Z" or "20260301000000.5Z".
export function secondsOf(value) {
    const text = textOf(value?.content ?? new Uint8Array()) ?? "";
    const form = value?.tag === UTC_TIME ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
        : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d*[1-9])?Z$/;
    const [, year, month, day, hour, minute, second] = form.exec(text) ?? [];
    const century = year?.length === 2 ? (year < "50" ? "20" : "19") : "";
    const seconds = instant(
        `${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    if (seconds === null || ![UTC_TIME, GENERAL_TIME].includes(value.tag)) {
        throw bad();
    }
    return seconds;
}
