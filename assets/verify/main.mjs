// main -- the page /verify at work.

import { textOf } from "./bytes.mjs";
import { hasCamera, readPicture, scan } from "./camera.mjs";
import { checkFile, checkText } from "./check.mjs";
import { readDid } from "./did.mjs";
import { dayOf } from "./instant.mjs";
import { readKnown } from "./known.mjs";
import { listsOf } from "./lists.mjs";
import { viewOf } from "./view.mjs";
import { wordsOf } from "./words.mjs";

const FILE_MOST = 32 << 20;

const root = document.getElementById("verify");
const brought = JSON.parse(root.dataset.brought);
const words = wordsOf(brought.texts, document.documentElement.lang);
// A saved page asks the register it came from; a served one its own server.
const register = location.protocol === "file:" ? brought.register
    : location.origin;
const view = viewOf(words, register);
const lists = listsOf(readDid(brought.did), register);
const part = (name) => document.getElementById(name);

// Which scan is under way; another number ends the one before.
let current = 0;

// The day it is for a certificate, by this machine's clock.
const known = () => readKnown(brought, dayOf(Math.floor(Date.now() / 1000)),
    lists.asker());

// --- showing ------------------------------------------------------------------

function tell(id, args) {
    part("state").textContent = id === null ? "" : words.say(id, args);
}

function show(reports) {
    const rendered = reports.map(view.render);
    part("results").replaceChildren(...rendered);
    part("results").hidden = rendered.length === 0;
    rendered[0]?.focus();
}

const failed = (id, from) => ({ kind: "verify_page.unknown", from, facts: [],
    number: null, findings: [{ state: "open", id, args: {} }] });

// --- what is given ------------------------------------------------------------

async function ofPicture(file, by) {
    let text = null;
    try {
        text = await readPicture(file);
    } catch {
        // No picture that this browser can read: there is no code in it.
    }
    return text === null ? [failed("verify_page.no_code")]
        : [await checkText(text, by)];
}

const isPicture = (file) => file.type.startsWith("image/");

async function ofFile(file, by) {
    if (file.size > FILE_MOST) {
        return [failed("verify_page.too_big")];
    }
    if (isPicture(file)) {
        return ofPicture(file, by);
    }
    return checkFile(new Uint8Array(await file.arrayBuffer()), by);
}

// Status lists first, so that it does not matter in which order files are given.
async function takeLists(files) {
    for (const file of files) {
        const text = file.size > FILE_MOST || isPicture(file) ? null
            : textOf(new Uint8Array(await file.arrayBuffer()));
        if (text !== null) {
            await lists.take(text);
        }
    }
}

async function takeFiles(files) {
    stopScanning();
    tell("verify_page.checking");
    await takeLists(files);
    const by = await known();
    const reports = [];
    for (const file of files) {
        for (const report of await ofFile(file, by)) {
            reports.push({ ...report, from: file.name });
        }
    }
    tell(null);
    show(reports);
}

async function takeText(text) {
    if (text.trim() !== "") {
        await lists.take(text);
        show([await checkText(text, await known())]);
    }
}

// --- the camera -----------------------------------------------------------------

function stopScanning() {
    current++;
    part("viewfinder").hidden = true;
    part("scan").hidden = false;
}

async function startScanning() {
    if (!hasCamera()) {
        tell("verify_page.no_camera");
        return;
    }
    const mine = ++current;
    part("scan").hidden = true;
    part("viewfinder").hidden = false;
    part("stop").focus();
    tell("verify_page.scanning");
    try {
        const text = await scan(part("video"), () => mine !== current);
        tell(null);
        if (text !== null) {
            stopScanning();
            await takeText(text);
        }
    } catch {
        tell("verify_page.no_camera");
        stopScanning();
    }
}

// --- wiring -----------------------------------------------------------------------

function wireDrop(zone) {
    for (const name of ["dragover", "dragenter"]) {
        zone.addEventListener(name, (event) => {
            event.preventDefault();
            zone.classList.add("over");
        });
    }
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => {
        event.preventDefault();
        zone.classList.remove("over");
        takeFiles([...event.dataTransfer.files]);
    });
}

// What a saved copy cannot do by itself leads back to where it came from.
function lookAfterLinks() {
    for (const link of document.querySelectorAll('a[href^="?"]')) {
        link.href = `${brought.register}/verify${link.getAttribute("href")}`;
    }
}

if (location.protocol === "file:") {
    lookAfterLinks();
}
wireDrop(part("drop"));
part("file").addEventListener("change", (event) => {
    takeFiles([...event.target.files]);
    event.target.value = ""; // so that the same file can be chosen again
});
part("paste").addEventListener("submit", (event) => {
    event.preventDefault();
    takeText(part("text").value);
});
part("scan").addEventListener("click", startScanning);
part("stop").addEventListener("click", stopScanning);
part("unscripted").hidden = true;
root.hidden = false;
