// The modules of the page /verify by themselves: vectors of the specifications,
// what our own programs sign, and every altered copy of it.
//
//   units.mjs SAMPLES SIZES     as build/foreign_samples, build/log_sizes wrote

import { generateKeyPairSync, sign } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import * as bytes from "../../assets/verify/bytes.mjs";
import { readCbor } from "../../assets/verify/cbor.mjs";
import { checkFile, checkText, verdictOf } from "../../assets/verify/check.mjs";
import { canonical, digestOf, parse } from "../../assets/verify/json.mjs";
import { signedBy } from "../../assets/verify/key.mjs";
import { readKnown } from "../../assets/verify/known.mjs";
import { checkCheckpoint, readVkey } from "../../assets/verify/note.mjs";
import { leadsToRoot, leafHash, readProof } from "../../assets/verify/proof.mjs";
import { readSealed } from "../../assets/verify/sealed.mjs";
import { wordsOf } from "../../assets/verify/words.mjs";
import { alterations, allRefused, flips, json, say, text } from "../foreign/credential/lib/checks.mjs";

const sizes = process.argv[3];
const TODAY = 20635; // 2026-07-01
const log = text("log.vkey").trim();
const witness = text("witness.vkey").trim();

// `lists`: address -> text of a status list that can be had.
const knowing = (changes, today = TODAY, lists = {}) =>
    readKnown({ did: json("did.json"), vkey: log, witnesses: [witness],
        papers: [], ...changes }, today, async (address) => lists[address] ?? null);
const known = await knowing({});
const verdict = async (given, by = known) => verdictOf(await checkText(given, by));
const idsOf = (report, state) =>
    report.findings.filter((f) => f.state === state).map((f) => f.id).join(" ");
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);

// What refuses it: each id of a refuted finding.
async function refusedBy(what, given, want, by = known) {
    equals(`${what} is refused: ${want}`,
        idsOf(await checkText(given, by), "refuted"), want);
}

// --- vectors [RFC 8785] [W3C vc-di-eddsa] [RFC 8949] -------------------------

equals("RFC 8785, 3.2.3: keys by UTF-16 code units", canonical(JSON.parse(
    '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}')),
'{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
equals("RFC 8785, 3.2.2: numbers and escapes", canonical(JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
    + '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/"}')),
'{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
    + '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');

const contexts = ["https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/ns/credentials/examples/v2"];
const w3cKey = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const w3c = {
    "@context": contexts,
    id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    type: ["VerifiableCredential", "AlumniCredential"],
    name: "Alumni Credential",
    description: "A minimum viable example of an Alumni Credential.",
    issuer: "https://vc.example/issuers/5678",
    validFrom: "2023-01-01T00:00:00Z",
    credentialSubject: { id: "did:example:abcdefgh",
        alumniOf: "The School of Examples" },
    proof: {
        type: "DataIntegrityProof",
        cryptosuite: "eddsa-jcs-2022",
        created: "2023-02-24T23:36:38Z",
        verificationMethod: `did:key:${w3cKey}#${w3cKey}`,
        proofPurpose: "assertionMethod",
        "@context": contexts,
        proofValue: "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93" +
            "FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
    },
};
const w3cPublic = bytes.base58(w3cKey.slice(1)).slice(2);
async function w3cHolds(document) {
    const sealed = await readSealed(JSON.stringify(document));
    return signedBy(w3cPublic, sealed.message, sealed.signature);
}
say(await w3cHolds(w3c), "the vector of the W3C verifies");
equals("its hashes are those of the W3C",
    bytes.hex((await readSealed(JSON.stringify(w3c))).message)
        .replace(/^(.{8}).*?(59b7cb62).*$/, "$1 $2"), "66ab154f 59b7cb62");
await allRefused("the vector of the W3C", alterations(w3c), w3cHolds);

