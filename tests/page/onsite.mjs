// The checklist at a site in Debian's Chromium, with a network that is switched off
// and on: a proxy before the server, which refuses everybody while it is off.
//
//   onsite.mjs PORT CASE LOGIN
//
// PORT is the server's, of a demonstration; LOGIN leads the audit of CASE.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";

const [port, number, login] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

// --- the network ------------------------------------------------------------------

let on = true;
let lost = null; // while answers get lost: to be called with the first
const lines = new Set();
const proxy = createServer((line) => {
    lines.add(line);
    line.on("error", () => line.destroy());
    line.on("close", () => lines.delete(line));
    if (!on) {
        line.destroy();
        return;
    }
    const server = connect(Number(port), "127.0.0.1");
    server.on("error", () => line.destroy());
    server.on("close", () => line.destroy());
    line.on("close", () => server.destroy());
    line.on("data", (bytes) => {
        line.posts = bytes.toString("latin1").startsWith("POST ");
        server.write(bytes);
    });
    server.on("data", (bytes) => {
        if (lost !== null && line.posts) {
            line.destroy();
            lost();
            return;
        }
        line.write(bytes);
    });
});
await new Promise((ready) => { proxy.listen(0, "127.0.0.1", ready); });
const site = `http://127.0.0.1:${proxy.address().port}`;

async function network(there, context) {
    on = there;
    if (!there) {
        lines.forEach((line) => line.destroy());
    }
    await context.setOffline(!there);
}

// --- people -----------------------------------------------------------------------

const browser = await launch();
const PHONE = { viewport: { width: 390, height: 844 }, locale: "en-GB" };

async function enter(options = {}) {
    const context = await browser.newContext({ ...PHONE, ...options });
    const page = await context.newPage();

    await page.goto(`${site}/login`);
    await page.fill("#login", login);
    await page.click("form.sheet button");
    await page.goto(`${site}/cases/${number}/checklist`);
    await page.click('a[href*="/checklist/"]:not([href*="?"])');
    await page.waitForURL("**/checklist/*");
    return page;
}

// The first cards with a plain answer, one for each part of the test.
const leaves = async (page) => page.evaluate(() =>
    [...document.querySelectorAll('[data-leaf]:has([value="not_met"])')]
        .map((card) => card.dataset.leaf));
const card = (page, leaf) => page.locator(`[data-leaf="${leaf}"]`);
const ready = (page) => page.waitForSelector('[data-ready="yes"]', { state: "attached" });
const restored = (page) => page.waitForSelector("[data-restored]", { state: "attached" });
async function reload(page) {
    await page.reload();
    await restored(page);
}
const kept = (page, leaf) => card(page, leaf).locator("[data-kept]").textContent();

async function answer(page, leaf, note) {
    await card(page, leaf).locator('[name="result"][value="met"]').check();
    await card(page, leaf).locator('[name="note"]').fill(note);
}
const isKept = (page, leaf) => card(page, leaf).locator("[data-kept]:not([aria-busy])")
    .filter({ hasText: "Kept on this device" }).waitFor();
const record = (page, leaf) => card(page, leaf).locator("button").click();
const shows = (page, leaf, text) => card(page, leaf).getByText(text).first().waitFor();

// --- entered without a network -----------------------------------------------------

const page = await enter();
const broken = [];
page.on("pageerror", (error) => broken.push(error.message));
await ready(page);
const [first, second, third, fourth] = await leaves(page);
await page.evaluate(axe);
equals("axe finds nothing", (await page.evaluate(() => globalThis.axe.run()))
    .violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "), "");
equals("nothing is wider than the phone", await page.evaluate(() =>
    document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
equals("what is pressed is as large as a thumb", await page.evaluate(() =>
    [...document.querySelectorAll(".answers .big, form.onsite button")]
        .filter((e) => e.getBoundingClientRect().height < 44).length), 0);

await network(false, page.context());
await answer(page, first, "in the cellar");
await isKept(page, first);
await reload(page);
equals("without a network the page opens again", await card(page, first).count(), 1);
equals("and what was typed is there",
    await card(page, first).locator('[name="note"]').inputValue(), "in the cellar");
equals("with its answer",
    await card(page, first).locator('[value="met"]').isChecked(), true);
await record(page, first);
await card(page, first).getByText("Not sent yet").waitFor();
await reload(page);
say((await kept(page, first)).startsWith("Not sent yet"), "it says what is not sent yet");
equals("and lists it", await page.locator("[data-list] a").count(), 1);
await page.locator(".big-links a:not([aria-current])").first().click();
await page.waitForURL("**/checklist/*");
await restored(page);
equals("another group opens, too", await page.locator("[data-leaf]").count() > 0, true);
equals("and says what waits elsewhere", await page.locator("[data-list] a").count(), 1);
await page.goBack();
await network(true, page.context());
await page.evaluate(() => window.dispatchEvent(new Event("online")));
await shows(page, first, "On record:");
equals("with a network it is sent by itself", await kept(page, first), "");
await page.locator("[data-list]").waitFor({ state: "hidden" });
say(true, "and nothing waits any more");

// --- sent twice ---------------------------------------------------------------------

const gone = new Promise((done) => { lost = done; });
await answer(page, second, "answer lost");
await record(page, second);
await gone;
await card(page, second).getByText("Not sent yet").waitFor();
lost = null;
await reload(page);
await shows(page, second, "On record:");
await page.locator("[data-list]").waitFor({ state: "hidden" });
say(true, "an answer that was lost is asked for again");

// --- somebody else was quicker --------------------------------------------------------

await network(false, page.context());
await answer(page, third, "mine");
await record(page, third);
await card(page, third).getByText("Not sent yet").waitFor();
on = true;
const other = await enter();
await answer(other, third, "theirs");
await record(other, third);
await shows(other, third, "On record:");
await other.context().close();
await network(true, page.context());
await page.evaluate(() => window.dispatchEvent(new Event("online")));
await card(page, third).getByRole("alert").waitFor();
say((await card(page, third).textContent()).includes("theirs"), "a conflict shows what is on record");
equals("beside what was entered",
    await card(page, third).locator('[name="note"]').inputValue(), "mine");
equals("which is still kept", await page.locator("[data-list] a").count(), 1);
await reload(page);
equals("also after a while",
    await card(page, third).locator('[name="note"]').inputValue(), "mine");
await answer(page, third, "mine, after all");
await record(page, third);
await card(page, third).locator(".on-record").getByText("mine, after all").waitFor();
await page.locator("[data-list]").waitFor({ state: "hidden" });
say(true, "it can be recorded over it");

// --- leaving ------------------------------------------------------------------------

const address = page.url();
await page.locator('form[action="/logout"] button').click();
await page.waitForURL((url) => !url.pathname.startsWith("/cases"));
await network(false, page.context());
equals("who left leaves no page behind",
    await page.goto(address).then(() => "a page", () => "none"), "none");
await network(true, page.context());
equals("no script failed", broken.join("; "), "");
await page.context().close();

// --- without scripts ------------------------------------------------------------------

const plain = await enter({ javaScriptEnabled: false });
await answer(plain, fourth, "by a plain form");
await record(plain, fourth);
await shows(plain, fourth, "On record:");
say(plain.url().endsWith(`#leaf-${fourth}`), "a plain form leads back to its card");

await browser.close();
proxy.close();
