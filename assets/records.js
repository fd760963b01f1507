/*
 * records.js -- a file of service records is handed in more easily: dragged
 * onto the page, in pieces, with its progress.  The page works without it, for
 * files that fit into one form.
 *
 *   [RJ1] The server knows how much of a file is here: a line that breaks goes
 *         on after it, and so does who chooses the same file again later.
 *   [RJ2] What happens is said in words, also to who does not see it.
 *   [RJ3] Most files are counted by the time they are here, or within a moment:
 *         that moment is waited for, and the page that comes has the figures.
 */

const PIECE = 4 << 20;
const TRIES = 6;
const SOON = 1000; // milliseconds
const LOOK = 30;

const form = document.getElementById("sending");
const words = form.dataset;
const button = form.querySelector("button");
const made = (name, properties = {}) =>
    Object.assign(document.createElement(name), properties);

const told = made("p", { className: "said" });
told.setAttribute("role", "status");
const bar = made("progress", { max: 1, hidden: true });
bar.setAttribute("aria-label", words.sending);
form.append(told, bar);
form.querySelector("input[type=file]").required = true;

const say = (text) => { told.textContent = text; };
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// What a page of refusal says, below its number.
const whyNot = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    return page.querySelector("main [role=alert], main p:not(.code-big)")?.textContent.trim() ?? "";
};

// Sent again where the network or a busy server lost it.
const post = async (address, body) => {
    for (let i = 1; ; i++) {
        const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" })
            .catch(() => null);
        if (answer !== null && answer.status !== 503) {
            const text = await answer.text();
            if (answer.ok) {
                return text;
            }
            throw new Error(whyNot(text));
        }
        if (i === TRIES) {
            throw new Error(words.again);
        }
        say(words.again);
        await pause(500 * i);
    }
};

const fields = (given) => new URLSearchParams(
    { token: form.elements.token.value, ...given });

// One that came in part, by name and size. [RJ1]
const begun = (file) => [...document.querySelectorAll("tr[data-arrived]")].find((row) =>
    row.dataset.name === file.name && Number(row.dataset.bytes) === file.size);

// [RJ3]  The answer leads on when there is something to be led on to.
const counted = async (place) => {
    for (const until = Date.now() + SOON; Date.now() < until; await pause(LOOK)) {
        const answer = await fetch(`${place}/progress`, { credentials: "same-origin" })
            .catch(() => null);
        if (answer?.headers.has("HX-Refresh")) {
            return;
        }
    }
};

const send = async (file) => {
    const row = begun(file);
    const id = row?.dataset.id ?? await post(`${form.getAttribute("action")}/begin`,
        fields({ name: file.name, size: file.size }));
    const place = `${form.getAttribute("action")}/${id}`;
    let at = Number(row?.dataset.arrived ?? 0);

    bar.hidden = false;
    say(row === undefined ? words.sending : words.goesOn);
    while (at < file.size) {
        const body = new FormData();
        body.set("token", form.elements.token.value);
        body.set("at", at);
        body.set("file", file.slice(at, at + PIECE), "piece");
        await post(`${place}/piece`, body);
        at = Math.min(at + PIECE, file.size);
        bar.value = at / file.size;
    }
    await post(`${place}/finish`, fields({}));
    await counted(place);
    location.assign(place);
};

const take = async (file) => {
    if (file === undefined || button.disabled) {
        return;
    }
    button.disabled = true;
    say(`${words.sending} ${file.name}`);
    await send(file).catch((e) => {
        say(`${words.failed}: ${e.message}`);
        bar.hidden = true;
        button.disabled = false;
    });
};

form.addEventListener("submit", (e) => {
    e.preventDefault();
    take(form.elements.file.files[0]);
});

const hasFiles = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");
const place = document.querySelector("main");
place.addEventListener("dragover", (e) => {
    if (hasFiles(e)) {
        e.preventDefault();
        form.classList.add("dropping");
    }
});
place.addEventListener("dragleave", () => form.classList.remove("dropping"));
place.addEventListener("drop", (e) => {
    form.classList.remove("dropping");
    if (hasFiles(e)) {
        e.preventDefault();
        form.elements.file.files = e.dataTransfer.files;
        say(`${words.ready} ${e.dataTransfer.files[0].name}`);
        take(e.dataTransfer.files[0]);
    }
});