for (const [name, letters, want] of [
    ["base32", "MZXW6YTB", "666f6f6261"],
    ["base32", "MY", "66"],
    ["base32", "MZ", null], // bits left over
    ["base32", "M", null],
    ["base32", "my", null],
    ["base64", "Zm8=", "666f"],
    ["base64", "Zm9=", null], // bits left over
    ["base64", "Zm8", null],
    ["base64", "Zm8==", null],
    ["base64", "====", null],
    ["base64url", "Zm8", "666f"],
    ["base64url", "Zm8=", null],
    ["base58", "2NEpo7TZRRrLZSi2U", "48656c6c6f20576f726c6421"],
    ["base58", "11", "0000"],
    ["base58", "0", null],
]) {
    const got = bytes[name](letters);
    equals(`${name} of ${letters}`, got === null ? null : bytes.hex(got), want);
}
for (const [hex, good, why] of [
    ["17", true, "23 in one byte"],
    ["1817", false, "23 in two"],
    ["1818", true, "24 in two"],
    ["190100", true, "256 in three"],
    ["1900ff", false, "255 in three"],
    ["a201000200", true, "keys that rise"],
    ["a202000100", false, "keys that fall"],
    ["a201000100", false, "a key twice"],
    ["0000", false, "something behind"],
    ["62c328", false, "no UTF-8"],
    ["42ff", false, "cut off"],
    ["f6", false, "null, which no code holds"],
    ["9fff", false, "without a length"],
    ["818181818181818181", false, "nothing inside"],
]) {
    equals(`CBOR: ${why}`, readCbor(Uint8Array.from(Buffer.from(hex, "hex"))) !== null,
        good);
}
for (const [given, why] of [
    ['{"a":1,"a":2}', "a key twice"],
    ['{"a":1,"\\u0061":2}', "a key twice, once escaped"],
    ["9007199254740993", "a number that a double cannot hold"],
    ['"\\ud800"', "half a surrogate pair"],
    ["[1,]", "no JSON"],
    ["[".repeat(65) + "]".repeat(65), "too deep"],
]) {
    let refused = false;
    try {
        parse(given);
    } catch {
        refused = true;
    }
    say(refused, `JSON is refused: ${why}`);
}
equals("a string may look like members",
    canonical(parse('{"a":"\\"b\\":{[","b":[{"a":1},{"a":2}]}')),
    '{"a":"\\"b\\":{[","b":[{"a":1},{"a":2}]}');

// --- what our programs sign ----------------------------------------------------------

for (const name of ["full", "plain", "old"]) {
    for (const form of ["json", "jwt"]) {
        const report = await checkText(text(`${name}.${form}`), known);
        equals(`${name}.${form} holds`, verdictOf(report), "holds");
        equals(`${name}.${form}: its day and its signature`, idsOf(report, "holds"),
            "verify_page.signed verify_page.day");
        equals(`${name}.${form}: what is left open`, idsOf(report, "open"),
            "verify_page.no_entry verify_page.status_offline");
        equals(`${name}.${form}: whose`, report.number, "71226SC0006R0S");
    }
    await allRefused(`${name}.json`, alterations(json(`${name}.json`)),
        async (altered) => await verdict(JSON.stringify(altered)) !== "refuted");
}
const shown = Object.fromEntries((await checkText(text("full.json"), known)).facts);
equals("the facts are those of the sample", JSON.stringify(shown), JSON.stringify({
    "page.number": "71226SC0006R0S",
    "verify_page.holder": "示例智能装备股份有限公司",
    "page.uscc": "91990000MA0000001X",
    "page.scope": "家用空气净化设备的销售与售后服务",
    "page.criterion": "GB/T 27922-2011",
    "page.level": "十星 ★★★★★★★★★★",
    "page.valid_from": { day: 20513 },
    "page.valid_until": { day: 21608 },
    "page.issuer": "示例认证有限公司",
    "page.approval": "CNCA-R-2099-000",
}));

const code = text("qr.txt");
const bare = text("qr-bare.txt");
equals("the code holds", await verdict(code), "holds");
const idsOpen = async (given) => idsOf(await checkText(given, known), "open");
equals("a code of a long name holds", await verdict(text("qr-cut.txt")), "holds");
equals("and says that the name is cut", await idsOpen(text("qr-cut.txt")),
    "verify_page.name_cut verify_page.status_unknown");
equals("a whole name is not said to be cut", await idsOpen(code),
    "verify_page.status_unknown");
equals("the bare code proves nothing", await verdict(bare), "open");
const [address, letters] = code.split("#");
for (let i = 0; i < letters.length; i++) {
    const other = letters[i] === "A" ? "B" : "A";
    const altered = `${address}#${letters.slice(0, i)}${other}${letters.slice(i + 1)}`;
    if (await verdict(altered) !== "refuted") {
        say(false, `the code with letter ${i} altered is believed`);
    }
}
say(letters.length > 250, "the code: every letter altered is refused");

