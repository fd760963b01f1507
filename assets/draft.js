/*
 * draft.js -- keeps a form while one types, and says so.  The page works
 * without it: what is typed is kept when one goes on.
 *
 *   [DJ1] What is sent is the form itself, to its own address, with "quiet",
 *         to which the server answers with nothing to show, or with what is to
 *         stand in the element "live".
 *   [DJ2] One at a time; what was typed meanwhile goes with the next.
 *   [DJ3] Whoever goes on waits until what is under way has arrived, so that it
 *         does not come after, and over, what they go on with; but not longer
 *         than PATIENCE.
 */
"use strict";

(() => {
    const QUIET_FOR = 2500; // milliseconds without a key
    const PATIENCE = 10000;
    const form = document.getElementById("draft");
    const saved = document.getElementById("saved");
    let timer = null;
    let busy = false;
    let again = false;
    let going = null; // by which button somebody goes on meanwhile

    const live = document.getElementById("live");

    const show = async (answer) => {
        const page = new DOMParser().parseFromString(
            await answer.text(), "text/html");

        live.replaceChildren(...page.body.childNodes);
    };

    const say = (what) => {
        saved.textContent = saved.dataset[what];
    };

    const save = async () => {
        if (busy) {
            again = true;
            return;
        }
        const fields = new URLSearchParams(new FormData(form));

        busy = true;
        fields.set("quiet", "1");
        say("saving");
        try {
            const answer = await fetch(form.action, { method: "POST", body: fields,
                signal: AbortSignal.timeout(PATIENCE) });

            if (answer.status === 200 && live !== null) {
                await show(answer);
            }
            say(answer.ok ? "saved" : "failed");
        } catch {
            say("failed");
        }
        busy = false;
        if (going !== null) {
            const { by } = going;

            going = null;
            again = false;
            form.requestSubmit(by);
            return;
        }
        if (again) {
            again = false;
            save();
        }
    };

    const soon = () => {
        clearTimeout(timer);
        timer = setTimeout(save, QUIET_FOR);
    };

    form.addEventListener("input", soon);
    form.addEventListener("submit", (event) => {
        clearTimeout(timer);
        if (busy) {
            event.preventDefault();
            going = { by: event.submitter };
        }
    });
})();
