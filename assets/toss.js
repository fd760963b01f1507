/*
 * toss.js -- the enterprise's half of a coin toss: a number made in this
 * browser, and what was drawn checked here.  The page works without it: the
 * server proposes a number, and says how to check the draw.
 *
 *   [TJ1] The number is 32 bytes of crypto.getRandomValues(); it goes nowhere
 *         before its form is sent.
 *   [TJ2] SHA-256 of the body's number is what it sealed; SHA-256 of list,
 *         body's number and own number is the seed (domain/sampling.h [SA2]).
 */
"use strict";

(() => {
    const by = (id) => document.getElementById(id);
    const hex = (bytes) =>
        Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    const bytes = (text) =>
        Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
    const sha256 = async (text) =>
        hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text))));
    const number = by("nonce");

    const toss = () => {
        number.value = hex(crypto.getRandomValues(new Uint8Array(32)));
        by("tossed").textContent = by("tossed").dataset.said;
    };

    const read = (id) => by(id).textContent.trim();

    const check = async () => {
        const sealed = await sha256(read("body-number"));
        const seed = await sha256(
            read("list-hash") + read("body-number") + read("own-number"));
        const right = sealed === read("commitment") && seed === read("seed");

        by("checked").textContent = by("checked").dataset[right ? "yes" : "no"];
        by("checked").classList.add(right ? "yes" : "no");
        by("checked").hidden = false;
    };

    if (number !== null) {
        toss();
        by("toss").addEventListener("click", toss);
        by("toss-here").hidden = false;
    }
    // Only pages that came over TLS, or from this machine, may hash.
    if (by("seed") !== null && crypto.subtle !== undefined) {
        check();
    }
})();