// --- days [VC2] -----------------------------------------------------------------

for (const [today, want, why] of [
    [20512, "credential.early", "the day before the first"],
    [20513, "", "the first day"],
    [21608, "", "the last day"],
    [21609, "credential.late", "the day after the last"],
]) {
    await refusedBy(`the credential on ${why}`, text("full.json"), want,
        await knowing({}, today));
    await refusedBy(`the code on ${why}`, code, want, await knowing({}, today));
}

// --- the tampering table: what was altered, and what says so -------------------------

const changed = (name, change) => {
    const copy = json(name);
    change(copy);
    return JSON.stringify(copy);
};
const proofOf = (change) => changed("full.json", (c) => change(c.proof, c));
for (const [what, given, want] of [
    ["the holder", proofOf((p, c) => { c.credentialSubject.issuedToParty.name += "x"; }),
        "sealed.signature"],
    ["the level", proofOf((p, c) => {
        c.credentialSubject.assessment[0].assessmentCriteria[0].name = "九星";
    }), "sealed.signature"],
    ["a member more", proofOf((p, c) => { c.credentialSubject.more = 1; }),
        "sealed.signature"],
    ["the issuer", proofOf((p, c) => { c.issuer.id = "did:web:other.example"; }),
        "sealed.issuer"],
    ["the first second", proofOf((p, c) => { c.validFrom = "2026-02-28T16:00:01Z"; }),
        "credential.field"],
    ["the moment of signing", proofOf((p) => { p.created = "2026-06-02T00:00:00Z"; }),
        "sealed.signature"],
    ["a moment before the key", proofOf((p) => { p.created = "2025-06-02T00:00:00Z"; }),
        "did.early"],
    ["a key retired by then", proofOf((p) => {
        p.verificationMethod = "did:web:register.example.cn#credential-1";
    }), "did.late"],
    ["a key given up for lost", proofOf((p) => {
        p.verificationMethod = "did:web:register.example.cn#credential-2";
    }), "did.revoked"],
    ["an unknown key", proofOf((p) => {
        p.verificationMethod = "did:web:register.example.cn#credential-9";
    }), "did.unknown"],
    ["another suite", proofOf((p) => { p.cryptosuite = "eddsa-rdfc-2022"; }),
        "proof.field"],
    ["another purpose", proofOf((p) => { p.proofPurpose = "authentication"; }),
        "proof.field"],
    ["a member that asks for more", proofOf((p) => { p.expires = "2027-01-01T00:00:00Z"; }),
        "proof.member"],
    ["the proof's context", proofOf((p) => { p["@context"].push("https://x.example/"); }),
        "proof.context"],
    ["a second proof", proofOf((p, c) => { c.proof = [p, p]; }), "proof.none"],
    ["a signature cut short", proofOf((p) => { p.proofValue = p.proofValue.slice(0, -9); }),
        "proof.field"],
    ["a text cut short", text("full.json").slice(0, -2), "verify_page.json"],
    ["a name twice", text("full.json").replace('"name":', '"name":"x","name":'),
        "verify_page.json_twice"],
    ["a status list", text("revocation.json").replace('"revocation"', '"refresh"'),
        "status_list.field"],
    ["a code cut short", code.slice(0, -8), "qr.letters"],
    ["a code cut short between bytes", `${address}#${letters.slice(0, 160)}`, "qr.form"],
    ["a code with a letter that is none", `${address}#${letters.slice(0, -1)}1`, "qr.letters"],
    ["a code for another number", code.replace("0006R0S#", "0007R0S#"), "qr.number"],
    ["a code for another register", code.replace("REGISTER.EXAMPLE.CN", "REG1STER.EXAMPLE.CN"),
        "verify_page.other_host"],
    ["a bare code for another register",
        bare.replace("REGISTER.EXAMPLE.CN", "REG1STER.EXAMPLE.CN"), "verify_page.other_host"],
    ["an address of another kind", "https://register.example.cn/help", "qr.address"],
]) {
    await refusedBy(what, given, want);
}

