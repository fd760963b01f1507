// Every page that links lead to, for everybody who has a part in it, in Debian's
// Chromium.
//
//   pages.mjs SITE NAMES [PICTURES]
//
// SITE serves a demonstration, NAMES is a list of logins with commas; "-" is
// somebody who does not sign in.  What must hold of each page:
//
//   - it answers: no link leads to an error;
//   - axe-core finds nothing against WCAG 2.2 AA, the first time that its kind
//     is seen, and every time with THOROUGH=1, for axe takes most of the time;
//   - nothing breaks its policy, and nobody but SITE is asked for anything;
//   - it is no wider than a phone;
//   - every sentence of it is there, in the language that was asked for;
//   - the first time that its kind is seen: it is valid HTML (valid.mjs).
//
// One page of each kind and tab is looked at wide, light and in Chinese by
// everybody whom a link leads there, and narrow, dark and in English by the
// first of them.  With PICTURES, a folder, what they look like is kept there.

import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { say } from "../foreign/credential/lib/checks.mjs";
import { invalid } from "./valid.mjs";

const [site, names, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KINDS_MOST = 150; // of pages for one person: more would be a way without end
const THOROUGH = process.env.THOROUGH === "1";
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
});

// The kind of page an address is: numbers, codes and hashes are one like the
// other; what a list goes on after, and a search, are too.
function kind(address) {
    const { pathname, searchParams } = new URL(address, site);
    const path = pathname.split("/").map((s) =>
        /^[a-z_.-]*$/.test(s) ? s : "*").join("/");
    return `${path}?${[...searchParams.keys()].filter((k) => k !== "lang").sort()}`;
}

// --- one page ------------------------------------------------------------------

async function open(name, options) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.complaints = [];
    page.on("console", (m) => {
        if (m.type() === "error" || m.type() === "warning") {
            page.complaints.push(m.text());
        }
    });
    page.on("pageerror", (e) => page.complaints.push(e.message));
    page.on("request", (r) => {
        if (!r.url().startsWith(site) && !r.url().startsWith("data:")) {
            page.complaints.push(`asked ${r.url()}`);
        }
    });
    if (name !== "-") {
        await page.goto(`${site}/login`);
        await page.fill("#login", name);
        await page.press("#login", "Enter");
        await page.waitForURL(`${site}/work`);
    }
    return page;
}

// What axe finds, in a world of its own that the page's policy does not reach.
async function violations(page) {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld",
        { frameId: frameTree.frame.id });
    const evaluate = (expression) => session.send("Runtime.evaluate",
        { expression, contextId, awaitPromise: true, returnByValue: true });
    await evaluate(axe);
    const { result } = await evaluate(`axe.run({ runOnly: ${JSON.stringify(TAGS)} }).then((r) =>
        r.violations.map((v) => v.id + " " + v.nodes[0].target.join(" ")).join("; "))`);
    await session.detach();
    return result.value ?? "axe did not run";
}

// What is wrong with the page as it is shown now; empty when nothing is.
async function faults(page, thorough) {
    const found = [];
    const words = await page.innerText("body");
    const missing = words.match(/\[[a-z_]+\.[a-z_.]+\]|\{[a-z_]+\}/);
    if (missing) {
        found.push(`a text is missing: ${missing[0]}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth -
        window.innerWidth);
    if (wide > 0) {
        found.push(`${wide} pixels wider than the window`);
    }
    const against = thorough ? await violations(page) : "";
    if (against !== "") {
        found.push(against);
    }
    found.push(...page.complaints.splice(0));
    return found;
}

async function look(page, name, address, how) {
    await page.setViewportSize(how.narrow ? PHONE : DESK);
    await page.emulateMedia({ colorScheme: how.dark ? "dark" : "light" });
    const url = new URL(address, site);
    url.searchParams.set("lang", how.lang);
    const answer = await page.goto(url.href);
    const found = await faults(page, how.thorough);
    const html = how.narrow ? invalid(await answer.text()) : "";
    if (html !== "") {
        found.push(html);
    }
    if (!answer.ok()) {
        found.unshift(`status ${answer.status()}`);
    }
    const what = `${name} ${how.lang}${how.dark ? " dark" : ""}${how.narrow ? " narrow" : ""} ${address}`;
    say(found.length === 0, `${what}${found.length === 0 ? "" : `: ${found.join("; ")}`}`);
    if (pictures !== undefined) {
        const file = `${name}${kind(address).replaceAll(/[^a-z]+/g, "-")}-${how.lang}${how.dark ? "-dark" : ""}${how.narrow ? "-phone" : ""}`;
        await page.screenshot({ path: join(pictures, `${file}.png`), fullPage: true });
    }
}

// --- everywhere ------------------------------------------------------------------

const links = (page) => page.evaluate(() => [...document.querySelectorAll("a[href]")]
    .filter((a) => !a.hasAttribute("download")).map((a) => a.href));

// Files, and what programs ask for.
const NO_PAGE = /^\/(assets|log\/|api|status|calendar|c\/[^/]+\/|cases\/[^/]+\/(files|print)\/.)/;
// What is there for everybody is looked at once, by somebody who is not in.
const PUBLIC = /^\/($|c\/|(help|login|register|forgot|verify|log|directory|body|schemes|fees|check)(\/|$))/;

function leadsOn(name, href) {
    const path = new URL(href).pathname;
    return href.startsWith(`${site}/`) && !NO_PAGE.test(path) &&
        (name === "-" || !PUBLIC.test(path));
}

const looked = new Set(); // kinds that somebody looked at both ways

// Whoever is in looks at what they are in for; the rest is looked at by "-".
async function walk(name) {
    const page = await open(name, {});
    const seen = new Set();
    const ways = [name === "-" ? "/" : "/work"];
    while (ways.length > 0 && seen.size < KINDS_MOST) {
        const address = ways.shift();
        if (seen.has(kind(address))) {
            continue;
        }
        seen.add(kind(address));
        const first = !looked.has(kind(address));
        looked.add(kind(address));
        await look(page, name, address, { lang: "zh", thorough: first || THOROUGH });
        for (const href of await links(page)) {
            const url = new URL(href);
            url.searchParams.delete("lang");
            url.hash = "";
            if (leadsOn(name, href)) {
                ways.push(url.pathname + url.search);
            }
        }
        if (first) {
            await look(page, name, address,
                { lang: "en", dark: true, narrow: true, thorough: true });
        }
    }
    say(seen.size > 1 && seen.size < KINDS_MOST, `${name} walks ${seen.size} kinds of pages`);
    await page.context().close();
}

for (const name of names.split(",")) {
    await walk(name);
}

// --- without scripts ---------------------------------------------------------------

const plain = await open("intake", { javaScriptEnabled: false, locale: "zh-CN" });
say((await plain.title()).startsWith("我的工作"), "without scripts one signs in");
await plain.click("header.site form button");
await plain.waitForURL(`${site}/login`);
say(true, "without scripts one signs out");
await plain.context().close();

await browser.close();
