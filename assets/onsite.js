/*
 * onsite.js -- keeps what is entered at a site in this browser, and sends it
 * as soon as there is a network.  The page works without it, as plain forms.
 *
 *   [OJ1] Whatever is typed is kept at once; it goes only when the server said
 *         that it recorded it, or when the person takes it back.
 *   [OJ2] What is to be recorded has the id of its command before it is first
 *         sent, and is sent under it until it is answered: once is enough.
 *   [OJ3] What one person entered is shown and sent for that person alone, and
 *         pages are kept of the last person only; leaving takes them away.
 *   [OJ4] What the server shows it says in HTML of its own: a card of the page
 *         is replaced by the server's, never made here.
 */

const room = document.querySelector("[data-onsite]");
const say = room.dataset;
const me = say.who;
const here = location.pathname + location.search;
const AGAIN_AFTER = 20_000;
const CACHE = "onsite ";

// --- what is kept [OJ1] ---------------------------------------------------------

// An entry: { key, who, page, leaf, typed, order }; `typed` is what stands in the
// form and is not to be sent yet, `order` what is: { id, version, seen, values,
// refused }.
const store = await new Promise((resolve) => {
    try {
        const opening = indexedDB.open("onsite", 1);

        opening.onupgradeneeded = () =>
            opening.result.createObjectStore("entries", { keyPath: "key" });
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => resolve(null);
    } catch {
        resolve(null);
    }
});

// The outcome of `work` on the store, once it is on disk.
const within = (mode, work) => new Promise((resolve, reject) => {
    const tx = store.transaction("entries", mode, { durability: "strict" });
    const asked = work(tx.objectStore("entries"));

    tx.oncomplete = () => resolve(asked.result);
    tx.onabort = () => reject(tx.error);
});
const keyOf = (leaf) => [me, here, leaf].join(" ");
const read = (key) => within("readonly", (s) => s.get(key));
const write = (entry) => within("readwrite", (s) => s.put(entry));
const forget = (key) => within("readwrite", (s) => s.delete(key));
const mine = async () =>
    (await within("readonly", (s) => s.getAll())).filter((e) => e.who === me);

// One change after the other, so that none overwrites what another just wrote.
let last = Promise.resolve();
function change(key, work) {
    last = last.then(async () => {
        const entry = await work(await read(key));

        await (entry === null ? forget(key) : write(entry));
    });
    return last;
}

// --- cards ----------------------------------------------------------------------

const cards = () => [...room.querySelectorAll("[data-leaf]")];
const cardOf = (leaf, where = room) =>
    [...where.querySelectorAll("[data-leaf]")].find((c) => c.dataset.leaf === leaf);
const OWN = ["token", "command-id", "version", "seen"];

const valuesOf = (form) =>
    [...new FormData(form)].filter(([name]) => !OWN.includes(name));

function putBack(form, values) {
    for (const field of form.elements) {
        const given = values.filter(([name]) => name === field.name).map(([, v]) => v);

        if (OWN.includes(field.name) || field.type === "hidden") {
            continue;
        }
        if (field.type === "radio") {
            field.checked = given.includes(field.value);
        } else if (given.length > 0) {
            [field.value] = given;
        }
    }
}

function mark(card, text) {
    const where = card.querySelector("[data-kept]");

    if (where !== null) {
        where.textContent = text;
    }
}

// Until what was typed last is on disk, nobody is told that it is.
const typing = new Map();

function busy(card, yes) {
    const where = card.querySelector("[data-kept]");

    if (yes) {
        where?.setAttribute("aria-busy", "true");
    } else {
        where?.removeAttribute("aria-busy");
    }
}

function told(entry) {
    if (entry.order === null) {
        return say.typed;
    }
    return entry.order.refused ? say.refused : say.waiting;
}

// What is not recorded yet, of every page, with a link to it.
async function list() {
    const where = room.querySelector("[data-list]");
    const entries = await mine();
    const items = document.createElement("ul");

    for (const entry of entries) {
        const item = document.createElement("li");
        const link = document.createElement("a");

        link.href = `${entry.page}#leaf-${entry.leaf}`;
        link.textContent = `${entry.leaf} ${new URLSearchParams(
            entry.page.split("?")[1]).get("site") ?? ""}`;
        item.append(link, ` ${told(entry)}`);
        items.append(item);
    }
    where.replaceChildren(say.unsent, items);
    where.hidden = entries.length === 0;
}

async function restore(card) {
    const entry = await read(keyOf(card.dataset.leaf));
    const form = card.querySelector("form");

    if (entry === undefined || form === null) {
        return;
    }
    putBack(form, entry.typed ?? entry.order.values);
    mark(card, told(entry));
}

// --- entering -------------------------------------------------------------------

const leafOf = (form) => form.closest("[data-leaf]").dataset.leaf;

async function typed(form) {
    const values = valuesOf(form);
    const leaf = leafOf(form);
    const turn = (typing.get(leaf) ?? 0) + 1;

    typing.set(leaf, turn);
    busy(cardOf(leaf), true);
    await change(keyOf(leaf), (entry) => ({
        key: keyOf(leaf), who: me, page: here, leaf, order: null, ...entry, typed: values }));
    if (typing.get(leaf) === turn) {
        mark(cardOf(leaf), say.typed);
        busy(cardOf(leaf), false);
    }
    await list();
}

