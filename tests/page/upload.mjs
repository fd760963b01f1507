// An applicant hands documents in, by Debian's Chromium.
//
//   upload.mjs SITE CASE FOLDER
//
// SITE serves a demonstration, whose applicants are tried until one has CASE;
// FOLDER has licence.pdf, page.pdf (a page under a right name) and five.pdf (of
// 5 MB, more than any other request may have).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./chromium.mjs";

const [site, number, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const say = (good, what) => console.log(`${good ? "ok" : "not ok"} ${what}`);
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);
const papers = `${site}/cases/${number}/papers`;
const path = (name) => join(folder, name);

const browser = await launch();
const complaints = [];

async function open(login, options) {
    const context = await browser.newContext({ locale: "en-GB",
        viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on("console", (m) => {
        if (m.type() === "error" && !/status of 4|ERR_FAILED/.test(m.text())) {
            complaints.push(m.text());
        }
    });
    page.on("pageerror", (e) => complaints.push(String(e)));
    await page.goto(`${site}/login`);
    await page.fill("#login", login);
    await page.click("main form.sheet button");
    await page.goto(papers);
    return page;
}

// Who has the case, by trying.
async function applicant() {
    for (let i = 60; i > 0; i--) {
        const login = `applicant-${String(i).padStart(3, "0")}`;
        const page = await open(login, {});
        const found = await page.locator("form.handing").count() > 0;
        await page.context().close();
        if (found) {
            return login;
        }
    }
    throw new Error(`nobody hands in for ${number}`);
}

const login = await applicant();
const form = (page, what) =>
    page.locator(`form.handing:has(input[name=requirement][value="${what}"])`);
const linked = (page, title) => page.locator("#documents a", { hasText: title }).count();

async function look(page, what) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document));
    equals(`${what}: axe finds nothing`,
        found.violations.map((v) => `${v.id} ${v.nodes[0].html}`).join("; "), "");
}

// --- without scripts --------------------------------------------------------------

{
    const page = await open(login, { javaScriptEnabled: false });
    await page.locator("details.adding summary").first().click();
    const licence = form(page, "licence");

    await licence.locator("[name=title]").fill("A licence of ours");
    await licence.locator("[name=file]").setInputFiles(path("page.pdf"));
    await licence.locator("button").click();
    say((await page.locator("form.handing [role=alert]").textContent()).includes("text/html"),
        "a page under a right name is refused in words");
    equals("what was typed is kept",
        await form(page, "licence").locator("[name=title]").inputValue(), "A licence of ours");
    await form(page, "licence").locator("[name=file]").setInputFiles(path("licence.pdf"));
    await form(page, "licence").locator("button").click();
    equals("and led back to the papers", page.url(), papers);
    equals("the document stands there", await linked(page, "A licence of ours"), 1);
    await page.context().close();
}

// --- with scripts -------------------------------------------------------------------

{
    const page = await open(login, {});
    await page.setInputFiles("#several", [path("five.pdf"), path("licence.pdf")]);
    equals("two files wait", await page.locator(".tray > li").count(), 2);
    await look(page, "files that wait");

    // The network fails once; the same document is sent again.
    let sent = 0;
    await page.route("**/papers", (route) => {
        if (route.request().method() === "POST" && sent++ === 0) {
            return route.abort();
        }
        return route.continue();
    });
    const first = page.locator(".tray > li").first();
    await first.locator("select").selectOption("manual");
    await first.locator("button[type=submit]").click();
    await first.getByText("added", { exact: true }).waitFor();
    equals("it was sent twice", sent, 2);
    equals("a file of 5 MB is there", await linked(page, "five.pdf"), 1);
    equals("and is told", await page.locator("[role=status]").textContent(), "five.pdf: added");

    const second = page.locator(".tray > li").nth(1);
    await second.locator("select").selectOption("licence");
    await second.locator("button[type=submit]").click();
    await second.getByText("added", { exact: true }).waitFor();
    equals("the next takes the place of the first", await linked(page, "licence.pdf"), 1);

    // Dropped, and no document at all.
    const data = await page.evaluateHandle(() => {
        const list = new DataTransfer();
        list.items.add(new File(["<html></html>"], "dropped.pdf"));
        return list;
    });
    await page.dispatchEvent("main", "drop", { dataTransfer: data });
    const third = page.locator(".tray > li").nth(2);
    await third.locator("select").selectOption("licence");
    await third.locator("button[type=submit]").click();
    await third.getByText("text/html").waitFor();
    say(true, "what is refused is told beside the file");
    await look(page, "a file that was refused");
    await page.context().close();
}

equals("nothing is complained of", complaints.join("; "), "");
await browser.close();