const encode = (j) => Buffer.from(JSON.stringify(j)).toString("base64url");
const [head, body, tail] = text("full.jwt").trim().split(".");
const header = JSON.parse(Buffer.from(head, "base64url"));
const payload = JSON.parse(Buffer.from(body, "base64url"));
const claims = (more) => `${head}.${encode({ ...payload, ...more })}.${tail}`;
for (const [what, given, want] of [
    ["the algorithm", `${encode({ ...header, alg: "ES256" })}.${body}.${tail}`, "jws.algorithm"],
    ["alg none", `${encode({ ...header, alg: "none" })}.${body}.`, "jws.form"],
    ["the type", `${encode({ ...header, typ: "JWT" })}.${body}.${tail}`, "jws.type"],
    ["crit", `${encode({ ...header, crit: ["b64"] })}.${body}.${tail}`, "jws.critical"],
    ["a key that is no text", `${encode({ ...header, kid: 1 })}.${body}.${tail}`, "jws.header"],
    ["a header spelt otherwise", `${encode({ ...header })}.${body}.${tail}`,
        encode(header) === head ? "" : "sealed.signature"],
    ["the name", claims({ name: "x" }), "sealed.signature"],
    ["the moment of signing", claims({ iat: payload.iat + 1 }), "sealed.signature"],
    ["no moment of signing", claims({ iat: undefined }), "sealed.claim"],
    ["vc", claims({ vc: {} }), "sealed.claim"],
    ["the signature", `${head}.${body}.${tail.startsWith("A") ? "B" : "A"}${tail.slice(1)}`,
        "sealed.signature"],
]) {
    await refusedBy(`a token: ${what}`, given, want);
}

// --- status lists [SL1]-[SL4] ----------------------------------------------------

const LISTS = "https://register.example.cn/status";
const [revocations, suspensions] = [`${LISTS}/revocation/1`, `${LISTS}/suspension/1`];
const INDEX = 94567; // of the sample
equals("the sample names these lists", JSON.stringify(json("full.json").credentialStatus
    .map((s) => [s.statusListCredential, s.statusListIndex])),
JSON.stringify([[revocations, String(INDEX)], [suspensions, String(INDEX)]]));

// Lists of any content need a key of their own, which this body has besides.
const pair = generateKeyPairSync("ed25519");
const issuer = json("did.json");
issuer.verificationMethod.push({ id: `${issuer.id}#credential-8`, type: "JsonWebKey",
    controller: issuer.id, publicKeyJwk: pair.publicKey.export({ format: "jwk" }) });
issuer.assertionMethod.push(`${issuer.id}#credential-8`);

async function listText(purpose, made, { set = [], entries = 131072, id, encoded } = {}) {
    const bits = Buffer.alloc(entries / 8);
    set.forEach((i) => { bits[i >> 3] |= 0x80 >> (i & 7); });
    const document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        id: id ?? `${LISTS}/${purpose}/1`,
        type: ["VerifiableCredential", "BitstringStatusListCredential"],
        issuer: issuer.id, validFrom: made,
        credentialSubject: { type: "BitstringStatusList", statusPurpose: purpose,
            encodedList: encoded ?? `u${gzipSync(bits).toString("base64url")}` },
    };
    const by = { type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", created: made,
        verificationMethod: `${issuer.id}#credential-8`, proofPurpose: "assertionMethod" };
    const message = bytes.concat(await digestOf(by), await digestOf(document));
    return JSON.stringify({ ...document, proof: { ...by,
        proofValue: `z${base58Text(sign(null, message, pair.privateKey))}` } });
}

function base58Text(data) {
    const letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let out = "";
    for (let n = BigInt(`0x${bytes.hex(data)}`); n > 0n; n /= 58n) {
        out = letters[Number(n % 58n)] + out;
    }
    return "1".repeat(data.findIndex((byte) => byte !== 0)) + out;
}

const MADE = "2026-07-01T01:30:00Z"; // at the register 09:30
const clear = { [revocations]: await listText("revocation", MADE, { set: [INDEX + 1] }),
    [suspensions]: await listText("suspension", MADE, { set: [INDEX - 1] }) };
const standing = async (lists, today = TODAY) => checkText(text("full.json"),
    await knowing({ did: issuer }, today, { ...clear, ...lists }));
