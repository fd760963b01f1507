// What the page /verify says of a PDF's own signature: papers signed by OpenSSL
// (papers.mjs), every altered copy of them, and `tenstar verify` beside it.
//
//   pdf.mjs PAPERS TENSTAR

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { concat, hex } from "../../assets/verify/bytes.mjs";
import { checkFile, verdictOf } from "../../assets/verify/check.mjs";
import { onlyOf, oidOf, secondsOf, smallOf } from "../../assets/verify/der.mjs";
import { signedParts } from "../../assets/verify/pdf.mjs";
import { allRefused, flips, say, text } from "../foreign/credential/lib/checks.mjs";
import { bytesOf, leaf, node, signedData, treeOf } from "./der.mjs";

const [, , papers, tenstar] = process.argv;
const TODAY = 20635; // 2026-07-01
const equals = (what, got, want) =>
    say(got === want, `${what}${got === want ? "" : `: got ${got}, want ${want}`}`);
const read = (name) => new Uint8Array(readFileSync(join(papers, `${name}.pdf`)));

// A page with the keys of these papers.
const knowing = (...names) => ({ did: { id: "did:web:register.example.cn", keys: [] },
    today: TODAY, papers: names.map((name) => ({ name: `pdf-${name}`, revoked: null,
        key: Uint8Array.from(Buffer.from(text(`${name}.key`), "hex")) })) });
const ours = knowing("p256", "p384", "rsa", "old");
const report = async (bytes, known = ours) => (await checkFile(bytes, known))[0];
const idsOf = (r, state) =>
    r.findings.filter((f) => f.state === state).map((f) => f.id).join(" ");
const said = (r, id) => r.findings.find((f) => f.id === id)?.args;

// --- DER [X.690] ------------------------------------------------------------------

const given = (digits) => Uint8Array.from(Buffer.from(digits, "hex"));
for (const [what, digits, work, want] of [
    ["a small number", "020101", smallOf, 1],
    ["a positive one with its sign", "02020080", smallOf, 128],
    ["a negative one", "020180", smallOf, null],
    ["a zero too many", "02020001", smallOf, null],
    ["a number without bytes", "0200", smallOf, null],
    ["a length in two bytes that fits in one", "02810101", smallOf, null],
    ["without a length", "30800000", smallOf, null],
    ["something behind", "02010100", smallOf, null],
    ["cut off", "0202", smallOf, null],
    ["nothing", "", smallOf, null],
    ["a tag of two bytes", "1f8101", smallOf, null],
    ["a name", "06092a864886f70d010702", oidOf, "1.2.840.113549.1.7.2"],
    ["a name under 2", "0603550403", oidOf, "2.5.4.3"],
    ["a name whose number goes on", "06022a86", oidOf, null],
    ["a name whose number begins with nothing", "06032a8001", oidOf, null],
    ["a time of this century", "170d3236303330313030303030305a", secondsOf, 1772323200],
    ["a time of the last", "170d3530303130313030303030305a", secondsOf, -631152000],
    ["a time in full", "180f32303236303330313030303030305a", secondsOf, 1772323200],
    ["a time with a fraction", "181132303236303330313030303030302e355a", secondsOf, 1772323200],
    ["a fraction that ends in zero", "181232303236303330313030303030302e35305a", secondsOf, null],
    ["a time of no calendar", "170d3236303233303030303030305a", secondsOf, null],
]) {
    let got = null;
    try {
        got = work(onlyOf(given(digits)));
    } catch (e) {
        got = e.id === "verify.cms_form" ? null : e;
    }
    equals(`DER: ${what}`, got, want);
}

// --- who signed, and when -----------------------------------------------------------

