// Pages with forms (build/page_preview) in Debian's Chromium: accessible in both
// languages and themes and on a phone, and what a browser sends of them.
//
//   forms.mjs PAGES [PICTURES]
//
// PAGES is the folder that page_preview wrote.  With PICTURES, a folder, what the pages
// look like is kept there.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";

const [pages, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

const browser = await launch();
const FORMS = ["application", "quote", "decision", "report", "nothing", "hostile"];
const DESKTOP = { viewport: { width: 1100, height: 900 } };
const PHONE = { width: 390, height: 844 };

// Nothing is served: what the browser asks for is read from the folder.
const SITE = "https://forms.example.cn";

async function open(name, lang, options) {
    const context = await browser.newContext(options);
    await context.route(`${SITE}/**`, (route) =>
        route.fulfill({ path: join(pages, new URL(route.request().url()).pathname) }));
    const page = await context.newPage();
    await page.goto(`${SITE}/form_${name}.${lang}.html`);
    return page;
}

// --- accessible -----------------------------------------------------------------

const VIEWS = {
    zh: [["light", "desktop", DESKTOP.viewport], ["dark", "phone", PHONE]],
    en: [["dark", "desktop", DESKTOP.viewport], ["light", "phone", PHONE]],
};

// The layout around them is another test's.
async function look(page, name, lang, [colorScheme, kind, size]) {
    const what = `${name}, ${lang}, ${colorScheme}, ${kind}`;
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(() => globalThis.axe.run("main"));
    equals(`${what}: axe finds nothing`,
        found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "), "");
    equals(`${what}: nothing is wider than the window`, await page.evaluate(() =>
        document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    if (pictures !== undefined) {
        await page.screenshot({ fullPage: true,
            path: join(pictures, `${name}-${lang}-${colorScheme}-${kind}.png`) });
    }
}

// One page for all looks at a form: to read axe takes longer than to run it.
// Without motion it has its new colours at once.
for (const [lang, views] of Object.entries(VIEWS)) {
    for (const name of FORMS) {
        const page = await open(name, lang, { reducedMotion: "reduce" });
        await page.evaluate(axe);
        for (const view of views) {
            await look(page, name, lang, view);
        }
        await page.context().close();
    }
}

// --- what is sent -----------------------------------------------------------------

// What the browser sends when `press` did something to the page.
async function sent(name, press) {
    const page = await open(name, "en", DESKTOP);
    let body = "nothing";
    await page.route("**/do/**", async (route) => {
        body = route.request().postData();
        await route.fulfill({ status: 200, body: "" });
    });
    await Promise.all([page.waitForURL("**/do/**"), press(page)]);
    await page.context().close();
    return new URLSearchParams(body);
}

const enter = await sent("quote", async (page) => {
    await page.locator("[name='lines.0.text']").press("Enter");
});
equals("Enter sends the form, and presses no button of a row",
    enter.has("add") || enter.has("remove"), false);
equals("Enter sends what is in the fields", enter.get("lines.1.amount"), "12000.50");
equals("a limit goes as number and unit",
    `${enter.get("period.n")} ${enter.get("period.unit")}`, "36 m");

const add = await sent("quote", (page) => page.getByText("Add: Line").click());
equals("a button adds to its list", add.get("add"), "lines");
const remove = await sent("quote", (page) => page.getByText("Remove: Line 2").click());
equals("a button takes its row away", remove.get("remove"), "lines.1");
const report = await sent("report", (page) => page.locator(".send").click());
equals("a choice, a tick and a day", ["recommended", "runs", "correct_until"]
    .map((one) => report.get(one)).join(" "), "yes yes 2026-12-24");

// --- to the field from what is wrong with it --------------------------------------

const wrong = await open("application", "en", DESKTOP);
await wrong.locator(".wrongs a").nth(1).click();
equals("a mistake leads to its field", await wrong.evaluate(() =>
    decodeURIComponent(location.hash)), "#f-sites.1.place");
equals("which is there", await wrong.evaluate(() =>
    document.getElementById("f-sites.1.place").getAttribute("aria-describedby")),
    "h-sites.1.place w-sites.1.place");
await wrong.context().close();

// --- a draft that is kept while one types (assets/draft.js [DJ3]) -------------------

// What arrives, in the order in which it does, when somebody goes on while what
// they typed is still on its way.
const slow = await browser.newContext(DESKTOP);
const arrived = [];
await slow.route(`${SITE}/**`, async (route) => {
    const asked = route.request();
    const body = new URLSearchParams(asked.postData() ?? "");
    if (asked.method() !== "POST") {
        await route.fulfill({ path: join(pages, new URL(asked.url()).pathname) });
        return;
    }
    if (body.has("quiet")) {
        await new Promise((done) => { setTimeout(done, 1500); });
    }
    arrived.push(body.has("quiet") ? "kept" : `sent by ${body.get("go")}`);
    await route.fulfill({ status: body.has("quiet") ? 204 : 200, body: "" });
});
const draft = await slow.newPage();
await draft.goto(`${SITE}/apply_full.zh.html`);
const keeps = draft.waitForRequest((r) => r.method() === "POST");
await draft.locator("#draft textarea, #draft input[type=text]").first().fill("x");
await keeps;
await draft.locator("#draft button[value=next]").click();
await draft.waitForURL("**/way");
equals("who goes on comes after what is under way", arrived.join(", "), "kept, sent by next");
await slow.close();

await browser.close();
