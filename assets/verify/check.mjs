// check -- a file or a code, and all that can be said of it.
//
// A report is { kind, facts, findings, number }:
//   kind      the id of what it is
//   facts     [label's id, value] for people to compare with the paper
//   findings  { state, id, args }, state one of "holds", "refuted", "open"
//   number    of the certificate it is about; null: of none
//   credential, entry   of those that have one: what is compared [CK5]
//
//   [CK1] What is shown as a fact was signed, or the report says it is refuted.
//   [CK2] The first finding is what the report stands on: without it nothing
//         else proves anything.
//   [CK3] Nothing is left unsaid: what could not be checked here is "open".
//   [CK4] `known` is what the page brought along: { did, log, witnesses, papers,
//         today, listAt }, keys taken apart already (known.mjs).  listAt gives the
//         text of a status list, or null (lists.mjs).  Nothing here asks anybody
//         else, nor reads the clock.
//   [CK5] A proof in a paper is to be of its credential's own entry: of another it
//         refutes both, though it is in the log (src/verify/thing.h [TH5]).

import { checkBeside } from "./beside.mjs";
import { textOf } from "./bytes.mjs";
import { checkDay, factsOf } from "./credential.mjs";
import { hostOf } from "./did.mjs";
import { checkEntry, keyName } from "./entry.mjs";
import { found, holds, open, refuted } from "./finding.mjs";
import { dayOf, dayParse } from "./instant.mjs";
import { at, parse, textAt } from "./json.mjs";
import { checkCheckpoint } from "./note.mjs";
import { checkPaper } from "./paper.mjs";
import { attachedTexts, looksLikePdf } from "./pdf.mjs";
import { leadsToRoot, leafHash, looksLikeProof, readProof } from "./proof.mjs";
import { checkCode, looksLikeCode, readCode } from "./qr.mjs";
import { checkSealed, readSealed } from "./sealed.mjs";
import { checkList, checkStatus, isList, listOf, purposeWord } from "./status.mjs";
import { Wrong } from "./wrong.mjs";

function unreadable(kind, e) {
    if (!(e instanceof Wrong)) {
        throw e;
    }
    return { kind, facts: [], number: null,
        findings: [refuted(e.id, e.args)] };
}

const unknown = () => ({ kind: "verify_page.unknown", facts: [], number: null,
    findings: [open("verify_page.unknown_form")] });

// --- what credentials and codes share -------------------------------------------

const levelOf = ({ level, stars }) =>
    [level, "★".repeat(stars)].filter((part) => part !== "").join(" ");

function factRows(facts) {
    const rows = [
        ["page.number", facts.number],
        ["verify_page.holder", facts.holder],
        ["page.uscc", facts.uscc],
        ["page.scope", facts.covers],
        ["page.criterion", facts.criterion],
        ["page.level", levelOf({ level: facts.level ?? "", stars: facts.stars })],
        ["page.valid_from", { day: facts.from }],
        ["page.valid_until", { day: facts.until }],
        ["page.issuer", facts.body],
        ["page.approval", facts.approval],
    ];
    return rows.filter(([, value]) => value !== undefined && value !== "");
}

const validity = (facts, known) => found(() => {
    checkDay(facts, known.today);
    return holds("verify_page.day",
        { from: { day: facts.from }, until: { day: facts.until } });
});

// --- a credential ---------------------------------------------------------------

const signature = (c, known) => found(async () => {
    await checkSealed(c.sealed, c.facts.issuer, known.did);
    return holds("verify_page.signed", { body: c.facts.body,
        key: keyName(c.sealed.method),
        on: { day: dayOf(c.sealed.created) } });
});

async function checkCertificate(sealed, known) {
    const facts = factsOf(sealed.document);
    const signed = await signature({ sealed, facts }, known);
    return {
        kind: "verify_page.credential",
        facts: factRows(facts),
        number: facts.number,
        credential: { sealed, facts },
        findings: [
            signed,
            await validity(facts, known),
            open("verify_page.no_entry"),
            ...(signed.state === "holds" ? await checkStatus(facts, known)
                : [open("verify_page.status_unknown")]),
        ],
    };
}