const revoked = (made, more) => listText("revocation", made, { set: [INDEX], ...more });
const suspended = (made, more) => listText("suspension", made, { set: [INDEX], ...more });
const EVE = "2026-06-30T15:59:59Z"; // the last second of 30 June there
const MORROW = "2026-07-01T16:00:00Z";
for (const [what, lists, want, openly] of [
    ["neither", {}, "", ""],
    ["revoked", { [revocations]: await revoked(MADE) }, "verify.revoked", ""],
    ["suspended", { [suspensions]: await suspended(MADE) }, "verify.suspended", ""],
    ["both", { [revocations]: await revoked(MADE), [suspensions]: await suspended(MADE) },
        "verify.revoked verify.suspended", ""],
    ["revoked the day before, for good", { [revocations]: await revoked(EVE) },
        "verify.revoked", ""],
    ["suspended the day before", { [suspensions]: await suspended(EVE) }, "verify.suspended",
        "verify.status_other_day"],
    ["a list of the day before", { [suspensions]: await listText("suspension", EVE) }, "",
        "verify.status_other_day"],
    ["revoked tomorrow", { [revocations]: await revoked(MORROW) }, "",
        "verify.status_other_day"],
    ["a list at another address", { [revocations]: await revoked(MADE,
        { id: `${LISTS}/revocation/2` }) }, "status_list.other", ""],
    ["the other list", { [revocations]: await suspended(MADE, { id: revocations }) },
        "status_list.other", ""],
    ["a list too short", { [revocations]: await revoked(MADE, { entries: 131064 }) },
        "status_list.short", ""],
    ["a list that is damaged", { [revocations]: await revoked(MADE, { encoded: "uAAAA" }) },
        "status_list.encoding", ""],
    ["a list that is too long", { [revocations]: await revoked(MADE,
        { encoded: `u${gzipSync(Buffer.alloc((1 << 20) + 1)).toString("base64url")}` }) },
    "status_list.encoding", ""],
    ["a list without its u", { [revocations]: await revoked(MADE, { encoded: "AAAA" }) },
        "status_list.encoding", ""],
    ["a list that was altered", { [revocations]:
        (await revoked(MADE)).replace(MADE, "2026-07-01T01:30:01Z") }, "sealed.signature", ""],
    ["a list of another body", { [revocations]:
        (await revoked(MADE)).replace(issuer.id, "did:web:other.example") }, "sealed.issuer", ""],
    ["no list at all", { [revocations]: "hello" }, "jws.form", ""],
]) {
    const stands = await standing(lists);
    equals(`status: ${what}`, idsOf(stands, "refuted"), want);
    equals(`status: ${what}: what is open`, idsOf(stands, "open"),
        ["verify_page.no_entry", openly].join(" ").trim());
}
const neither = await standing({});
equals("status: neither is proved of both", idsOf(neither, "holds"),
    "verify_page.signed verify_page.day verify.status_clear verify.status_clear");
equals("status: as of a moment", neither.findings.at(-1).args.made.moment,
    Date.parse(MADE) / 1000);
equals("status: one list alone is not enough", idsOf(await standing(
    { [suspensions]: null }), "open"), "verify_page.no_entry verify_page.status_offline");
equals("status: the lists of the samples", idsOf(await checkText(text("full.json"),
    await knowing({}, TODAY, { [revocations]: text("revocation.jwt"),
        [suspensions]: text("suspension.json") })), "refuted"), "verify.revoked");
let asked = 0;
const counting = { ...known, listAt: async () => { asked++; return null; } };
await checkText(proofOf((p, c) => { c.name += "x"; }), counting);
equals("status: nobody is asked about what was altered", asked, 0);
await checkText(text("full.json"), counting);
equals("status: two lists are asked for", asked, 2);
for (const form of ["json", "jwt"]) {
    const list = await checkText(text(`revocation.${form}`), known);
    equals(`a list by itself (${form}) holds`, verdictOf(list), "holds");
    equals(`a list by itself (${form}) says what else is needed`, idsOf(list, "open"),
        "verify_page.list_used");
}
await allRefused("a list", alterations(json("revocation.json")),
    async (altered) => await verdict(JSON.stringify(altered)) !== "refuted");

// --- proofs from the log ---------------------------------------------------------

const proof = text("cosigned.tlog-proof");
const logged = await checkText(proof, known);
equals("the proof holds", verdictOf(logged), "holds");
equals("the proof: entry, checkpoint, witness", idsOf(logged, "holds"),
    "verify_page.included verify_page.checkpoint verify_page.cosigned");
equals("without its witness it says so", idsOf(await checkText(proof,
    await knowing({ witnesses: [] })), "open"),
"verify_page.no_witness verify_page.only_that_entry");
const noLeaf = proof.replace(/^extra .*\n/m, "");
equals("without its entry it proves nothing", await verdict(noLeaf), "open");