// 128 random bits in hexadecimal, as the server has ids. [OJ2]
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((b) => b.toString(16).padStart(2, "0")).join("");

async function order(form) {
    const leaf = leafOf(form);
    const made = {
        id: newId(),
        version: form.elements.version.value,
        seen: form.elements.seen.value,
        values: valuesOf(form),
        refused: false,
    };

    await change(keyOf(leaf), () =>
        ({ key: keyOf(leaf), who: me, page: here, leaf, typed: null, order: made }));
    mark(cardOf(leaf), say.waiting);
    await list();
    await sendAll();
}

// --- sending --------------------------------------------------------------------

const parse = async (answer) =>
    new DOMParser().parseFromString(await answer.text(), "text/html");

// A form's token is as good as its session: one of now, whatever was kept.
async function token(page) {
    const answer = await fetch(page, { cache: "no-store" });
    const there = await parse(answer);

    if (there.querySelector("[data-onsite]")?.dataset.who !== me) {
        return null;
    }
    return there.querySelector('form.onsite [name="token"]')?.value ?? null;
}

function replace(entry, there) {
    const card = entry.page === here ? cardOf(entry.leaf) : undefined;
    const theirs = cardOf(entry.leaf, there);

    if (card !== undefined && theirs !== undefined) {
        card.replaceWith(document.adoptNode(theirs));
    }
}

// Recorded: what was typed since then is still to be recorded, over this.
const settle = (entry, form) => change(entry.key, (now) => {
    if (now?.order?.id === entry.order.id) {
        return now.typed === null ? null : { ...now, order: null };
    }
    if (now?.order && form) {
        return { ...now, order: { ...now.order, version: form.version.value,
            seen: form.seen.value } };
    }
    return now ?? null;
});

const refuse = (entry) => change(entry.key, (now) =>
    now?.order?.id === entry.order.id
        ? { ...now, typed: now.typed ?? now.order.values,
            order: { ...now.order, refused: true } }
        : now ?? null);

async function send(entry) {
    const now = await token(entry.page);

    if (now === null) {
        mark(cardOf(entry.leaf) ?? room, say.again);
        return;
    }
    const body = new URLSearchParams([["token", now], ["command-id", entry.order.id],
        ["version", entry.order.version], ["seen", entry.order.seen], ...entry.order.values]);
    const answer = await fetch(entry.page, { method: "POST", body });
    const there = await parse(answer);
    const card = cardOf(entry.leaf, there);

    if (answer.ok && card !== undefined) {
        await settle(entry, card.querySelector("form")?.elements);
    } else if ([400, 409, 422].includes(answer.status) && card !== undefined) {
        await refuse(entry);
    } else {
        return;
    }
    replace(entry, there);
    const shown = cardOf(entry.leaf);
    if (shown !== undefined && entry.page === here) {
        await restore(shown);
    }
}

let sending = false;
async function sendAll() {
    if (sending || store === null) {
        return;
    }
    sending = true;
    try {
        const sent = new Set();
        for (;;) {
            const next = (await mine()).find((e) =>
                e.order !== null && !e.order.refused && !sent.has(e.order.id));
            if (next === undefined) {
                break;
            }
            sent.add(next.order.id);
            await send(next);
        }
    } catch {
        // No network: it is tried again.
    } finally {
        sending = false;
        await list();
    }
}

// --- without a network [OJ3] ----------------------------------------------------

const dropped = (names) => Promise.all(names.map((name) => caches.delete(name)));

async function keepPages() {
    const names = (await caches.keys()).filter((name) => name.startsWith(CACHE));
    const links = [...room.querySelectorAll("a[data-keep]")].map((a) => a.href);
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")]
        .map((e) => e.href || e.src);

    await dropped(names.filter((name) => name !== CACHE + me));
    const cache = await caches.open(CACHE + me);
    await Promise.all([...new Set([location.origin + here, ...links, ...parts])].map(async (one) => {
        const answer = await fetch(one, { cache: "no-cache" });

        if (answer.ok && !answer.redirected) {
            await cache.put(one, answer);
        }
    }));
    room.dataset.ready = "yes";
}

async function workWithout() {
    if (!("serviceWorker" in navigator)) {
        return;
    }
    await navigator.serviceWorker.register(`${say.case}worker.js`,
        { scope: `${say.case}checklist/` });
    await keepPages();
}

// --- from now on ----------------------------------------------------------------

if (store === null) {
    room.prepend(say.forbidden);
} else {
    room.addEventListener("input", (event) => {
        if (event.target.form?.matches("form.onsite")) {
            void typed(event.target.form);
        }
    });
    room.addEventListener("submit", (event) => {
        if (event.target.matches("form.onsite")) {
            event.preventDefault();
            void order(event.target);
        }
    });
    for (const card of cards()) {
        await restore(card);
    }
    await list();
    say.restored = "yes";
    window.addEventListener("online", () => void sendAll());
    document.addEventListener("visibilitychange", () => void sendAll());
    setInterval(() => void sendAll(), AGAIN_AFTER);
    void sendAll();
}

document.querySelector('form[action="/logout"]')?.addEventListener("submit", async (event) => {
    event.preventDefault();
    await dropped((await caches.keys()).filter((name) => name.startsWith(CACHE)));
    event.target.submit();
});

workWithout().catch(() => {
    // Without a worker the page still keeps and sends what is entered.
});
