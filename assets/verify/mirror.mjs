// mirror -- the page of a mirror at work: a number or the code of an enterprise,
// looked up in the files beside it and in nothing else.
//
//   [MP1] Whatever a file says goes into the page as text, never as HTML.
//   [MP2] What is shown was proved by the root that the log has; what could not
//         be proved in this browser is said.

import { base64 } from "./bytes.mjs";
import { readIndex } from "./index.mjs";
import { dayOf, dayParse } from "./instant.mjs";
import { at, textAt } from "./json.mjs";
import { readVkey } from "./note.mjs";
import { findSaid, folded, keyOfHolder, keyOfNumber } from "./tree.mjs";
import { wordsOf } from "./words.mjs";
import { Wrong } from "./wrong.mjs";

const root = document.getElementById("mirror");
const brought = JSON.parse(root.dataset.brought);
const words = wordsOf(brought.texts, document.documentElement.lang);
const { say } = words;
const tongue = document.documentElement.lang === "en" ? "en" : "zh";
const part = (name) => document.getElementById(name);

const STATUSES = {
    valid: ["status.valid", "status.valid_means"],
    suspended: ["status.suspended", "status.suspended_means"],
    withdrawn: ["status.withdrawn", "status.withdrawn_means"],
    cancelled: ["status.cancelled", "status.cancelled_means"],
    expired: ["status.expired", "status.expired_means"],
};
// The plaque's style of each; what is over looks alike.
const STYLES = { valid: "valid", suspended: "suspended", withdrawn: "withdrawn",
    cancelled: "ended", expired: "ended" };
const INDEX = `register.json`; // no text of the catalogues
const USCC = /^[0-9A-Z]{18}$/;

// --- files ---------------------------------------------------------------------

async function readFile(path) {
    const answer = await fetch(path, { credentials: "omit" });
    if (!answer.ok) {
        throw new Wrong("mirror_page.no_file", { path });
    }
    return new Uint8Array(await answer.arrayBuffer());
}

async function openMirror() {
    const answer = await fetch(INDEX,
        { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) {
        throw new Wrong("mirror_page.no_file", { path: INDEX });
    }
    return readIndex(await answer.text(), await readVkey(brought.vkey), base64);
}

const find = (index, key) => findSaid(index, index.root, key, readFile);

// --- what is found ---------------------------------------------------------------

const certificatesOf = (holder) => at(holder, "certificates") ?? [];

// { index, holder, certificate, number }: holder null when it has nothing.
async function lookUp(word) {
    const index = await openMirror();
    const number = folded(word);
    const whose = await find(index, await keyOfNumber(number));
    if (whose === null) {
        return { index, number, certificate: null, holder: USCC.test(number)
            ? await find(index, await keyOfHolder(number)) : null };
    }
    const holder = await find(index, await keyOfHolder(textAt(whose, "uscc") ?? ""));
    const certificate = certificatesOf(holder).find((c) =>
        textAt(c, "number") === number ||
        (at(c, "sub_certificates") ?? []).some((s) => textAt(s, "number") === number));
    return { index, number, holder, certificate: certificate ?? null };
}

// By the reader's clock: what ran out since is over.
function statusOf(certificate) {
    const status = textAt(certificate, "status") ?? "";
    const until = dayParse(textAt(certificate, "valid_until") ?? "");
    const today = dayOf(Math.floor(Date.now() / 1000));
    return ["valid", "suspended"].includes(status) && until !== null && until < today
        ? "expired" : status;
}

// --- showing [MP1] -----------------------------------------------------------------

function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
}

const plaque = (style, word, means) => element("div", { class: `plaque ${style}` },
    element("p", { class: "word" }, word), element("p", { class: "means" }, means));

function statusPlaque(certificate) {
    const status = statusOf(certificate);
    const [word, means] = STATUSES[status] ?? ["verify.status_other", "verify.status_other"];
    return plaque(STYLES[status] ?? "pending", say(word), say(means));
}

const fact = ([label, value, wide]) => element("div", wide ? { class: "wide" } : {},
    element("dt", {}, say(label)), element("dd", {}, value));

