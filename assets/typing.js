/*
 * typing.js -- says to htmx when something new is typed into a search, and keeps
 * apart what is shown from what was asked for meanwhile.  The search works
 * without it: it is a form.
 *
 *   [TJ1] Letters on their way to becoming Chinese signs are not searched for:
 *         what is composed counts when it is done.
 *   [TJ2] Results that are not those of what stands in the form look so, until
 *         the answer comes; if none does, they go on looking so.
 */
"use strict";

(() => {
    const asks = (e) => e.target.form?.hasAttribute("hx-get");

    const results = (form) =>
        document.querySelector(form.getAttribute("hx-target"));

    const typed = (e) => {
        if (e.isComposing || !asks(e)) {
            return;
        }
        results(e.target.form).classList.add("stale"); // [TJ2]
        htmx.trigger(e.target.form, "typed");
    };

    document.addEventListener("input", typed);
    document.addEventListener("compositionend", (e) => {
        if (asks(e)) {
            htmx.trigger(e.target.form, "typed"); // [TJ1]
        }
    });
    document.addEventListener("htmx:afterSwap", (e) => {
        e.detail.target.classList.remove("stale");
    });
})();
