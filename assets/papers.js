/*
 * papers.js -- documents handed in more easily: several at once, dragged onto
 * the page, with their progress.  The page works without it.
 *
 *   [PJ1] Every document is sent by the page's own form: its token, version
 *         and command id.  One after the other, as each makes a new version.
 *   [PJ2] What the network lost is sent again under the same command id, so it
 *         is added once.
 *   [PJ3] What happens is said in words, also to who does not see it.
 */

const LARGEST = 64 << 20;
const TRIES = 5;
const PREVIEWS = 8 << 20; // a larger picture is shown by its kind

const part = () => document.getElementById("documents");
const words = part().dataset;
const forms = () => [...part().querySelectorAll("form.handing")];
const formOf = (requirement) =>
    forms().find((f) => f.elements.requirement.value === requirement);

const made = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
};

const status = made("p", { className: "unseen" });
status.setAttribute("role", "status");
status.setAttribute("aria-live", "polite");
const tray = made("ul", { className: "tray" });
const say = (text) => { status.textContent = text; };

const sizeText = (n) => n < 1 << 10 ? `${n} B`
    : n < 1 << 20 ? `${Math.round(n / 1024)} kB`
    : `${(n / (1 << 20)).toFixed(1)} MB`;

// --- sending [PJ1] [PJ2] ---------------------------------------------------------

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// The answer's document, or null when none came.
const once = (address, body, progress) => new Promise((done) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", address);
    asked.responseType = "document";
    asked.upload.onprogress = (e) => progress(e.loaded / e.total);
    asked.onerror = () => done(null);
    asked.ontimeout = () => done(null);
    asked.onload = () => done(asked.status === 503 ? null
        : { ok: asked.status < 300, page: asked.response });
    asked.send(body);
});

const send = async (form, file, given, row) => {
    const body = new FormData();
    for (const name of ["token", "requirement", "version", "command-id"]) {
        body.set(name, form.elements[name].value);
    }
    for (const [name, value] of Object.entries(given)) {
        body.set(name, value);
    }
    body.set("file", file, file.name);
    for (let i = 1; i <= TRIES; i++) {
        row.tell(words.sending);
        const answer = await once(form.action, body, row.progress);
        if (answer !== null) {
            return answer;
        }
        row.tell(words.again);
        if (i < TRIES) {
            await pause(1000 * i);
        }
    }
    return null;
};

// The list as it is now; what was opened or typed in it meanwhile is lost to
// nobody, as this is done between two documents.
const renew = (page) => {
    const fresh = page?.getElementById("documents");
    if (fresh !== null && fresh !== undefined) {
        part().querySelector("table").replaceWith(fresh.querySelector("table"));
        part().querySelector("h2 ~ p:not(.unseen, .several, [role])")
            ?.replaceWith(fresh.querySelector("h2 ~ p:not([role])"));
        listen();
    }
};

const whyNot = (page, requirement) =>
    page?.getElementById(`wrong-${requirement}`)?.firstChild?.textContent.trim() ??
    page?.querySelector("main [role=alert], main p")?.textContent.trim() ?? "";

let line = Promise.resolve();
const inLine = (work) => { line = line.then(work, work); return line; };

const carry = (row) => inLine(async () => {
    const requirement = row.requirement();
    const answer = await send(formOf(requirement), row.file, row.given(), row);

    if (answer?.ok) {
        renew(answer.page);
        row.done();
        return;
    }
    row.tell(`${words.failed}: ${answer === null ? words.again
        : whyNot(answer.page, requirement)}`);
    row.again();
});

// --- a file that waits -------------------------------------------------------------

const preview = (file) => {
    if (!/^image\/(png|jpeg|webp)$/.test(file.type) || file.size > PREVIEWS) {
        const kind = /\.([^.]{1,5})$/.exec(file.name)?.[1] ?? "?";
        return made("span", { className: "kind", textContent: kind.toUpperCase() });
    }
    const picture = made("img", { alt: "" });
    const reader = new FileReader();
    reader.onload = () => { picture.src = reader.result; };
    reader.readAsDataURL(file);
    return picture;
};

const choices = (first) => {
    const select = made("select");
    for (const form of forms()) {
        select.append(made("option", { value: form.elements.requirement.value,
            textContent: form.dataset.label }));
    }
    const wanted = first ??
        forms().find((f) => !("there" in f.dataset))?.elements.requirement.value;
    if (wanted !== undefined) {
        select.value = wanted;
    }
    select.setAttribute("aria-label", words.for);
    return select;
};

