// words.mjs -- the texts that people read, out of the catalogues, in one
// language: a step names what it presses by its id, and so runs in both.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = { zh: "text/zh_CN", en: "text/en" };
const ENTRY = /^msgid "((?:[^"\\]|\\.)+)"\nmsgstr ((?:"(?:[^"\\]|\\.)*"\n?)+)/gm;

const unquoted = (text) => text.replace(/"\n?"|^"|"\n?$/g, "")
    .replace(/\\(.)/g, (all, c) => c === "n" ? "\n" : c);

function catalogue(folder) {
    const found = new Map();
    for (const name of readdirSync(folder)) {
        const text = readFileSync(join(folder, name), "utf8");
        for (const [, id, said] of text.matchAll(ENTRY)) {
            found.set(id, unquoted(said));
        }
    }
    return found;
}

// What `id` says in `lang`, with what it is told put in; a text that is not
// there is a mistake in the test.
export function words(lang) {
    const known = catalogue(FOLDERS[lang]);
    return (id, told = {}) => {
        const text = known.get(id);
        if (text === undefined) {
            throw new Error(`no text has the id ${id}`);
        }
        return text.replace(/\{(\w+)\}/g, (all, name) => told[name] ?? all);
    };
}