const SIGNED = "verify_page.pdf_ours verify.pdf_signed";
for (const [name, why, verdict, holds, refuted] of [
    ["p256", "ECDSA P-256", "holds", SIGNED, ""],
    ["p384", "ECDSA P-384", "holds", SIGNED, ""],
    ["rsa", "RSA PKCS #1", "holds", SIGNED, ""],
    ["pss", "RSA-PSS", "holds", SIGNED, ""],
    ["named", "a signer named by the id of his key", "holds", SIGNED, ""],
    ["stamped", "a stamp", "holds", `${SIGNED} verify.pdf_stamped`, ""],
    ["authority", "a stranger with an authority", "open", "verify.pdf_signed", ""],
    ["alone", "a stranger whose authority is not there", "open", "verify.pdf_signed", ""],
    ["old", "a certificate that expired", "refuted", SIGNED, "verify.pdf_expired"],
    ["early", "a certificate that is not valid yet", "refuted", "verify.pdf_signed",
        "verify.pdf_expired"],
    ["late", "a stamp after the certificate expired", "refuted", "", "verify.cms_late"],
    ["unfit", "a stamp by a key that is not for stamps", "refuted", "", "verify.cms_stamp"],
    ["false", "an authority that has not made it", "refuted", "verify.pdf_signed",
        "verify_page.chain"],
    ["weak", "SHA-1", "refuted", "", "verify.cms_weak"],
]) {
    const r = await report(read(name));
    equals(`${why}: the verdict`, verdictOf(r), verdict);
    equals(`${why}: what holds`, idsOf(r, "holds"), holds);
    equals(`${why}: what is refuted`, idsOf(r, "refuted"), refuted);

    // The same by the command, which knows no keys and follows no authorities.
    let answer;
    try {
        answer = execFileSync(tenstar, ["verify", join(papers, `${name}.pdf`), "--on",
            "2026-07-01", "--json"]);
    } catch (e) {
        answer = e.stdout;
    }
    const { findings } = JSON.parse(answer);
    const its = (is) => findings.filter((f) => f.is === is).map((f) => f.id).join(" ");
    equals(`${why}: tenstar verify refutes it, too, or does not`, its("refuted"),
        refuted === "verify_page.chain" ? "" : refuted);
    equals(`${why}: tenstar verify proves the same`, its("proved"),
        holds.replace("verify_page.pdf_ours ", ""));
    const signer = findings.find((f) => f.id === "verify.pdf_signed")?.arguments;
    equals(`${why}: the same signer`, said(r, "verify.pdf_signed")?.subject, signer?.subject);
    equals(`${why}: the same certificate`, said(r, "verify.pdf_signed")?.fingerprint,
        signer?.fingerprint);
    equals(`${why}: the same authority`, said(r, "verify.pdf_issuer")?.issuer,
        ["alone", "authority"].includes(name) ? "CN=Example Authority" : undefined);
}
equals("a key of the body has its name",
    said(await report(read("p256")), "verify_page.pdf_ours").key, "pdf-p256");
equals("without the body's keys the same file proves nothing",
    verdictOf(await report(read("p256"), knowing("rsa"))), "open");
equals("and who signed is a stranger",
    idsOf(await report(read("p256"), knowing("rsa")), "open"),
    "verify_page.stranger verify.pdf_self_signed verify.pdf_unstamped verify.pdf_bare");
const lost = knowing("p256");
lost.papers[0].revoked = 20600;
equals("what a key signed that others may have is refused",
    idsOf(await report(read("p256"), lost), "refuted"), "did.revoked");
equals("a stamp does not help it",
    idsOf(await report(read("stamped"), lost), "refuted"), "did.revoked");
for (const [today, want, why] of [
    [18261, "verify.pdf_expired", "the day before"],
    [18262, "", "its first day"],
    [18628, "", "its last day"],
    [18629, "verify.pdf_expired", "the day after"],
]) {
    equals(`a certificate of 2020 on ${why}`,
        idsOf(await report(read("old"), { ...ours, today }), "refuted"), want);
}

// --- every altered copy ---------------------------------------------------------------

const file = read("stamped");
const latin = Buffer.from(file).toString("latin1");
const begin = latin.indexOf("/Contents <") + "/Contents <".length;
const room = latin.indexOf(">", begin) - begin;
const { der } = signedParts(file);
const long = onlyOf(der.subarray(0, 4 + der[2] * 256 + der[3])).whole.length;

// The file with another signature in its room.
function sealed(cms, of = file) {
    const copy = Uint8Array.from(of);
    copy.set(Buffer.from(hex(cms).padEnd(room, "0")), begin);
    return copy;
}
const refuses = async (bytes) => verdictOf(await report(bytes)) !== "refuted";

// The first five bytes say that it is a PDF.
await allRefused("a byte of what was signed", [...flips(file)].filter((_, i) =>
    i > 4 && (i < begin - 1 || i > begin + room)).map(([at, bytes]) => [at, bytes]),
refuses);

// Certificates that are not the signer's may be left out or lie, and so may the
// stamp be left out: then less is said.
const proofs = (r) => r.findings.filter((f) => f.state === "holds").map((f) => JSON.stringify(f));
const known = proofs(await report(file));
let other = 0;
let passed = 0;
for (const [, bytes] of flips(der.subarray(0, long))) {
    const r = await report(sealed(bytes));
    const same = verdictOf(r) === "refuted" || proofs(r).every((p) => known.includes(p));
    other += same ? 0 : 1;
    passed += verdictOf(r) === "refuted" ? 0 : 1;
}
equals("no bit of a signature can be turned to say something else", other, 0);
say(passed < long / 4, `${long - passed} of ${long} turned bits are refused`);

