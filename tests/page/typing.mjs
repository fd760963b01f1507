// Lists that narrow while one types, in Debian's Chromium: with scripts and
// without, forwards and Back, with Chinese being composed, and when the server
// refuses or is not there.  [TY1]-[TY4] [TJ1] [TJ2]
//
//   typing.mjs SITE NUMBER
//
// SITE serves a demonstration, NUMBER is one of its certificates.

import { gzipSync } from "node:zlib";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";

const [site, number] = process.argv.slice(2);
const PAGE_MOST = 150000; // bytes, packed, all that a page needs
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

const browser = await launch();

// Who types on before an answer came drops the request: how often that is
// depends on the machine.  One that fails says sendError besides.
const dropped = /^htmx:(afterRequest|sendAbort)\b/;

// A page that keeps what the browser complains of, and all it was sent.
async function open(address, options = {}) {
    const context = await browser.newContext({ locale: "en-GB",
        viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.complaints = [];
    page.parts = [];
    page.answers = [];
    page.on("console", (m) => {
        if (["error", "warning"].includes(m.type()) && !dropped.test(m.text())) {
            page.complaints.push(m.text());
        }
    });
    page.on("pageerror", (e) => page.complaints.push(e.message));
    page.on("request", (r) => {
        if (r.headers()["hx-request"] !== undefined) {
            page.parts.push(new URL(r.url()).search);
        }
    });
    page.on("response", (r) => page.answers.push(r.body().catch(() => "")));
    await page.goto(site + address);
    // Lost, should the page be loaded anew.
    await page.evaluate(() => { window.same = true; }).catch(() => {});
    return page;
}

async function close(what, page) {
    equals(`${what}: the browser complains of nothing`, page.complaints.join("; "), "");
    await page.context().close();
}

// What it was sent until now would take, packed.
async function packed(page) {
    const bodies = await Promise.all(page.answers);

    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

const search = (page) => new URL(page.url()).search;
const rows = (page) => page.locator("#results :is(a.card, tbody tr:not(:has(.nothing)))").count();
// As if the server had the part ready: the list is its answer again.
const settled = (page) => page.waitForSelector("#results:not(.stale)");
const state = (page) => page.evaluate(() => ({
    same: window.same === true, focus: document.activeElement.id,
    caret: document.activeElement.selectionStart,
    said: document.querySelector("#shown").textContent,
}));

async function type(page, field, words) {
    await page.locator(field).pressSequentially(words, { delay: 30 });
    await settled(page);
}

// --- home ------------------------------------------------------------------------

const home = await open("/?lang=en");
await home.waitForLoadState("networkidle");
const weight = await packed(home);
say(weight > 0 && weight < PAGE_MOST, `home packed is ${weight} bytes, under ${PAGE_MOST}`);
await home.focus("#q");
await type(home, "#q", "示例");
const some = await rows(home);
say(some > 1, "home: something is found while one types");
equals("home: its address says so", decodeURIComponent(search(home)), "?q=示例");
const holder = await home.locator("#results .holder").first().innerText();
await type(home, "#q", holder.slice("示例".length));
say(await rows(home) > 0 && await rows(home) < some, "home: more signs, fewer found");
await home.fill("#q", "");
await settled(home);
home.parts = [];
await home.evaluate((words) => {
    const field = document.querySelector("#q");

    for (let i = 1; i <= words.length; i++) {
        field.value = words.slice(0, i);
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
}, number);
await settled(home);
equals("home: keys without a pause are one question", home.parts.length, 1);
equals("home: a number finds one", await rows(home), 1);
equals("home: which is the one", await home.getAttribute("#results a.card", "href"), `/c/${number}`);
const now = await state(home);
say(now.same && now.focus === "q" && now.caret === number.length,
    "home: it is the same page, the caret where it was");
equals("home: what was found is said", now.said, "1 certificate found");
say((await home.getAttribute("#other-language a", "href")).includes(`q=${number}`),
    "home: the other language keeps what was typed");

await home.click("#results a.card");
await home.waitForURL(`${site}/c/${number}`);
await home.goBack();
await home.waitForURL(`${site}/?q=${number}`);
await home.waitForSelector("#results a.card");
say(await home.locator("header.site").count() === 1 && await home.inputValue("#q") === number,
    "home: Back leads to the whole page with what was typed");
await home.reload();
say(await home.locator("header.site").count() === 1 && await rows(home) === 1,
    "home: and so does loading it anew");
await home.fill("#q", "");
await settled(home);
equals("home: without words its address is short", search(home), "");
say(await home.locator(".examples").count() === 1, "home: and examples are there again");

// The answer to what was typed first comes last.
await home.route((u) => u.search === "?q=0002", async (route) => {
    await new Promise((done) => setTimeout(done, 900));
    await route.continue().catch(() => {});
});
await type(home, "#q", "0002").catch(() => {});
await home.fill("#q", number);
await settled(home);
await home.waitForTimeout(1000);
say(await rows(home) === 1 && search(home) === `?q=${number}`, "home: the latest answer wins");
await home.unrouteAll({ behavior: "ignoreErrors" });

// Letters on their way to Chinese. [TJ1]
await home.fill("#q", "");
await settled(home);
const keys = await home.context().newCDPSession(home);
const asked = home.parts.length;
await home.focus("#q");
for (const text of ["s", "sh", "shi", "shi li"]) {
    await keys.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await home.waitForTimeout(100);
}
await home.waitForTimeout(400);
equals("home: what is composed is not searched for", home.parts.length, asked);
await keys.send("Input.insertText", { text: "示例" });
await home.waitForFunction(() => document.querySelectorAll("#results a.card").length > 0);
equals("home: but what came of it", decodeURIComponent(search(home)), "?q=示例");
await close("home", home);

// --- when it goes wrong -----------------------------------------------------------

const bad = await open("/directory?lang=en");
await bad.route((u) => u.search.includes("q=busy"), (route) => route.fulfill({ status: 429,
    contentType: "text/html", body: "<html><body><main id=main><h1>Too often</h1></main></body></html>" }));
await bad.route((u) => u.search.includes("q=gone"), (route) => route.abort());
await type(bad, "#q", "busy");
equals("directory: a refusal stands where the list was", await bad.innerText("#results"), "Too often");
equals("directory: what was typed stays", await bad.inputValue("#q"), "busy");
say(!search(bad).includes("busy"), "directory: the address is that of the last list");
await bad.fill("#q", "");
await settled(bad);
say(await rows(bad) > 0, "directory: the next answer is the list again");
await bad.fill("#q", "gone");
await bad.waitForTimeout(700);
say(await bad.locator("#results.stale").count() === 1,
    "directory: without an answer the list does not look like one");
const network = /429|ERR_FAILED|^htmx:/;
bad.complaints = bad.complaints.filter((c) => !network.test(c));
await close("directory, refused", bad);

// --- filters -----------------------------------------------------------------------

const list = await open("/directory?lang=en");
const all = await list.innerText("#shown");
say(/^\d+ shown/.test(all), "directory: it says how many are shown");
await list.click("summary");
await list.selectOption("#status", "withdrawn");
await settled(list);
equals("directory: a choice goes into the address", search(list), "?status=withdrawn");
say(await list.innerText("#shown") !== all, "directory: and fewer are shown");
say(await list.locator("details[open]").count() === 1, "directory: the filters stay open");
await list.reload();
equals("directory: the address gives the same list", await list.inputValue("#status"), "withdrawn");
await close("directory", list);

// --- of those who are in --------------------------------------------------------------

async function enter(page, login) {
    await page.goto(`${site}/login?lang=en`);
    await page.fill("#login", login);
    await page.press("#login", "Enter");
    await page.waitForURL(`${site}/work`);
}

const staff = await open("/login?lang=en");
await enter(staff, "certificates");
for (const [path, field, words] of [["/cases", "#from", "0001"], ["/enterprises", "#q", "示例"]]) {
    await staff.goto(site + path);
    const before = await rows(staff);
    await type(staff, field, words);
    say(await rows(staff) > 0 && await rows(staff) <= before, `${path}: it narrows`);
    equals(`${path}: its address says so`, [...new URL(staff.url()).searchParams.values()].join(), words);
    await type(staff, field, "nobody");
    equals(`${path}: or nothing is found`, await rows(staff), 0);
    equals(`${path}: and that is said`, await staff.innerText("#shown"), "Nothing found");
}
await staff.goto(`${site}/certificates`);
await staff.selectOption("#status", "withdrawn");
await settled(staff);
equals("/certificates: a choice narrows", search(staff), "?status=withdrawn");
await staff.check(".tick input");
await settled(staff);
equals("/certificates: and a tick", search(staff), "?status=withdrawn&soon=90");
await staff.goto(`${site}/cases`);
await staff.context().clearCookies({ name: "s" });
await staff.fill("#from", "x");
await staff.waitForURL((u) => u.pathname === "/login");
say(true, "/cases: whoever is not in any more is led to the door");
staff.complaints = staff.complaints.filter((c) => !/403|^htmx:/.test(c));
await close("staff", staff);

// --- without scripts --------------------------------------------------------------------

const plain = await open("/?lang=en", { javaScriptEnabled: false });
await plain.fill("#q", number);
await plain.click(".search button");
equals("without scripts: home finds", await rows(plain), 1);
await plain.goto(`${site}/directory`);
await plain.click("summary");
await plain.selectOption("#status", "withdrawn");
await plain.click(".filters button");
equals("without scripts: a filter goes into the address",
    new URL(plain.url()).searchParams.get("status"), "withdrawn");
await enter(plain, "certificates");
await plain.goto(`${site}/cases`);
await plain.fill("#from", "0001");
await plain.click(".find button");
say(await rows(plain) > 0 || /\/cases\/C/.test(plain.url()), "without scripts: cases are found");
await close("without scripts", plain);

await browser.close();
