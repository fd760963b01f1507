// checks -- what every script here uses: reads the samples, alters them, and
// says of each check "ok WHAT" or "not ok WHAT"; tests/foreign_credential.sh counts.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];

export const DID = "did:web:register.example.cn";

// The day on which everything is looked at: nothing here reads the real clock,
// nor do the libraries.
const NOW = Date.parse("2026-07-01T00:00:00Z");
const RealDate = Date;
globalThis.Date = class extends RealDate {
    constructor(...given) {
        super(...(given.length === 0 ? [NOW] : given));
    }
    static now() {
        return NOW;
    }
};

export function text(name) {
    return readFileSync(join(folder, name), "utf8");
}

export function json(name) {
    return JSON.parse(text(name));
}

export function say(good, what) {
    console.log(`${good ? "ok" : "not ok"} ${what}`);
}

// Does `work` succeed, whatever it throws otherwise?
export async function succeeds(work) {
    try {
        await work();
        return true;
    } catch {
        return false;
    }
}

// The same document with one thing else, for every thing in it: each value
// altered, each member left out.  [where, altered document]
export function* alterations(document) {
    for (const path of paths(document, [])) {
        const where = path.join(".");
        yield [`${where} altered`, changed(document, path, other)];
        yield [`${where} left out`, changed(document, path, () => undefined)];
    }
}

function* paths(value, path) {
    if (typeof value !== "object" || value === null) {
        yield path;
        return;
    }
    for (const key of Object.keys(value)) {
        yield* paths(value[key], [...path, key]);
    }
}

function other(value) {
    if (typeof value === "string") {
        return value.slice(0, -1) + (value.endsWith("x") ? "y" : "x");
    }
    return typeof value === "number" ? value + 1 : !value;
}

function changed(document, path, by) {
    const copy = structuredClone(document);
    const last = path[path.length - 1];
    const parent = path.slice(0, -1).reduce((at, key) => at[key], copy);
    const value = by(parent[last]);
    if (value !== undefined) {
        parent[last] = value;
    } else if (Array.isArray(parent)) {
        parent.splice(Number(last), 1);
    } else {
        delete parent[last];
    }
    return copy;
}

// Every copy with one bit of one byte changed: [place, bytes]
export function* flips(bytes) {
    for (let i = 0; i < bytes.length; i++) {
        const copy = Uint8Array.from(bytes);
        copy[i] ^= 1;
        yield [`byte ${i}`, copy];
    }
}

// None of the altered copies may pass: one line for all, naming the first
// that does.  `work` throws or gives false for what it refuses.
export async function allRefused(what, copies, work) {
    let n = 0;
    for (const [where, copy] of copies) {
        n++;
        let passed = false;
        try {
            passed = (await work(copy)) !== false;
        } catch {
            passed = false;
        }
        if (passed) {
            say(false, `${what}: ${where} is believed`);
            return;
        }
    }
    say(n > 0, `${what}: ${n} altered copies are refused`);
}