const line = (n, by) => proof.split("\n").map((l, i) => (i === n ? by(l) : l)).join("\n");
const flipped = (l, at) => l.slice(0, at) + (l[at] === "A" ? "B" : "A") + l.slice(at + 1);
for (const [what, given, want] of [
    ["the first line", line(0, () => "c2sp.org/tlog-proof@v2"), "proof.form"],
    ["the entry", line(1, (l) => flipped(l, 20)), "proof.path"],
    ["the index", line(2, () => "index 0"), "proof.path"],
    ["an index beyond the log", line(2, () => "index 2"), "proof.path"],
    ["an index with a zero", line(2, () => "index 01"), "proof.form"],
    ["the path", line(3, (l) => flipped(l, 5)), "proof.path"],
    ["a path that is too short", proof.split("\n").filter((_, i) => i !== 3).join("\n"),
        "proof.path"],
    ["a hash that is none", line(3, (l) => l.slice(4)), "proof.form"],
    ["the origin", line(5, () => "other.example/log"), "note.signature"],
    ["the size", line(6, () => "3"), "note.signature"],
    ["a size with a zero", line(6, () => "02"), "checkpoint.form"],
    ["the root", line(7, (l) => flipped(l, 5)), "note.signature"],
    ["the log's signature", line(9, (l) => flipped(l, l.length - 20)), "note.signature"],
    ["the witness's signature", line(10, (l) => flipped(l, l.length - 20)), "note.signature"],
    ["no signature", proof.split("\n").slice(0, 9).join("\n"), "note.split"],
    ["another log's", proof.split("\n").filter((_, i) => i !== 9).join("\n"),
        "verify_page.other_log"],
    ["a file cut short", proof.slice(0, 60), "proof.form"],
]) {
    await refusedBy(`a proof: ${what}`, given, want);
}

// Sizes where trees fill up, by our own log (tests/log_sizes.c).
const key = await readVkey(readFileSync(join(sizes, "vkey"), "utf8").trim());
const names = readdirSync(join(sizes, "proof"));
let good = 0;
let bad = 0;
for (const name of names) {
    const read = readProof(readFileSync(join(sizes, "proof", name), "utf8"));
    const note = await checkCheckpoint(read.checkpoint, key, []);
    const leaf = await leafHash(bytes.utf8(`entry ${read.index}`));
    good += await leadsToRoot(read, note.size, leaf, note.root) ? 1 : 0;
    const next = { ...read, index: read.index + 1 };
    bad += await leadsToRoot(next, note.size, leaf, note.root) ? 1 : 0;
}
equals("proofs of every size lead to the root", good, names.length);
equals("none leads there from another place", bad, 0);
say(names.length > 900, "there are proofs of many sizes");

for (const vkey of [log.replace("+", "++"), log.slice(0, -4), log.replace("/log", "/lag"),
    "x+00000000+AA=="]) {
    let refused = false;
    try {
        await readVkey(vkey);
    } catch (e) {
        refused = e.id === "note.vkey";
    }
    say(refused, `no verifier key: ${vkey.slice(0, 30)}`);
}

// --- PDF -----------------------------------------------------------------------

function pdfOf(attached, filter) {
    const content = filter ? deflateSync(attached) : Buffer.from(attached);
    return new Uint8Array(Buffer.concat([
        Buffer.from("%PDF-1.7\n1 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj\n" +
            `5 0 obj\n<< ${filter ? "/Filter /FlateDecode " : ""}/Length ${content.length} ` +
            "/Type /EmbeddedFile /Subtype /application#2Fvc >>\nstream\n"),
        content, Buffer.from("\nendstream\nendobj\n"),
    ]));
}
for (const filter of [false, true]) {
    const [paper, report] = await checkFile(pdfOf(text("full.json"), filter), known);
    equals("a PDF that nobody signed proves nothing", verdictOf(paper), "open");
    equals("and says so", idsOf(paper, "open"), "verify.pdf_unsigned");
    equals(`its attachment holds, ${filter ? "packed" : "plain"}`, verdictOf(report), "holds");
    say(idsOf(report, "open").endsWith("verify_page.pdf_unread"),
        "and says that the words are not signed");
}
equals("what is packed too well is not unpacked", (await checkFile(
    pdfOf(Buffer.alloc(9 << 20, 0x20), true), known)).length, 1);
