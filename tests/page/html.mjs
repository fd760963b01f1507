// Every page of a folder is valid HTML.
//
//   html.mjs FOLDER

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { say } from "../foreign/credential/lib/checks.mjs";
import { invalid } from "./valid.mjs";

const [folder] = process.argv.slice(2);

// What is no HTML must not pass.
for (const [html, rule] of [
    ["<!doctype html><html lang=en><head><title>x</title></head><body><p><div>x</div></p></body></html>", "close-order"],
    ["<!doctype html><html lang=en><head><title>x</title></head><body><p id=a>x</p><p id=a>y</p></body></html>", "no-dup-id"],
]) {
    const found = invalid(html);
    say(found.includes(rule), `${rule} is seen${found.includes(rule) ? "" : `: ${found}`}`);
}
// Their fields are parts that stand there once each in a real form, which
// tests/browse.sh looks at.
const ONE_OF_EACH = /^(apply|assess)_full\./;

for (const name of readdirSync(folder).filter((n) =>
    n.endsWith(".html") && !ONE_OF_EACH.test(n))) {
    const found = invalid(readFileSync(join(folder, name), "utf8"));
    say(found === "", `${name}${found === "" ? "" : `: ${found}`}`);
}
