// Contact sheets of kept pictures, to be looked at.
//
//   sheet.mjs PICTURES OUT
//
// PICTURES is a folder that tests/browse.sh or another test kept pictures in;
// OUT gets sheet-WAY-N.png, where WAY is what their names end in: zh or en, with
// -dark and -phone.  A picture is cut off where it is longer than its cell.

import { mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";

const [pictures, out] = process.argv.slice(2);
const DESK = { across: 4, down: 3, width: 480, height: 420 };
const PHONE = { across: 8, down: 2, width: 240, height: 640 };
const WAY = /-((?:zh|en)(?:-[a-z]+)*)\.png$/;

const ways = new Map();
for (const name of readdirSync(pictures).sort()) {
    const way = WAY.exec(name)?.[1];
    if (way !== undefined) {
        ways.set(way, [...ways.get(way) ?? [], name]);
    }
}
mkdirSync(out, { recursive: true });

const cell = ({ width, height }) => (name) => `<figure><figcaption>${name}</figcaption>
<div style="width:${width}px;height:${height}px"><img src="${pathToFileURL(resolve(pictures, name)).href}"></div></figure>`;
const page = (names, how) => `<!doctype html><style>
body{margin:8px;display:grid;grid-template-columns:repeat(${how.across},${how.width}px);gap:8px;background:#888;font:12px sans-serif}
figure{margin:0}figcaption{overflow:hidden;white-space:nowrap}div{overflow:hidden;background:#fff}img{width:100%}
</style>${names.map(cell(how)).join("")}`;

const browser = await launch();
const tab = await browser.newPage();
// Pictures are files, which only a page that is a file may show.
await tab.goto(pathToFileURL(resolve(out)).href);
for (const [way, names] of ways) {
    const how = way.includes("phone") ? PHONE : DESK;
    const most = how.across * how.down;

    await tab.setViewportSize({ width: how.across * (how.width + 8) + 8,
        height: how.down * (how.height + 24) + 16 });
    for (let i = 0; i * most < names.length; i++) {
        await tab.setContent(page(names.slice(i * most, (i + 1) * most), how), { waitUntil: "load" });
        await tab.screenshot({ path: join(out, `sheet-${way}-${i + 1}.png`) });
    }
    console.log(`${way}: ${names.length} pictures`);
}
await browser.close();