equals("an altered attachment is refused", verdictOf((await checkFile(
    pdfOf(text("full.json").replace("十星", "九星"), true), known))[1]), "refuted");
equals("a PDF without one proves nothing", idsOf((await checkFile(
    pdfOf("nothing of ours", false), known))[0], "open"),
"verify.pdf_unsigned verify.pdf_bare");

// --- a credential and a proof in one paper [TH5] ------------------------------------

// A log of one entry, and the proof of it.
const logKey = generateKeyPairSync("ed25519");
const ORIGIN = "register.example.cn/log";
const b64 = (data) => Buffer.from(data).toString("base64");
const ofNote = bytes.concat(Uint8Array.of(1), Uint8Array.from(Buffer.from(
    logKey.publicKey.export({ format: "jwk" }).x, "base64url")));
const keyId = (await bytes.sha256(bytes.concat(bytes.utf8(`${ORIGIN}\n`), ofNote)))
    .subarray(0, 4);
const byLog = await knowing({ witnesses: [],
    vkey: `${ORIGIN}+${bytes.hex(keyId)}+${b64(ofNote)}` });

async function proofOfLeaf(given, { altered = false } = {}) {
    const extra = bytes.utf8(given);
    const note = `${ORIGIN}\n1\n${b64(await leafHash(extra))}\n`;
    const by = b64(bytes.concat(keyId, sign(null, Buffer.from(note), logKey.privateKey)));
    const kept = altered ? bytes.utf8(given.replace("2026", "2027")) : extra;
    return `c2sp.org/tlog-proof@v1\nextra ${b64(kept)}\nindex 0\n\n` +
        `${note}\n\u2014 ${ORIGIN} ${by}\n`;
}

// A paper with both attached.
const paperOf = (...attached) => new Uint8Array(Buffer.concat(attached.map((one) =>
    Buffer.from(pdfOf(one, true)))));

const NUMBER = "71226SC0006R0S";
const full = await readSealed(text("full.json"));
const entryOf = (type, open) => canonical({ at: 1772330400000000, on: "2026-03-01",
    public: JSON.parse(JSON.stringify({ number: NUMBER, ...open })), sealed: {}, type,
    version: 1 });
const own = {
    "certificate.issued": { holder: "示例智能装备股份有限公司",
        uscc: "91990000MA0000001X", criterion: "GB/T 27922-2011", from: "2026-03-01",
        until: "2029-02-28", stars: 10, scheme_hash: bytes.hex(bytes.base64(
            full.document.relatedResource[0].digestSRI.slice("sha256-".length))) },
    "credential.signed": { digest: bytes.hex(full.digest), index: 94567, key: 3,
        serial: 1 },
};
own["certificate.reissued"] = own["certificate.issued"];
const pairOf = async (leaf, how, name = "full.json") => (await checkFile(
    paperOf(text(name), await proofOfLeaf(leaf, how)), byLog)).slice(1);

for (const [type, open] of Object.entries(own)) {
    const [credential, logged] = await pairOf(entryOf(type, open));
    equals(`${type}: the paper's credential holds`, verdictOf(credential), "holds");
    equals(`${type}: and so does its proof`, verdictOf(logged), "holds");
    for (const r of [credential, logged]) {
        say(idsOf(r, "holds").includes("verify.entry_same"),
            `${type}: it is of this very credential`);
    }
    say(!idsOf(credential, "open").includes("verify_page.no_entry"),
        `${type}: and that is not left open any more`);
}
const [tokened] = await pairOf(entryOf("credential.signed", own["credential.signed"]), {},
    "full.jwt");
say(idsOf(tokened, "holds").includes("verify.entry_same"), "a token's entry is the same");

const issuedWith = (change) => entryOf("certificate.issued",
    { ...own["certificate.issued"], ...change });
const signedWith = (change) => entryOf("credential.signed",
    { ...own["credential.signed"], ...change });
