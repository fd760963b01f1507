// register -- the one question about a certificate that this page asks of
// anybody, and only when it is told to: how it stands today.

import { dayParse } from "./instant.mjs";
import { textAt } from "./json.mjs";

const STATUSES = {
    valid: "status.valid",
    suspended: "status.suspended",
    withdrawn: "status.withdrawn",
    cancelled: "status.cancelled",
    expired: "status.expired",
};

export const pageOf = (register, number) =>
    `${register}/c/${encodeURIComponent(number)}`;

function answerOf(record) {
    const status = STATUSES[textAt(record, "status")];
    const since = dayParse(textAt(record, "status_since") ?? "");
    if (status === undefined || since === null) {
        return { state: "open", id: "verify_page.no_answer", args: {} };
    }
    return {
        state: status === "status.valid" ? "holds" : "refuted",
        id: "verify_page.register_says",
        args: { status: { text: status }, since: { day: since } },
    };
}

// A finding.  The answer is not signed: it is what the register says just now.
export async function askRegister(register, number) {
    try {
        const answer = await fetch(
            `${register}/api/v1/certificates/${encodeURIComponent(number)}`,
            { credentials: "omit", cache: "no-store" });
        if (answer.status === 404) {
            return { state: "refuted", id: "verify_page.register_none",
                args: { number } };
        }
        return answerOf(answer.ok ? await answer.json() : null);
    } catch {
        return { state: "open", id: "verify_page.no_answer", args: {} };
    }
}