const dayAt = (c, name) => {
    const day = dayParse(textAt(c, name) ?? "");
    return day === null ? "–" : words.value({ day });
};

/* As the body calls it; as the file said it of one that a file brought. */
const levelOf = (c) => textAt(c, "level_name", tongue) ?? textAt(c, "level") ?? "–";

function factsOf(c, uscc) {
    return [
        ["mirror_page.holder", textAt(c, "holder") ?? "–", true],
        ["page.number", textAt(c, "number") ?? "–"],
        ["page.uscc", uscc],
        ["page.criterion", textAt(c, "criterion") ?? "–"],
        ["page.level", levelOf(c)],
        ["page.scope", textAt(c, "scope") ?? "–", true],
        ["page.valid_from", dayAt(c, "valid_from")],
        ["page.valid_until", dayAt(c, "valid_until")],
        ["mirror_page.since", dayAt(c, "status_since")],
    ];
}

const card = (c, uscc) => element("article", { class: "certificate report" },
    statusPlaque(c),
    element("dl", { class: "facts-list" }, ...factsOf(c, uscc).map(fact)));

const badge = (state) => {
    const [style, id] = state === "holds" ? ["valid", "verify_page.badge_holds"]
        : state === "open" ? ["pending", "verify_page.badge_open"]
            : ["withdrawn", "verify_page.badge_refuted"];
    return element("span", { class: `badge ${style}` }, say(id));
};

const line = (state, id, args) => element("li", {}, badge(state),
    element("span", {}, say(id, args)));

// How it was proved [MP2].
function proofOf({ index, holder }) {
    const lines = [
        line("holds", "mirror_page.root", { on: { day: index.on },
            holders: index.holders, numbers: index.numbers, entry: index.entry }),
        line(index.signed.state, index.signed.id, index.signed.args),
    ];
    if (holder !== null) {
        lines.unshift(line("holds", "mirror_page.all", {
            uscc: textAt(holder, "uscc") ?? "",
            count: certificatesOf(holder).length, on: { day: index.on } }));
    }
    return [element("h2", {}, say("verify_page.checks")),
        element("ul", { class: "findings" }, ...lines)];
}

const nothingFound = ({ index, number }) => element("article",
    { class: "certificate report" },
    plaque("pending", say("mirror_page.none"),
        say("mirror_page.none_means", { number, on: { day: index.on } })));

function render(seen) {
    const uscc = textAt(seen.holder, "uscc") ?? "";
    const first = seen.certificate;
    const others = certificatesOf(seen.holder).filter((c) => c !== first);
    const shown = first === null ? [] : [card(first, uscc)];
    if (seen.holder === null) {
        shown.push(nothingFound(seen));
    }
    if (others.length > 0 && first !== null) {
        shown.push(element("h2", {}, say("mirror_page.others")));
    }
    shown.push(...others.map((c) => card(c, uscc)), ...proofOf(seen));
    return shown;
}

const refusal = (e) => [element("article", { class: "certificate report" },
    plaque("withdrawn", say("verify_page.refuted"), say(e.id, e.args)))];

// --- wiring -----------------------------------------------------------------------

async function answer(word) {
    part("state").textContent = say("verify_page.checking");
    part("results").setAttribute("aria-busy", "true");
    let shown;
    try {
        shown = render(await lookUp(word));
    } catch (e) {
        shown = refusal(e instanceof Wrong ? e : new Wrong("mirror_page.no_file",
            { path: INDEX }));
    }
    part("results").replaceChildren(...shown);
    part("results").removeAttribute("aria-busy");
    part("results").hidden = false;
    part("state").textContent = "";
    part("results").focus();
}

part("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    const word = part("word").value.trim();
    if (word !== "") {
        location.hash = encodeURIComponent(word);
        answer(word);
    }
});
part("unscripted").hidden = true;
root.hidden = false;

// A link may name what is looked up.
if (location.hash.length > 1) {
    part("word").value = decodeURIComponent(location.hash.slice(1));
    answer(part("word").value);
}