// --- the tampering table ----------------------------------------------------------

// What refuses the stamped file with its signature taken apart and changed.
function changed(change, name = "stamped") {
    const bytes = read(name);
    const tree = treeOf(signedParts(bytes).der);
    change({ tree, ...signedData(tree) });
    return sealed(bytesOf(tree), bytes);
}
const others = signedData(treeOf(signedParts(read("alone")).der));
const oid = (attribute) => hex(attribute.parts[0].content);
const without = (end) => ({ attributes }) => {
    attributes.parts = attributes.parts.filter((a) => !oid(a).endsWith(end));
};
const swap = (from, to) => {
    const at = latin.indexOf(from);
    const copy = Uint8Array.from(file);
    copy.set(Buffer.from(to, "latin1"), at);
    return copy;
};
const bytes = (s) => Uint8Array.from(Buffer.from(s, "latin1"));
for (const [what, altered, want] of [
    ["an update behind the signature", concat(file, bytes("6 0 obj\n<< >>\nendobj\n%%EOF\n")),
        "verify.pdf_partly"],
    ["a file cut short", file.subarray(0, -1), "verify.pdf_partly"],
    ["a second signature", concat(file, bytes("/ByteRange [0 1 2 3]")), "verify.pdf_twice"],
    ["a range that begins later", swap("/ByteRange [0", "/ByteRange [1"), "verify.pdf_partly"],
    ["a range that leaves out more", swap(latin.slice(latin.indexOf("[0 00"),
        latin.indexOf("[0 00") + 13), `[0 ${String(begin - 11).padStart(10, "0")}`),
    "verify.pdf_room"],
    ["no range any more", swap("/ByteRange", "/ByteRangE"), "verify.pdf_unsigned"],
    ["a text in the room", swap("0000>", "000x>"), "verify.pdf_room"],
    ["something behind the signature in the room", swap("0000>", "0001>"), "verify.cms_form"],
    ["a signature that is none", sealed(Uint8Array.of(0x30, 0)), "verify.cms_form"],
    ["another's certificate", changed(({ certificates }) => {
        certificates.parts = others.certificates.parts;
    }), "verify.cms_certificate"],
    ["another's certificate, and named", changed(({ certificates, signer }) => {
        certificates.parts = others.certificates.parts;
        signer.parts[1] = others.signer.parts[1];
    }), "verify.cms_certificate"],
    ["no certificate", changed(({ data, certificates }) => {
        data.parts = data.parts.filter((p) => p !== certificates);
    }), "verify.cms_certificate"],
    ["two signers", changed(({ data, signer }) => {
        data.parts.at(-1).parts = [signer, signer];
    }), "verify.cms_form"],
    ["no signed attributes", changed(({ signer, attributes }) => {
        signer.parts = signer.parts.filter((p) => p !== attributes);
    }), "verify.cms_form"],
    ["no content type", changed(without("010903")), "verify.cms_form"],
    ["no digest", changed(without("010904")), "verify.cms_content"],
    ["no certificate named", changed(without("09100" + "22f")), "verify.cms_certificate"],
    ["no moment that it claims", changed(without("010905")), "verify.cms_signature"],
    ["an attribute twice", changed(({ attributes }) => {
        attributes.parts.push(attributes.parts[0]);
    }), "verify.cms_form"],
    ["what it signs brought along", changed(({ data }) => {
        data.parts[2].parts.push(node(0xa0, leaf(0x04, Uint8Array.of(1))));
    }), "verify.cms_form"],
    ["another's signature", changed(({ signer }) => {
        signer.parts[5].content = others.signer.parts[5].content;
    }), "verify.cms_signature"],
    ["another algorithm", changed(({ signer }) => {
        signer.parts[4].parts[0].content[7] = 3; // ecdsa-with-SHA384
    }), "verify.cms_signature"],
    ["a stamp of something else", changed(({ signer }) => {
        signer.parts.push(signedData(treeOf(der)).signer.parts.at(-1));
    }, "named"), "verify.cms_stamp"],
    ["a stamp that is none", changed(({ signer }) => {
        signer.parts.at(-1).parts[0].parts[1].parts = [node(0x30)];
    }), "verify.cms_stamp"],
    ["two stamps", changed(({ signer }) => {
        const values = signer.parts.at(-1).parts[0].parts[1];
        values.parts.push(values.parts[0]);
    }), "verify.cms_stamp"],
]) {
    equals(`${what} is refused`, idsOf(await report(altered), "refuted"), want);
}
