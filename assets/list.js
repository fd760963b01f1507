/*
 * list.js -- the hash of a file that is here, into the field that asks for it.
 * The page works without it: the hash is typed.
 *
 *   [LJ1] The file is read in this browser and goes nowhere.
 */
"use strict";

(() => {
    const field = document.getElementById("f-list");
    const file = document.getElementById("list-file");
    const hex = (bytes) =>
        Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

    file.addEventListener("change", async () => {
        const bytes = await file.files[0].arrayBuffer();

        field.value = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
    });
    // Only pages that came over TLS, or from this machine, may hash.
    document.getElementById("list-here").hidden = crypto.subtle === undefined;
})();
