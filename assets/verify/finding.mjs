// finding -- one thing that was checked: { state, id, args }, state one of
// "holds", "refuted", "open".

import { Wrong } from "./wrong.mjs";

const finding = (state) => (id, args = {}) => ({ state, id, args });
export const holds = finding("holds");
export const open = finding("open");
export const refuted = finding("refuted");

// What refutes nothing: something is missing, here or in what was given.
const LACKING = ["verify_page.no_crypto", "verify_page.no_algorithm", "qr.bare"];

export function failure(e) {
    if (!(e instanceof Wrong)) {
        throw e;
    }
    return (LACKING.includes(e.id) ? open : refuted)(e.id, e.args);
}

// What `work` gives as a finding; what it throws as refuted, or as open where
// this browser lacks something.
export async function found(work) {
    try {
        return await work();
    } catch (e) {
        return failure(e);
    }
}
