// The page /verify in Debian's Chromium: served, and saved as a file.
//
//   browser.mjs SAMPLES SITE LOGGED PAPER NUMBER FILM [PICTURES]
//
// SITE serves a demonstration; LOGGED is a proof from its log, PAPER the signed
// PDF of NUMBER, one of its certificates; FILM is what the camera sees
// (camera.mjs).  With PICTURES, a folder, what the page looks like is kept there.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./chromium.mjs";
import { say } from "../foreign/credential/lib/checks.mjs";

const [samples, site, logged, paper, number, film, pictures] = process.argv.slice(2);
const of = (name) => join(samples, name);
const read = (name) => readFileSync(of(name), "utf8");
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

const browser = await launch("--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`);

// --- pages ------------------------------------------------------------------------

// The day that every browser here believes it is.
const NOW = new Date("2026-11-24T04:00:00Z");

// The register of the samples, and what it answers for their status lists: their
// bytes, or null when it cannot be reached.
const REGISTER = "https://register.example.cn";
let answered = null;

async function answer(route) {
    const purpose = new URL(route.request().url()).pathname.split("/")[2];
    if (answered === null) {
        await route.abort();
        return;
    }
    await route.fulfill({ body: answered(purpose), contentType: "application/vc",
        headers: { "Access-Control-Allow-Origin": "*" } });
}

// A page that fails the test for whatever the browser complains of; with
// `allowed`, what else it may say.
async function open(address, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 },
        permissions: ["camera"], ...options });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    page.complaints = [];
    page.asked = [];
    page.on("console", (m) => {
        if ((m.type() === "error" || m.type() === "warning") &&
            !m.location().url.startsWith(`${REGISTER}/status/`)) {
            page.complaints.push(m.text());
        }
    });
    page.on("pageerror", (e) => page.complaints.push(e.message));
    page.on("request", (r) => page.asked.push(r.url()));
    await page.route(`${REGISTER}/**`, answer);
    await page.goto(address);
    return page;
}

async function close(what, page) {
    equals(`${what}: nothing broke the page's policy`, page.complaints.join("; "), "");
    await page.context().close();
}

const verdict = async (page) => {
    await page.waitForSelector(".report");
    return page.getAttribute(".report", "data-verdict");
};

async function give(page, files) {
    await page.evaluate(() => document.getElementById("results").replaceChildren());
    await page.setInputFiles("#file", files);
    return verdict(page);
}

async function picture(page, name) {
    if (pictures !== undefined) {
        await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    }
}

// --- served -------------------------------------------------------------------------

for (const lang of ["zh", "en"]) {
    const page = await open(`${site}/verify?lang=${lang}`);
    equals(`served in ${lang}: it asks for nothing else`,
        page.asked.filter((url) => !url.startsWith("data:")).length, 1);
    equals(`served in ${lang}: a proof from the log holds`, await give(page, [logged]), "holds");
    equals(`served in ${lang}: who has other keys is refused`,
        await give(page, [of("full.json")]), "refuted");
    // The body's own paper: its signature, its credential, its place in the log.
    equals(`served in ${lang}: a signed PDF holds`, await give(page, [paper]), "holds");
    equals(`served in ${lang}: and all that is attached`,
        await page.locator('.report[data-verdict="holds"]').count(), 3);
    say((await page.textContent(".findings")).includes(
        lang === "zh" ? "整个 PDF 文件由" : "The whole PDF file was signed by"),
    `served in ${lang}: it says who signed it`);
    for (const which of [1, 2]) {
        say((await page.locator(".findings").nth(which).textContent()).includes(
            lang === "zh" ? "该凭证一致" : "of this very credential"),
        `served in ${lang}: its entry is its credential's own (${which})`);
    }
    const listed = (await page.locator(".findings").nth(1).textContent());
    say(lang === "zh" ? listed.includes("的名单，该证书未被暂停")
        : listed.includes("it is not suspended"),
    `served in ${lang}: its lists are asked for and say how it stands`);
    say(lang === "zh" ? /2026年11月24日 \d\d:\d\d 的名单/.test(listed)
        : /list of 24 November 2026 at \d\d:\d\d/.test(listed),
    `served in ${lang}: and as of which moment`);
    equals(`served in ${lang}: nobody else was asked`, page.asked.filter((url) =>
        !url.startsWith("data:") && !url.startsWith(site)).length, 0);
    const changed = readFileSync(paper);
    changed[changed.length - 40] ^= 1;
    writeFileSync(of("changed.pdf"), changed);
    equals(`served in ${lang}: an altered PDF is refused`,
        await give(page, [of("changed.pdf")]), "refuted");
    equals(`served in ${lang}: nothing attached to it is shown as good`,
        await page.locator(".report").count(), 1);
    const words = await page.innerText("body");
    say(!/\[[a-z_]+\.[a-z_]+\]|\{\w+\}/.test(words), `served in ${lang}: every sentence is there`);
    equals(`served in ${lang}: every field has a name`, await page.evaluate(() =>
        [...document.querySelectorAll("input, textarea, button, video")].filter((e) =>
            !(e.labels?.length > 0 || e.textContent.trim() || e.getAttribute("aria-label")))
            .map((e) => e.id).join(" ")), "");
    await close(`served in ${lang}`, page);
}

