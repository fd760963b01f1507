/*
 * check.js -- keeps a self-check in this browser, so that it can be gone on
 * with.  The page works without it: the answers stand in the address.
 *
 *   [CJ1] What is kept is the address of the newest step, under the scheme's
 *         name; nothing is sent anywhere.
 */
"use strict";

(() => {
    const scheme = location.pathname.split("/")[2];
    const key = `check/${scheme}`;
    const form = document.getElementById("check");
    const resume = document.getElementById("resume");
    const STEP = /^\?page=(\d+|result)(&|$)/;

    // A browser may forbid it; then there is nothing to go on with.
    const kept = (work) => {
        try {
            return work(window.localStorage);
        } catch {
            return null;
        }
    };
    const keep = (query) => kept((s) => s.setItem(key, query));

    // The address of this step with what is filled in now.
    const query = () => {
        const given = new URLSearchParams();
        const page = new URLSearchParams(location.search).get("page") ?? "1";

        given.set("page", page);
        for (const [name, value] of new FormData(form)) {
            if (value !== "") {
                given.append(name, value);
            }
        }
        return `?${given}`;
    };

    const offer = (before) => {
        resume.querySelector("a").href = location.pathname + before;
        resume.querySelector("button").addEventListener("click", () => {
            kept((s) => s.removeItem(key));
            resume.hidden = true;
        });
        resume.hidden = false;
    };

    const before = kept((s) => s.getItem(key));

    if (location.search.includes("page=")) {
        keep(location.search);
    } else if (resume !== null && before !== null && STEP.test(before)) {
        offer(before);
    }
    if (form !== null) {
        form.addEventListener("change", () => keep(query()));
    }
})();
