// papers -- PDF files signed by OpenSSL, for tests/page/pdf.mjs.
//
//   papers.mjs FOLDER      writes FOLDER/NAME.pdf, and FOLDER/NAME.key, which is
//                          the signer's public key in hexadecimal
//
// Certificates have days of their own; stamps are of the moment they are made.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf, leaf, node, signedData, treeOf } from "./der.mjs";

const folder = process.argv[2];
const work = join(folder, "authority");
const ROOM = 12000;
const of = (name) => join(work, name);
const openssl = (...args) => execFileSync("openssl", args,
    { cwd: work, stdio: ["ignore", "pipe", "pipe"] });

// --- an authority ------------------------------------------------------------------

mkdirSync(work);
writeFileSync(of("ca.cnf"), `[ca]
default_ca = here
[here]
database = database
rand_serial = yes
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
string_mask = utf8only
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
serialNumber = optional
[authority]
basicConstraints = critical,CA:TRUE
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
subjectKeyIdentifier = hash
[time]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = serial
signer_cert = time.pem
signer_key = time.key
certs = ca.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
`);
writeFileSync(of("database"), "");
writeFileSync(of("serial"), "01");
const KINDS = {
    p256: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    p384: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
    rsa: ["-newkey", "rsa:2048"],
};

// A key and its certificate, NAME.key and NAME.pem.
function certify(name, kind, subject, part, from, until, ...more) {
    openssl("req", "-new", ...KINDS[kind], "-noenc", "-utf8", "-subj", subject,
        "-keyout", `${name}.key`, "-out", `${name}.csr`);
    openssl("ca", "-batch", "-notext", "-utf8", "-config", "ca.cnf", "-in", `${name}.csr`,
        "-startdate", from, "-enddate", until, "-extensions", part, "-out",
        `${name}.pem`, ...more);
}
const LONG = ["20200101000000Z", "20991231235959Z"];
const own = (name) => ["-selfsign", "-keyfile", `${name}.key`];

certify("ca", "p256", "/CN=Example Authority", "authority", ...LONG, ...own("ca"));
certify("time", "p256", "/CN=Example Time", "time", ...LONG);

// --- files -----------------------------------------------------------------------

// The bytes before and behind the room, the ranges filled in.
function preparePdf() {
    const head = `%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>
endobj
4 0 obj
<< /FT /Sig /T (Signature) /V 5 0 R >>
endobj
5 0 obj
<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached
   /ByteRange [0 0000000001 0000000002 0000000003] /Contents `;
    const tail = " >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
    const numbers = [head.length, head.length + 2 * ROOM + 2, tail.length];
    return [numbers.reduce((text, n, i) =>
        text.replace(String(i + 1).padStart(10, "0"), String(n).padStart(10, "0")), head),
    tail];
}

export function pdfOf(parts, der) {
    const room = Buffer.alloc(ROOM);
    der.copy(room);
    return Buffer.concat([Buffer.from(`${parts[0]}<${room.toString("hex")}>`),
        Buffer.from(parts[1])]);
}

// A stamp of the signature in `der`, put in.
function stamped(der, by) {
    const tree = treeOf(der);
    const { signer } = signedData(tree);
    const signature = signer.parts.at(-1);
    writeFileSync(of("value"), signature.content);
    openssl("ts", "-query", "-data", "value", "-sha256", "-cert", "-out", "asked.tsq");
    openssl("ts", "-reply", "-config", "ca.cnf", "-section", "stamps", "-queryfile",
        "asked.tsq", "-token_out", "-out", "token");
    if (by !== "time") {
        // What that service says, said by somebody whose key is not for stamps.
        const info = signedData(treeOf(readFileSync(of("token")))).data.parts[2].parts[1];
        writeFileSync(of("info"), info.parts[0].content);
        openssl("cms", "-sign", "-binary", "-nodetach", "-cades", "-econtent_type",
            "1.2.840.113549.1.9.16.1.4", "-in", "info", "-signer", `${by}.pem`, "-inkey",
            `${by}.key`, "-outform", "DER", "-out", "token");
    }
    const token = treeOf(readFileSync(of("token")));
    const oid = Uint8Array.from(Buffer.from("2a864886f70d010910020e", "hex"));
    signer.parts.push(node(0xa1, node(0x30, leaf(0x06, oid), node(0x31, token))));
    return bytesOf(tree);
}

function sign(name, by, { by: stamper, options = [] } = {}) {
    const parts = preparePdf();
    writeFileSync(of("content"), parts.join(""));
    openssl("cms", "-sign", "-binary", "-cades", "-nosmimecap", "-md", "sha256",
        "-in", "content", "-signer", `${by}.pem`, "-inkey", `${by}.key`,
        "-outform", "DER", "-out", "cms", ...options);
    const der = readFileSync(of("cms"));
    writeFileSync(join(folder, `${name}.pdf`),
        pdfOf(parts, stamper === undefined ? der : stamped(der, stamper)));
    const key = openssl("pkey", "-in", `${by}.key`, "-pubout", "-outform", "DER");
    writeFileSync(join(folder, `${name}.key`), key.toString("hex"));
}

for (const kind of Object.keys(KINDS)) {
    certify(kind, kind, "/C=CN/O=示例认证中心/CN=Example, Body", "signer", ...LONG, ...own(kind));
    sign(kind, kind);
}
sign("pss", "rsa", { options: ["-keyopt", "rsa_padding_mode:pss"] });
sign("named", "p256", { options: ["-keyid"] });
sign("stamped", "p256", { by: "time" });
certify("member", "p256", "/CN=Example Member", "signer", ...LONG);
sign("authority", "member", { options: ["-certfile", "ca.pem"] });
sign("alone", "member");
sign("unfit", "p256", { by: "member" });
certify("old", "p256", "/CN=Example Old", "signer", "20200101000000Z", "20210101000000Z",
    ...own("old"));
sign("old", "old");
sign("late", "old", { by: "time" });
certify("early", "p256", "/CN=Example Early", "signer", "20980101000000Z",
    "20990101000000Z", ...own("early"));
sign("early", "early");
// What only says that it is by the authority.
certify("false", "p256", "/CN=Example Authority", "authority", ...LONG, ...own("false"));
sign("false", "member", { options: ["-certfile", "false.pem"] });
sign("weak", "p256", { options: ["-md", "sha1"] });
