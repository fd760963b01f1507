// The pages anybody may read, in Debian's Chromium: they keep to their policy,
// axe finds nothing to mend, nothing is wider than a phone, and a self-check
// works with and without scripts.
//
//   public.mjs SITE NUMBER [PICTURES]
//
// SITE serves a demonstration, NUMBER is one of its certificates.  With PICTURES,
// a folder, what the pages look like is kept there.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";

const [site, number, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

const browser = await launch();

async function open(address, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.complaints = [];
    page.on("console", (m) => {
        if (m.type() === "error" || m.type() === "warning") {
            page.complaints.push(m.text());
        }
    });
    page.on("pageerror", (e) => page.complaints.push(e.message));
    await page.goto(site + address);
    return page;
}

async function close(what, page) {
    equals(`${what}: nothing broke the page's policy`, page.complaints.join("; "), "");
    await page.context().close();
}

// axe, once for all looks at a page: to read it takes longer than to run it.
const bring = (page) => page.evaluate(axe);

// What axe would have mended, "rule at element".
async function faults(page) {
    const { violations } = await page.evaluate(() => window.axe.run());
    return violations.map((v) => `${v.id} at ${v.nodes[0].target.join(" ")}`).join("; ");
}

// --- every page --------------------------------------------------------------------

const PAGES = {
    home: "/",
    found: `/?q=${number}`,
    none: "/?q=nobody",
    certificate: `/c/${number}`,
    help: "/help",
    log: "/log",
    directory: "/directory",
    narrowed: "/directory?status=valid&scheme=ten-star",
    nothing: "/directory?q=nobody",
    schemes: "/schemes",
    scheme: "/schemes/ten-star",
    clauses: "/schemes/iso-9001",
    fees: "/fees",
    estimate: "/fees?scheme=five-star&staff=100&sites=3&level=four",
    wrong: "/fees?scheme=ten-star&staff=0&trade=x",
    checks: "/check",
    check: "/check/ten-star?page=2&5.1.2.1.1:k=9",
    more: "/check/ten-star?page=13",
    result: "/check/ten-star?page=result&5.1.2.1.1:k=1&5.1.2.1.1:n=3&satisfaction:k=9&satisfaction:n=10",
    body: "/body",
    batch: "/batch",
};
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const VIEWS = {
    zh: {
        "desktop": { size: DESK, colorScheme: "light" },
        "phone dark": { size: PHONE, colorScheme: "dark" },
    },
    en: {
        "desktop dark": { size: DESK, colorScheme: "dark" },
        "phone": { size: PHONE, colorScheme: "light" },
    },
};

async function look(page, name, view, { size, colorScheme }) {
    const what = `${name}, ${view}`;
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    equals(`${what}: axe finds nothing`, await faults(page), "");
    say(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        `${what}: nothing is wider than the window`);
    say(!/\[[a-z_]+\.[a-z_]+\]|\{\w+\}/.test(await page.innerText("body")),
        `${what}: every sentence is there`);
    if (pictures !== undefined) {
        await page.screenshot({ fullPage: true,
            path: join(pictures, `${name}-${view.replaceAll(" ", "-")}.png`) });
    }
}

for (const [lang, views] of Object.entries(VIEWS)) {
    // Without motion, a page has its new colours at once.
    const page = await open("/", { reducedMotion: "reduce" });
    for (const [name, address] of Object.entries(PAGES)) {
        await page.goto(`${site}${address}${address.includes("?") ? "&" : "?"}lang=${lang}`);
        await bring(page);
        for (const [view, how] of Object.entries(views)) {
            await look(page, name, `${lang} ${view}`, how);
        }
        equals(`${name}, ${lang}: nothing broke the page's policy`,
            page.complaints.splice(0).join("; "), "");
    }
    await page.context().close();
}

// --- forms, with and without scripts -------------------------------------------------

for (const javaScriptEnabled of [true, false]) {
    const what = javaScriptEnabled ? "with scripts" : "without scripts";
    const page = await open("/check/ten-star?lang=en", { javaScriptEnabled });
    await page.check('input[name="5.1.1.1.1"][value="met"]');
    await page.click('button[name="page"][value="2"]');
    await page.fill('input[name="5.1.2.1.1:k"]', "1");
    await page.fill('input[name="5.1.2.1.1:n"]', "3");
    await page.click('button[name="page"][value="result"]');
    equals(`${what}: a self-check comes to its score`,
        (await page.textContent(".estimate .word")).trim(), "1.33");
    await page.click('a[href^="?page=1"]');
    say(await page.isChecked('input[name="5.1.1.1.1"][value="met"]'),
        `${what}: the answers are there to be changed`);
    await page.goto(`${site}/check/ten-star`);
    equals(`${what}: what was left off is offered`,
        await page.isVisible("#resume"), javaScriptEnabled);
    if (javaScriptEnabled) {
        await page.click("#resume a");
        say(await page.isChecked('input[name="5.1.1.1.1"][value="met"]'),
            `${what}: and goes on where it was`);
        await page.goto(`${site}/check/ten-star`);
        await page.click("#resume button");
        await page.reload();
        say(!(await page.isVisible("#resume")), `${what}: unless it is forgotten`);
    }
    await page.goto(`${site}/directory?lang=en`);
    await page.click("summary");
    await page.selectOption("#status", "valid");
    await page.click('.filters button[type="submit"]');
    equals(`${what}: a filter goes into the address`,
        new URL(page.url()).searchParams.get("status"), "valid");
    await close(what, page);
}

await browser.close();
