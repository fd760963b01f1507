// How people come in, by Debian's Chromium with scripts switched off.
//
//   arrive.mjs SITE FOLDER
//
// SITE serves a demonstration; what the page with the square code looks like
// goes to FOLDER/light.png and FOLDER/dark.png, and what its code must say to
// FOLDER/light.txt and FOLDER/dark.txt: tests/arrive.sh has it scanned.

import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.mjs";

const [site, folder] = process.argv.slice(2);
const say = (good, what) => console.log(`${good ? "ok" : "not ok"} ${what}`);
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

const browser = await launch();

const complaints = [];

async function open(theme, width) {
    const context = await browser.newContext({ javaScriptEnabled: false,
        colorScheme: theme, locale: "en-GB", viewport: { width, height: 900 } });
    const page = await context.newPage();
    // A status of 400 or more that a form is answered with is no complaint.
    page.on("console", (m) => {
        if (m.type() === "error" && !m.text().includes("status of 4")) {
            complaints.push(m.text());
        }
    });
    return page;
}

const go = (page, address) => page.goto(new URL(address, site).href);
const at = (page) => new URL(page.url()).pathname;
const send = (page, form = "main form.sheet") => page.click(`${form} button[type=submit]`);

async function signIn(page, login) {
    await go(page, "/login");
    await page.fill("#login", login);
    await send(page);
}

// --- a second factor --------------------------------------------------------

// RFC 6238, written once more: what a telephone shows.
function codeOf(secret, step) {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, "0"))
        .join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const mac = createHmac("sha1", key).update(counter).digest();
    const from = mac[19] & 15;
    return String((mac.readUInt32BE(from) & 0x7fffffff) % 1000000).padStart(6, "0");
}

async function enrol(theme, width, login) {
    const page = await open(theme, width);
    await signIn(page, login);
    await go(page, "/account/factor?next=/cases");
    await send(page);
    await page.screenshot({ path: join(folder, `${theme}.png`), fullPage: true });
    const link = await page.getAttribute("figcaption a", "href");
    writeFileSync(join(folder, `${theme}.txt`), `${link}\n`);
    const secret = (await page.textContent("code.secret")).replaceAll(" ", "");
    equals(`${theme}: text and link say the same secret`,
        new URL(link).searchParams.get("secret"), secret);
    await page.fill("#code", codeOf(secret, Math.floor(Date.now() / 30000)));
    await send(page);
    equals(`${theme}: recovery codes`, await page.locator(".recovery li").count(), 10);
    await page.click("main a[role=button]");
    equals(`${theme}: and on to where one wanted`, at(page), "/cases");
    return page;
}

const first = await enrol("light", 1280, "auditor1");
await enrol("dark", 390, "reviewer");

// --- sessions ----------------------------------------------------------------

const second = await open("light", 1280);
await signIn(second, "auditor1");
equals("whoever has a factor is asked for it", at(second), "/login/code");
await go(first, "/account");
await first.click("#sessions .act button");
equals("the session that waits is ended", at(first), "/account");
await go(second, "/login/code");
equals("and is over there", at(second), "/login");

// --- an invitation -----------------------------------------------------------

const admin = await open("light", 1280);
await signIn(admin, "admin");
await go(admin, "/invite");
await send(admin);
say(await admin.locator("[role=alert]").count() === 1, "nothing is no invitation");
await admin.check("input[value=auditor]");
await admin.check("input[value=planner]");
await send(admin);
const ticket = new URL(await admin.textContent("code.secret")).pathname;
const guest = await open("dark", 390);
await go(guest, ticket);
await guest.fill("#name", "Li");
await guest.fill("#login", "admin");
await guest.fill("#password", "a first secret");
await send(guest);
say(await guest.locator("[role=alert]").count() === 1, "a login that is taken");
equals("what was typed is still there", await guest.inputValue("#name"), "Li");
await guest.fill("#login", "li");
await guest.fill("#password", "a first secret");
await send(guest);
equals("the account is open", at(guest), "/arrived/account");
await signIn(guest, "li");
await go(guest, "/account");
say((await guest.textContent("main")).includes("planner, auditor"), "with both roles");
await go(guest, "/people");
equals("and no right to see people", await guest.locator("h1").textContent(), "No entry");
await go(guest, ticket);
say((await guest.textContent("h1")).includes("does not work any more"), "it works once");

// --- the trail ---------------------------------------------------------------

await go(admin, "/trail?of=li");
say((await admin.textContent("tbody")).includes("accepted an invitation"), "it is in the trail");
say(complaints.length === 0, `the browser complains of nothing ${complaints.join(" ")}`);
await browser.close();
