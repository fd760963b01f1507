// paper -- what can be said of a PDF's own signature; the sentences are those of
// src/verify/thing.c.
//
//   [PP1] The body's signature is one by a key that came with this page.  Whoever
//         else signed has a name, and is nobody that this page knows.
//   [PP2] A key that may be in other hands proves nothing by itself, whatever
//         moment is stated.
//   [PP3] Without a stamp nobody but the signer says when; then his certificate
//         has to be valid today.

import { equal } from "./bytes.mjs";
import { checkCms } from "./cms.mjs";
import { failure, holds, open, refuted } from "./finding.mjs";
import { dayOf } from "./instant.mjs";
import { saysSigned, signedParts } from "./pdf.mjs";
import { Wrong } from "./wrong.mjs";

const on = (seconds) => ({ day: dayOf(seconds) });

// Who it is, for this page [PP1] [PP2].
function whose(seen, known) {
    const { certificate } = seen;
    const ours = known.papers.find((p) => equal(p.key, certificate.key.whole));
    if (ours === undefined) {
        return [open("verify_page.stranger", { subject: certificate.subject })];
    }
    return [ours.revoked === null
        ? holds("verify_page.pdf_ours", { did: known.did.id, key: ours.name })
        : refuted("did.revoked", { key: ours.name, on: { day: ours.revoked } })];
}

// Who says so, where the page does not know him.
function vouched(seen) {
    const { certificate, chain } = seen;
    if (chain.broken !== null) {
        return [refuted("verify_page.chain", { subject: chain.broken.subject,
            issuer: chain.broken.issuer })];
    }
    return chain.top === certificate && certificate.subject === certificate.issuer
        ? [open("verify.pdf_self_signed", { subject: certificate.subject })]
        : [open("verify.pdf_issuer", { issuer: chain.top.issuer })];
}

// [PP3]
function when(seen, known) {
    const { certificate, stamp } = seen;
    if (stamp !== null) {
        return [holds("verify.pdf_stamped", { by: stamp.by, on: on(stamp.at) })];
    }
    const days = { subject: certificate.subject, from: on(certificate.from),
        until: on(certificate.until) };
    return known.today < days.from.day || known.today > days.until.day
        ? [refuted("verify.pdf_expired", days)]
        : [open("verify.pdf_unstamped")];
}

function signedReport(seen, known) {
    const { certificate, fingerprint, stamp } = seen;
    const first = whose(seen, known);
    const stranger = first[0].state === "open";
    return {
        sound: true, ours: first[0].state === "holds",
        facts: [
            ["verify_page.signer", certificate.subject],
            ...(stamp === null ? [] : [["verify_page.stamped", on(stamp.at)]]),
        ],
        findings: [
            ...first,
            holds("verify.pdf_signed", { subject: certificate.subject, fingerprint }),
            ...(stranger ? vouched(seen) : []),
            ...when(seen, known),
        ],
    };
}

// A PDF without any signature is no forgery; one that lost it may be.
function failed(bytes, e) {
    const bare = e instanceof Wrong && e.id === "verify.pdf_unsigned" &&
        !saysSigned(bytes);
    return { sound: bare, ours: false, facts: [],
        findings: [bare ? open(e.id) : failure(e)] };
}

// { sound, ours, facts, findings }; `sound`: nobody altered it, as far as can be
// seen; `ours`: the body signed all of it.
export async function checkPaper(bytes, known) {
    try {
        const { der, content } = signedParts(bytes);
        return signedReport(await checkCms(der, content), known);
    } catch (e) {
        return failed(bytes, e);
    }
}
