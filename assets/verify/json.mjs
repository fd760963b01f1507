// json -- JSON read strictly, and its canonical form (RFC 8785).
//
//   [JS1] What has two readings is refused: a key that stands twice in one
//         object, a number that a double cannot hold, half a surrogate pair.

import { sha256, utf8 } from "./bytes.mjs";
import { Wrong } from "./wrong.mjs";

const DEPTH_MOST = 64;
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gs;

// Of a text that is JSON: no key twice, not too deep.
function checkKeys(text) {
    const open = [];
    let last = null;
    for (const [token] of text.matchAll(TOKENS)) {
        if (token === "{" || token === "[") {
            open.push(new Set());
        } else if (token === "}" || token === "]") {
            open.pop();
        } else if (token === ":") {
            const keys = open.at(-1);
            const key = JSON.parse(last);
            if (keys.has(key)) {
                throw new Wrong("verify_page.json_twice", { key });
            }
            keys.add(key);
        }
        if (open.length > DEPTH_MOST) {
            throw new Wrong("verify_page.json");
        }
        last = token;
    }
}

function checkValue(value) {
    if (typeof value === "number" && Number.isInteger(value) &&
        !Number.isSafeInteger(value)) {
        throw new Wrong("verify_page.json");
    }
    if (typeof value === "string" && /\p{Surrogate}/u.test(value)) {
        throw new Wrong("verify_page.json");
    }
    if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            checkValue(key);
            checkValue(inner);
        }
    }
}

export function parse(text) {
    let value;
    try {
        value = JSON.parse(text);
    } catch {
        throw new Wrong("verify_page.json");
    }
    checkKeys(text);
    checkValue(value);
    return value;
}

export const isObject = (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value);

// Keys by UTF-16 code units, which is how JavaScript compares; numbers and
// escapes as ECMAScript writes them: that is what RFC 8785 took them from.
export function canonical(value) {
    if (Array.isArray(value)) {
        return `[${value.map(canonical).join(",")}]`;
    }
    if (isObject(value)) {
        const members = Object.keys(value).sort()
            .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
        return `{${members.join(",")}}`;
    }
    return JSON.stringify(value);
}

export const digestOf = (value) => sha256(utf8(canonical(value)));

// The member at the end of a path, or undefined; never what an object inherits.
export function at(value, ...path) {
    return path.reduce((v, key) =>
        (typeof v === "object" && v !== null && Object.hasOwn(v, key)
            ? v[key] : undefined), value);
}

// A text that is not empty, or null.
export function textAt(value, ...path) {
    const found = at(value, ...path);
    return typeof found === "string" && found.length > 0 ? found : null;
}