// --- saved ----------------------------------------------------------------------

// The page as "Save this page" keeps it, with the keys of the samples put in.
async function saved(lang) {
    const page = await open(`${site}/verify?lang=${lang}`);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const path = of(`saved.${lang}.html`);
    await download.saveAs(path);
    const brought = JSON.parse(await page.getAttribute("#verify", "data-brought"));
    const ours = { ...brought, did: JSON.parse(read("did.json")),
        vkey: read("log.vkey").trim(), witnesses: [read("witness.vkey").trim()], papers: [] };
    const html = readFileSync(path, "utf8");

    // Asking SITE, as that page does, or the register of the samples.
    function kept(name, register) {
        const escaped = JSON.stringify({ ...ours, register })
            .replaceAll("&", "&amp;").replaceAll('"', "&quot;");
        const file = of(`${name}.${lang}.html`);
        writeFileSync(file, html.replace(/data-brought="[^"]*"/,
            () => `data-brought="${escaped}"`).replace(
            `connect-src 'self' ${brought.register}`, `connect-src 'self' ${register}`)
            .replace(`connect-src &#39;self&#39; ${brought.register}`,
                `connect-src &#39;self&#39; ${register}`));
        return pathToFileURL(file).href;
    }
    await close(`saving in ${lang}`, page);
    return { path: pathToFileURL(path).href, ours: kept("ours", REGISTER),
        site: kept("site", brought.register) };
}

const en = await saved("en");
const zh = await saved("zh");

const plain = await open(en.path, { offline: true });
equals("saved and offline: a proof from the log holds", await give(plain, [logged]), "holds");
equals("saved and offline: a signed PDF holds", await give(plain, [paper]), "holds");
say((await plain.locator(".findings").nth(1).textContent()).includes("could not be had"),
    "saved and offline: it says that the status was not checked");
plain.complaints = plain.complaints.filter((said) => !said.includes("ERR_INTERNET_DISCONNECTED"));
await close("saved and offline", plain);

const page = await open(en.ours);
writeFileSync(of("altered.json"), read("full.json").replace("十星", "九星"));
for (const [file, want] of [
    ["full.json", "holds"],
    ["full.jwt", "holds"],
    ["old.json", "holds"],
    ["qr.txt", "holds"],
    ["qr-bare.txt", "open"],
    ["cosigned.tlog-proof", "holds"],
    ["altered.json", "refuted"],
    ["sm2.txt", "open"],
    ["qr.png", "holds"],
]) {
    equals(`saved: ${file}`, await give(page, [of(file)]), want);
}
equals("saved: a PDF that somebody else signed proves nothing", await give(page, [paper]), "open");
say((await page.textContent(".findings")).includes("whom this page does not know"),
    "saved: it says that nobody knows him");
await give(page, [of("altered.json")]);
say((await page.textContent(".findings")).includes("was altered"), "saved: it says what was altered");
await give(page, [of("full.json"), of("qr.txt"), of("cosigned.tlog-proof")]);
equals("saved: several at once", await page.locator(".report").count(), 3);

// What is dropped is taken like what is chosen.
await page.evaluate((content) => {
    document.getElementById("results").replaceChildren();
    const dropped = new DataTransfer();
    dropped.items.add(new File([content], "dropped.json"));
    document.getElementById("drop").dispatchEvent(
        new DragEvent("drop", { dataTransfer: dropped, cancelable: true, bubbles: true }));
}, read("full.json"));
equals("saved: a file that is dropped", await verdict(page), "holds");
say((await page.textContent(".kind")).startsWith("dropped.json"), "saved: it says which file");

// Nothing in a file becomes part of the page.
const evil = JSON.parse(read("full.json"));
evil.credentialSubject.issuedToParty.name = '<img src=x onerror="document.title=1"><b id="evil">';
writeFileSync(of("evil.json"), JSON.stringify(evil));
equals("saved: HTML in a name", await give(page, [of("evil.json")]), "refuted");
equals("saved: it stays text", await page.locator("#evil").count(), 0);