for (const [what, leaf, want] of [
    ["another certificate's", issuedWith({ number: "71226SC0007R0S" }), "entry.other"],
    ["another holder's", issuedWith({ holder: "示例" }), "entry.other"],
    ["another code's", issuedWith({ uscc: "91990000MA0000002X" }), "entry.other"],
    ["another criterion's", issuedWith({ criterion: "GB/T 1" }), "entry.other"],
    ["one from another day", issuedWith({ from: "2026-03-02" }), "entry.other"],
    ["one from no day", issuedWith({ from: 20513 }), "entry.other"],
    ["one until another day", issuedWith({ until: "2030-02-28" }), "entry.other"],
    ["one of fewer stars", issuedWith({ stars: 9 }), "entry.other"],
    ["one of no number of stars", issuedWith({ stars: null }), "entry.other"],
    ["another scheme's", issuedWith({ scheme_hash: "00".repeat(32) }), "entry.other"],
    ["one without a scheme", issuedWith({ scheme_hash: undefined }), "entry.other"],
    ["another digest's", signedWith({ digest: "00".repeat(32) }), "entry.other"],
    ["another index's", signedWith({ index: 94568 }), "entry.other"],
    ["another key's", signedWith({ key: 2 }), "entry.other"],
    ["a key's that is a text", signedWith({ key: "3" }), "entry.other"],
    ["a withdrawal", entryOf("certificate.withdrawn", {}), "entry.kind"],
    ["one of no form", "no entry of ours 2026", "entry.form"],
    ["one without a public part", canonical({ type: "credential.signed" }), "entry.other"],
]) {
    const [credential, logged] = await pairOf(leaf);
    equals(`${what} entry refutes the paper's credential`, idsOf(credential, "refuted"), want);
    equals(`${what} entry refutes its proof`, idsOf(logged, "refuted"), want);
}
const [, alteredProof] = await pairOf(issuedWith({}), { altered: true });
equals("a proof that does not hold is compared with nothing",
    idsOf(alteredProof, "refuted"), "proof.path");
const [aloneProof] = (await checkFile(paperOf(await proofOfLeaf(issuedWith({
    number: "71226SC0007R0S" }))), byLog)).slice(1);
equals("a proof beside no credential is of whatever it is of", verdictOf(aloneProof), "holds");

// --- what goes along with certificates [TH7] ------------------------------------------

const sm2 = { key: "sm2-1", public: "04", signature: "00", signer: "1234567812345678" };
for (const [what, given, kind, said] of [
    ["the body's keys", text("did.json"), "verify_page.body_keys",
        "verify_page.body_keys_used"],
    ["a signature by SM2", JSON.stringify(sm2), "verify_page.sm2", "verify.sm2_alone"],
]) {
    const r = await checkText(given, known);
    equals(`${what}: is called what it is`, r.kind, kind);
    equals(`${what}: proves nothing`, verdictOf(r), "open");
    equals(`${what}: says what else is needed`, idsOf(r, "open"), said);
}
for (const [what, given] of [
    ["keys without a list", changed("did.json", (d) => { d.verificationMethod = {}; })],
    ["keys of nobody", changed("did.json", (d) => { d.id = "x"; })],
    ["another key's signature", JSON.stringify({ ...sm2, key: "rsa-1" })],
    ["no signature", JSON.stringify({ ...sm2, signature: "" })],
]) {
    equals(`${what}: taken for a credential`, (await checkText(given, known)).kind,
        "verify_page.credential");
}

// --- what is nothing of this, or cannot be told ---------------------------------------

for (const given of [bytes.utf8("hello"), new Uint8Array(0), Uint8Array.of(0xff, 0xfe)]) {
    equals("something else is refused by none and proves nothing",
        idsOf((await checkFile(given, known))[0], "open"), "verify_page.unknown_form");
}
const { subtle } = crypto;
Object.defineProperty(crypto, "subtle", { configurable: true, value: {
    digest: subtle.digest.bind(subtle),
    importKey: async () => { throw new DOMException("", "NotSupportedError"); },
} });
const unable = await checkText(text("full.json"), known);
equals("a browser without Ed25519 proves nothing", verdictOf(unable), "open");
equals("and says why", unable.findings[0].id, "verify_page.no_crypto");
Object.defineProperty(crypto, "subtle", { configurable: true, value: subtle });

// --- words --------------------------------------------------------------------

const words = (tag) => wordsOf({ a: "{{x}} {n} on {on}", b: "b" }, tag);
equals("days in English", words("en").say("a", { n: 1, on: { day: 20635 } }),
    "{x} 1 on 1 July 2026");
equals("days in Chinese", words("zh-CN").say("a", { n: 1, on: { day: 20635 } }),
    "{x} 1 on 2026年7月1日");
equals("an argument that is missing shows itself", words("en").say("a", {}),
    "{x} {n} on {on}");
equals("a text that is missing shows its id", words("en").say("c.d"), "[c.d]");
