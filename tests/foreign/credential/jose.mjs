// Credentials and status lists as vc+jwt, by npm jose.

import { decodeProtectedHeader, importJWK, compactVerify } from "jose";
import { alterations, allRefused, json, say, text } from "./lib/checks.mjs";

const did = json("did.json");

async function keyOf(header) {
    const method = did.verificationMethod.find((m) => m.id === header.kid);
    if (method === undefined || !did.assertionMethod.includes(method.id)) {
        throw new Error("no such key");
    }
    return importJWK(method.publicKeyJwk);
}

async function verified(jwt) {
    const { payload, protectedHeader } = await compactVerify(jwt, keyOf, {
        algorithms: ["EdDSA"],
    });
    if (protectedHeader.typ !== "vc+jwt" || protectedHeader.cty !== "vc") {
        throw new Error("no credential");
    }
    return JSON.parse(new TextDecoder().decode(payload));
}

const encode = (j) => Buffer.from(JSON.stringify(j)).toString("base64url");

// Each part of a token altered, with all there is in it.
function* tampered(jwt) {
    const [head, body, signature] = jwt.split(".");
    const header = JSON.parse(Buffer.from(head, "base64url"));
    const payload = JSON.parse(Buffer.from(body, "base64url"));
    for (const [where, h] of alterations(header)) {
        yield [`header ${where}`, `${encode(h)}.${body}.${signature}`];
    }
    yield [
        "header alg none",
        `${encode({ ...header, alg: "none" })}.${body}.`,
    ];
    for (const [where, p] of alterations(payload)) {
        yield [`payload ${where}`, `${head}.${encode(p)}.${signature}`];
    }
    for (let i = 0; i < 64; i++) {
        const bytes = Buffer.from(signature, "base64url");
        bytes[i] ^= 1;
        yield [
            `signature byte ${i}`,
            `${head}.${body}.${bytes.toString("base64url")}`,
        ];
    }
}

for (const name of ["full", "plain", "old", "revocation", "suspension"]) {
    const jwt = text(`${name}.jwt`);
    const got = await verified(jwt);
    const { proof, ...want } = json(`${name}.json`);
    const { iat, ...said } = got;
    say(true, `jose verifies ${name}.jwt`);
    say(
        JSON.stringify(said) === JSON.stringify(want),
        `${name}.jwt and ${name}.json say the same`,
    );
    say(
        iat === Date.parse(proof.created) / 1000,
        `${name}.jwt was signed when ${name}.json was`,
    );
    await allRefused(`${name}.jwt`, tampered(jwt), verified);
}
say(
    decodeProtectedHeader(text("old.jwt")).kid.endsWith("#credential-1-jwk"),
    "a retired key is still found for what it signed",
);