async function checkStatusList(sealed, known) {
    const list = await listOf(sealed);
    return {
        kind: "verify_page.status_list",
        facts: [
            ["verify_page.list_purpose", { text: purposeWord(list.purpose) }],
            ["verify_page.list_made", { moment: list.made }],
        ],
        number: null,
        findings: [
            await found(async () => {
                await checkList(list, known.did);
                return holds("verify_page.list_signed", { made: { moment: list.made },
                    key: keyName(sealed.method), entries: list.bits.length * 8 });
            }),
            open("verify_page.list_used"),
        ],
    };
}

// What cannot be taken for one may yet be known.
async function checkCredential(text, known) {
    let kind = "verify_page.credential";
    try {
        const sealed = await readSealed(text);
        if (!isList(sealed.document)) {
            return await checkCertificate(sealed, known);
        }
        kind = "verify_page.status_list";
        return await checkStatusList(sealed, known);
    } catch (e) {
        const said = unreadable(kind, e);
        return checkBeside(text) ?? said;
    }
}

// --- the code on a paper --------------------------------------------------------

// The statement does not sign where the address leads.
function address(code, known) {
    const host = hostOf(known.did.id);
    if (code.host !== host) {
        return [refuted("verify_page.other_host",
            { host: code.host, expected: host ?? known.did.id })];
    }
    return code.statement === null ? [] : [holds("verify_page.host", { host })];
}

const statement = (code, known) => found(async () => {
    const key = await checkCode(code, known.did);
    return holds("verify_page.code_signed",
        { did: known.did.id, key: keyName(key.id) });
});

async function checkCodeText(text, known) {
    let code;
    try {
        code = readCode(text);
    } catch (e) {
        return unreadable("verify_page.code", e);
    }
    const facts = code.statement?.facts;
    return {
        kind: "verify_page.code",
        facts: facts === undefined ? [["page.number", code.number]]
            : factRows(facts),
        number: code.number,
        findings: [
            await statement(code, known),
            ...address(code, known),
            ...(facts === undefined ? [] : [await validity(facts, known)]),
            ...(facts?.holder.endsWith("…") ? [open("verify_page.name_cut")] : []),
            open("verify_page.status_unknown"),
        ],
    };
}

// --- a proof from the log ----------------------------------------------------------

// What the leaf of an entry says, for people; null when it is none of ours.
function readLeaf(bytes) {
    const text = textOf(bytes);
    try {
        const leaf = text === null ? null : parse(text);
        return textAt(leaf, "type") === null ? null : leaf;
    } catch (e) {
        if (e instanceof Wrong) {
            return null;
        }
        throw e;
    }
}

// What was done, in the register's words where it has any.
const ACTS = {
    "certificate.issued": "change.issued",
    "certificate.reissued": "change.changed",
    "certificate.reduced": "change.reduced",
    "certificate.suspended": "change.suspended",
    "certificate.restored": "change.restored",
    "certificate.withdrawn": "change.withdrawn",
    "certificate.cancelled": "change.cancelled",
    "certificate.expired": "change.expired",
};

function actOf(leaf) {
    const type = textAt(leaf, "type");
    return Object.hasOwn(ACTS, type) ? { text: ACTS[type] } : type;
}

function leafRows(leaf, index) {
    const on = at(leaf, "on");
    const day = typeof on === "string" ? dayParse(on) : on;
    const rows = [
        ["verify_page.entry_index", String(index)],
        ["verify_page.entry_type", actOf(leaf)],
        ["verify_page.entry_on", Number.isInteger(day) ? { day } : null],
        ["page.number", textAt(leaf, "public", "number")],
        ["verify_page.holder", textAt(leaf, "public", "holder")],
        ["page.uscc", textAt(leaf, "public", "uscc")],
        ["page.scope", textAt(leaf, "public", "scope")],
        ["page.criterion", textAt(leaf, "public", "criterion")],
    ];
    return rows.filter(([, value]) => value !== null);
}

async function inclusion(proof, body) {
    if (proof.extra === null) {
        return open("verify_page.no_leaf", { index: proof.index });
    }
    return found(async () => {
        const { index } = proof;
        const leaf = await leafHash(proof.extra);
        if (!await leadsToRoot(proof, body.size, leaf, body.root)) {
            throw new Wrong("proof.path", { index, size: body.size });
        }
        return holds("verify_page.included", { index, size: body.size });
    });
}