// By keyboard alone.
await page.click("summary");
await page.focus("#text");
await page.keyboard.insertText(read("qr.txt"));
await page.evaluate(() => document.getElementById("results").replaceChildren());
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
equals("saved: pasted and sent by keyboard", await verdict(page), "holds");
say(await page.evaluate(() => document.activeElement.classList.contains("report")),
    "saved: the result has the focus");
await close("saved", page);

// --- the camera -------------------------------------------------------------------

for (const [what, address] of [["saved", zh.ours], ["served", `${site}/verify?lang=en`]]) {
    const camera = await open(address);
    await camera.click("#scan");
    equals(`the camera, ${what}: a code is read`, await verdict(camera),
        what === "saved" ? "holds" : "refuted");
    say(await camera.isHidden("#viewfinder"), `the camera, ${what}: it is off again`);
    await close(`the camera, ${what}`, camera);
}

// --- the register -------------------------------------------------------------------

// The number of a certificate that the demonstration has, in a code of ours.
const asking = await open(en.site);
await asking.click("summary");
await asking.fill("#text", read("qr-bare.txt").replace(/[^/]+$/, number));
await asking.click("#paste button");
await verdict(asking);
equals("asking: nobody was asked yet",
    asking.asked.filter((url) => url.includes("/api/")).length, 0);
await asking.click(".ask");
await asking.waitForFunction(() =>
    !document.querySelector(".findings").textContent.includes("The register knows"));
say((await asking.textContent(".findings")).includes("The register says just now: Valid"),
    "asking: a saved page is told how it stands");
// One that the register never issued.
await give(asking, [of("full.json")]);
await asking.click(".ask");
await asking.waitForFunction(() =>
    document.querySelector(".findings").textContent.includes("has no certificate"));
equals("asking: what the register does not have is refused", await verdict(asking), "refuted");
asking.complaints = asking.complaints.filter((said) => !said.includes("404"));
await close("asking", asking);

const alone = await open(en.ours, { offline: true });
await give(alone, [of("full.json")]);
await alone.click(".ask");
await alone.waitForFunction(() =>
    document.querySelector(".findings").textContent.includes("did not answer"));
equals("offline: what was proved stays proved", await verdict(alone), "holds");
await alone.context().close();

// --- status lists -------------------------------------------------------------------

const listed = await open(en.ours);
answered = (purpose) => read(`${purpose}.json`);
equals("lists: what they revoke is refused", await give(listed, [of("full.json")]), "refuted");
say((await listed.textContent(".findings")).includes("it was withdrawn or cancelled"),
    "lists: and why");
equals("lists: each was asked for once", listed.asked.filter((url) =>
    url.startsWith(`${REGISTER}/status/`)).length, 2);
answered = () => "no list";
equals("lists: an answer that is none is refused", await give(listed, [of("full.json")]),
    "refuted");
answered = null;
equals("lists: without an answer it says so", await give(listed, [of("full.json")]), "holds");
say((await listed.textContent(".findings")).includes("could not be had"),
    "lists: and that status was not checked");
equals("lists: files of them do as well, in any order", await give(listed,
    [of("full.json"), of("revocation.jwt"), of("suspension.json")]), "refuted");
equals("lists: each of them is shown", await listed.locator(".report").count(), 3);
await close("lists", listed);

// --- what it looks like ---------------------------------------------------------------

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
for (const [name, address, options, file] of [
    ["desktop-en", en.ours, {}, "full.json"],
    ["desktop-zh-dark", zh.ours, { colorScheme: "dark" }, "altered.json"],
    ["phone-zh", zh.ours, phone, "qr.txt"],
    ["phone-en-dark", en.ours, { ...phone, colorScheme: "dark" }, "cosigned.tlog-proof"],
    ["paper-desktop-en", `${site}/verify?lang=en`, { viewport: { width: 1280, height: 900 } }, paper],
    ["paper-phone-zh", `${site}/verify?lang=zh`, phone, paper],
    ["paper-desktop-zh-dark", `${site}/verify?lang=zh`, { colorScheme: "dark" }, "changed.pdf"],
    ["paper-phone-en-dark", `${site}/verify?lang=en`, { ...phone, colorScheme: "dark" }, paper],
    ["stranger-phone-en", en.ours, phone, paper],
    ["list-desktop-zh", zh.ours, {}, "revocation.json"],
]) {
    const looked = await open(address, options);
    await picture(looked, `${name}-empty`);
    await give(looked, [file === paper ? paper : of(file)]);
    await picture(looked, name);
    equals(`${name}: nothing is wider than the window`, await looked.evaluate(() =>
        document.documentElement.scrollWidth <= window.innerWidth), true);
    await close(name, looked);
}

await browser.close();
