// Every page that links lead to, for everybody who has a part in it, in Debian's
// Chromium.
//
//   pages.mjs SITE NAMES [PICTURES]
//
// SITE serves a demonstration, NAMES is a list of logins with commas; "-" is
// somebody who does not sign in.  What must hold of each page:
//
//   - it answers: no link leads to an error;
//   - it is valid HTML (valid.mjs);
//   - every sentence of it is there, in the language that was asked for.
//
// And of each kind of page and tab, for the first whom a link leads there, or
// for everybody with THOROUGH=1, as it takes nearly all of the time:
//
//   - axe-core finds nothing against WCAG 2.2 AA;
//   - nothing breaks its policy, and nobody but SITE is asked for anything;
//   - it is no wider than the window.
//
// The first look at them wide, light and in Chinese, and narrow, dark and in
// English; the others read them in Chinese.  With PICTURES, a folder, what they
// look like is kept there.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";
import { invalid } from "./valid.mjs";

const [site, names, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const KINDS_MOST = 150; // of pages for one person: more would be a way without end
const THOROUGH = process.env.THOROUGH === "1";
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

const browser = await launch();

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

// A text that was not there for its name, or a place in one that nobody filled.
const lacks = (words) => words.match(/\[[a-z_]+\.[a-z_.]+\]|\{[a-z_]+\}/)?.[0];

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
async function faults(page) {
    const found = [];
    const missing = lacks(await page.innerText("body"));
    if (missing !== undefined) {
        found.push(`a text is missing: ${missing}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth -
        window.innerWidth);
    if (wide > 0) {
        found.push(`${wide} pixels wider than the window`);
    }
    const against = await violations(page);
    if (against !== "") {
        found.push(against);
    }
    found.push(...page.complaints.splice(0));
    return found;
}

// Of any page, however it came.
function tell(what, status, html, found) {
    const wrong = invalid(html);
    const all = [
        ...(status === 200 ? [] : [`status ${status}`]),
        ...(wrong === "" ? [] : [wrong]),
        ...found,
    ];
    say(all.length === 0, `${what}${all.length === 0 ? "" : `: ${all.join("; ")}`}`);
}

async function look(page, name, address, how) {
    await page.setViewportSize(how.narrow ? PHONE : DESK);
    await page.emulateMedia({ colorScheme: how.dark ? "dark" : "light" });
    const url = new URL(address, site);
    url.searchParams.set("lang", how.lang);
    const answer = await page.goto(url.href);
    const found = await faults(page);
    tell(`${name} ${how.lang}${how.dark ? " dark" : ""}${how.narrow ? " narrow" : ""} ${address}`,
        answer.status(), await answer.text(), found);
    if (pictures !== undefined) {
        const file = `${name}${kind(address).replaceAll(/[^a-z]+/g, "-")}-${how.lang}${how.dark ? "-dark" : ""}${how.narrow ? "-phone" : ""}`;
        await page.screenshot({ path: join(pictures, `${file}.png`), fullPage: true });
    }
}

// Read without a window; where its links lead.
async function read(page, name, address) {
    const answer = await page.request.get(new URL(`${address}${address.includes("?") ? "&" : "?"}lang=zh`, site).href);
    const html = await answer.text();
    // What is folded away is not seen, and may be a package's own texts.
    const missing = lacks(html
        .replaceAll(/<(script|style|textarea|template|details(?![^>]*\sopen))\b.*?<\/\1>/gs, "")
        .replaceAll(/<[^>]*>/g, " "));
    tell(`${name} zh ${address}`, answer.status(), html,
        missing === undefined ? [] : [`a text is missing: ${missing}`]);
    return [...html.matchAll(/<a\b([^>]*)>/g)]
        .filter(([, words]) => !/\sdownload\b/.test(words))
        .flatMap(([, words]) => words.match(/\shref="([^"]*)"/)?.[1] ?? [])
        .map((href) => new URL(href.replaceAll("&amp;", "&"), answer.url()).href);
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
        let leads;
        if (first || THOROUGH) {
            await look(page, name, address, { lang: "zh" });
            leads = await links(page);
        } else {
            leads = await read(page, name, address);
        }
        for (const href of leads) {
            const url = new URL(href);
            url.searchParams.delete("lang");
            url.hash = "";
            if (leadsOn(name, href)) {
                ways.push(url.pathname + url.search);
            }
        }
        if (first) {
            await look(page, name, address, { lang: "en", dark: true, narrow: true });
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