const witnessed = (body) => (body.witnesses.length === 0
    ? [open("verify_page.no_witness")]
    : body.witnesses.map((w) => holds("verify_page.cosigned",
        { name: w.name, on: { day: dayOf(w.time) } })));

async function checkLogged(text, known) {
    let proof;
    let body;
    try {
        proof = readProof(text);
        body = await checkCheckpoint(proof.checkpoint, known.log, known.witnesses);
    } catch (e) {
        return unreadable("verify_page.proof", e);
    }
    const leaf = proof.extra === null ? null : readLeaf(proof.extra);
    const included = await inclusion(proof, body);
    return {
        kind: "verify_page.proof",
        facts: leaf === null ? [] : leafRows(leaf, proof.index),
        number: textAt(leaf, "public", "number"),
        entry: included.state === "holds" ? { leaf, index: proof.index } : null,
        findings: [
            included,
            holds("verify_page.checkpoint", { origin: body.origin, size: body.size }),
            ...witnessed(body),
            open("verify_page.only_that_entry"),
        ],
    };
}

// --- a signed PDF -------------------------------------------------------------------

const looksSealed = (text) => {
    const trimmed = text.trim();
    return trimmed.startsWith("{") ||
        /^[\w-]+\.[\w-]+\.[\w-]*$/.test(trimmed);
};

const ownEntry = ({ credential }, { entry }) => found(async () => {
    checkEntry(entry.leaf, credential);
    return holds("verify.entry_same",
        { number: credential.facts.number, index: entry.index });
});

// [CK5] Every credential against every proof that holds.
async function compare(reports) {
    const proofs = reports.filter((r) => (r.entry ?? null) !== null);
    for (const c of reports.filter((r) => r.credential !== undefined)) {
        for (const proof of proofs) {
            const said = await ownEntry(c, proof);
            c.findings = [...c.findings.filter((f) =>
                f.id !== "verify_page.no_entry"), said];
            proof.findings = [...proof.findings, said];
        }
    }
    return reports;
}

async function checkAttached(bytes, known) {
    const texts = (await attachedTexts(bytes)).filter((text) =>
        looksSealed(text) || looksLikeProof(text));
    const reports = [];
    for (const text of texts) {
        reports.push(await checkText(text, known));
    }
    return compare(reports);
}

// Its own signature first, then what is attached: each for itself and against each
// other, as the words on the page go with what is attached only where the body
// signed both.  Nothing that is attached to an altered file shall make it look good.
async function checkPdf(bytes, known) {
    const { sound, ours, facts, findings } = await checkPaper(bytes, known);
    const attached = sound ? await checkAttached(bytes, known) : [];
    const bare = sound &&
        attached.every((r) => r.kind !== "verify_page.credential");
    const unread = ours ? [] : [open("verify_page.pdf_unread")];
    return [
        { kind: "verify_page.pdf", facts, number: null,
            findings: [...findings, ...(bare ? [open("verify.pdf_bare")] : [])] },
        ...attached.map((r) => ({ ...r, findings: [...r.findings, ...unread] })),
    ];
}

// --- any of them ------------------------------------------------------------------

// A text that somebody pasted or scanned, or that a file holds.
export async function checkText(text, known) {
    if (looksLikeProof(text)) {
        return checkLogged(text, known);
    }
    if (looksLikeCode(text)) {
        return checkCodeText(text, known);
    }
    if (looksSealed(text)) {
        return checkCredential(text, known);
    }
    return unknown();
}

// The reports of a file, one for each signed thing in it.
export async function checkFile(bytes, known) {
    if (looksLikePdf(bytes)) {
        return checkPdf(bytes, known);
    }
    const text = textOf(bytes);
    return [text === null ? unknown() : await checkText(text, known)];
}

// "refuted" if anything is; else what the first finding says [CK2].
export function verdictOf(report) {
    const states = report.findings.map((f) => f.state);
    return states.includes("refuted") ? "refuted" : states[0];
}
