// The page of a mirror in Debian's Chromium, served by nginx.
//
//   mirror.mjs SITE NUMBER USCC NUMBERLESS [PICTURES]
//
// SITE serves the mirror; NUMBER is a certificate in it, USCC its holder's code,
// NUMBERLESS a number that is not in it.  With PICTURES, a folder, what the page
// looks like is kept there.

import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";

const [site, number, uscc, none, pictures] = process.argv.slice(2);
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

const browser = await launch();

// --- a page and what it says -------------------------------------------------------

async function openPage(name, options = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const asked = [];
    const wrong = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (e) => wrong.push(String(e)));
    page.on("console", (message) => {
        if (message.type() === "error") {
            wrong.push(message.text());
        }
    });
    await page.goto(`${site}/${name}`);
    return { page, asked, wrong };
}

async function ask(page, word) {
    await page.fill("#word", word);
    await page.click("#ask button");
    await page.waitForSelector("#results:not([hidden]):not([aria-busy]) article");
    return {
        word: await page.textContent("#results .word"),
        text: await page.textContent("#results"),
        refuted: await page.locator("#results .withdrawn").count(),
    };
}

async function picture(page, name) {
    if (pictures !== undefined) {
        await page.screenshot({ path: join(pictures, `mirror-${name}.png`), fullPage: true });
    }
}

// --- what is asked -------------------------------------------------------------------

const { page, asked, wrong } = await openPage("en.html");
const found = await ask(page, number);
equals("a number is found", found.word, "Valid");
say(found.text.includes(uscc), "its holder is named");
say(found.text.includes("None was left out"), "and has no other certificate");
const lower = await ask(page, ` ${number.toLowerCase()} `);
equals("small letters and blanks are the same", lower.word, "Valid");
const holder = await ask(page, uscc);
say(holder.text.includes(number), "an enterprise's certificates are listed");
const nothing = await ask(page, none);
equals("what is not there is proved not to be", nothing.word, "Not in this register");
say(nothing.text.includes("no proof of a forgery"), "and said to be no forgery for that");
say(asked.every((url) => url.startsWith(site)), "nobody else is asked");
equals("nothing goes wrong", wrong.join(" "), "");

await page.goto(`${site}/en.html#${number}`);
await page.reload();
await page.waitForSelector("#results:not([hidden]) article");
equals("a link names what is looked up", await page.textContent("#results .word"), "Valid");

// --- files that were altered, or are gone ------------------------------------------------

async function altered(path, change) {
    const { page: other } = await openPage("en.html");
    await other.route(path, change);
    return ask(other, number);
}

const fulfilled = (alter) => async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: alter(await answer.body()) });
};
const flipped = (at) => (bytes) => {
    const made = Buffer.from(bytes);
    made[at(made.length)] ^= 1;
    return made;
};
for (const [what, path, at] of [
    ["a piece altered in the middle", /register\/..\//, (n) => Math.floor(n / 2)],
    ["a piece altered at its head", /register\/..\//, () => 4],
    ["the index altered", /register.json/, (n) => Math.floor(n / 2)],
    ["the index's last byte altered", /register.json/, (n) => n - 3],
]) {
    const seen = await altered(path, fulfilled(flipped(at)));
    equals(what, seen.word, "Does not hold");
}
const gone = await altered(/register\/..\//, (route) => route.fulfill({ status: 404 }));
say(gone.text.includes("cannot be fetched"), "a piece that is gone is said to be");

// --- how it looks -----------------------------------------------------------------------

for (const [name, lang] of [["index.html", "zh"], ["en.html", "en"]]) {
    for (const [width, height] of [[1280, 900], [390, 844]]) {
        for (const scheme of ["light", "dark"]) {
            const { page: shown } = await openPage(name,
                { viewport: { width, height }, colorScheme: scheme });
            await ask(shown, number);
            const wide = await shown.evaluate(() => document.documentElement.scrollWidth);
            say(wide <= width, `${lang} ${width} ${scheme} is no wider than the window`);
            await picture(shown, `${lang}-${width}-${scheme}`);
        }
    }
    const { page: bare } = await openPage(name);
    await picture(bare, `${lang}-first`);
    await ask(bare, none);
    await picture(bare, `${lang}-none`);
}
await browser.close();