const labelled = (form, name, type) => {
    const of = form.elements[name];
    const input = made("input", { type, name, required: type === "date", value: of?.value ?? "" });
    const label = part().querySelector(`label[for="${of?.id ?? ""}"]`);
    input.setAttribute("aria-label", label?.firstChild.textContent.trim() ?? name);
    return input;
};

// One of the tray; `requirement` and `title` as somebody chose already.
const wait = (file, requirement) => {
    const told = made("p", { textContent: words.ready });
    const bar = made("progress", { max: 1, value: 0, hidden: true });
    const select = choices(requirement);
    const days = made("span", { className: "fields" });
    const button = made("button", { type: "submit", textContent: words.send });
    const remove = made("button", { type: "button", className: "secondary outline",
        textContent: words.remove });
    const fields = made("form", { className: "fields" }, select, days, button, remove);
    const item = made("li", {}, preview(file), made("div", {},
        made("p", {}, made("strong", { textContent: file.name }), ` ${sizeText(file.size)}`),
        told, bar, fields));

    bar.setAttribute("aria-label", file.name);
    const ask = () => {
        const form = formOf(select.value);
        days.replaceChildren(...("dated" in (form?.dataset ?? {})
            ? [labelled(form, "from", "date"), "–", labelled(form, "to", "date")] : []));
    };
    const row = {
        file,
        requirement: () => select.value,
        given: () => Object.fromEntries([...days.querySelectorAll("input")]
            .map((input) => [input.name, input.value])),
        tell: (text) => { told.textContent = text; say(`${file.name}: ${text}`); },
        progress: (part_) => { bar.hidden = false; bar.value = part_; },
        again: () => { fields.hidden = false; bar.hidden = true; },
        done: () => { row.tell(words.done); fields.remove(); bar.remove(); },
    };
    select.addEventListener("change", ask);
    remove.addEventListener("click", () => { item.remove(); say(""); });
    fields.addEventListener("submit", (e) => {
        e.preventDefault();
        fields.hidden = true;
        carry(row);
    });
    ask();
    tray.append(item);
    if (file.size > LARGEST) {
        row.tell(words.large);
        button.remove();
    } else {
        row.tell(words.ready);
    }
    return row;
};

// --- where files come from ----------------------------------------------------------

// A form of the page itself: its file goes through the tray, too.
function listen() {
    for (const form of forms()) {
        const input = form.elements.file;
        const old = form.querySelector("img, .kind, .chosen");
        old?.remove();
        input.addEventListener("change", () => {
            form.querySelector(".chosen")?.remove();
            if (input.files.length === 1) {
                const [file] = input.files;
                input.after(made("p", { className: "chosen tray" }, preview(file),
                    ` ${file.name} ${sizeText(file.size)}`));
            }
        });
        form.addEventListener("submit", (e) => {
            e.preventDefault();
            const given = { title: form.elements.title.value };
            for (const name of ["from", "to"]) {
                if (form.elements[name] !== undefined) {
                    given[name] = form.elements[name].value;
                }
            }
            const row = wait(input.files[0], form.elements.requirement.value);
            if (input.files[0].size <= LARGEST) {
                row.given = () => given;
                tray.lastChild.querySelector("form").hidden = true;
                carry(row);
            }
        });
    }
}

const hasFiles = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");

const watchDrops = () => {
    const place = document.querySelector("main");
    place.addEventListener("dragover", (e) => {
        if (hasFiles(e)) {
            e.preventDefault();
            part().classList.add("dropping");
        }
    });
    place.addEventListener("dragleave", () => part().classList.remove("dropping"));
    place.addEventListener("drop", (e) => {
        part().classList.remove("dropping");
        if (hasFiles(e)) {
            e.preventDefault();
            for (const file of e.dataTransfer.files) {
                wait(file);
            }
        }
    });
};

const chooser = made("input", { type: "file", multiple: true, id: "several" });
chooser.addEventListener("change", () => {
    for (const file of chooser.files) {
        wait(file);
    }
    chooser.value = "";
});

part().querySelector("h2").after(
    made("p", { className: "several" }, made("label", { htmlFor: "several",
        textContent: words.drop }), chooser),
    status, tray);
listen();
watchDrops();
