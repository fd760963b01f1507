// server.mjs -- the look-up of a certificate as one would write it with node:
// fastify, and better-sqlite3 on the store of an installation.
//
//     node bench/fastify/server.mjs STORE PORT
//
// The same rows, the same members in the answer, the same status on the day;
// one process, the statement prepared, no access log.

import Database from "better-sqlite3";
import fastify from "fastify";

const [store, port] = process.argv.slice(2);
const database = new Database(store, { readonly: true });
const byNumber = database.prepare(`SELECT number, holder, uscc, body,
    scheme_id, level_id, criterion, place, trade, scope, issued, valid_from,
    valid_until, status, status_since FROM imported WHERE number = ?`);
const states = ["valid", "suspended", "withdrawn", "cancelled", "expired"];
const DAY = 86400000;
const EIGHT_HOURS = 8 * 3600000;

const text = day => new Date(day * DAY).toISOString().slice(0, 10);
const today = () => Math.floor((Date.now() + EIGHT_HOURS) / DAY);

function answer(row) {
    const over = row.status < 2 && row.valid_until < today();
    const out = {
        number: row.number,
        status: over ? "expired" : states[row.status],
        status_since: text(over ? row.valid_until + 1 : row.status_since),
        holder: row.holder,
        uscc: row.uscc,
        criterion: row.criterion,
        scope: row.scope,
        issuer: { name: { en: row.body, zh: row.body } },
        issued: text(row.issued),
        valid_from: text(row.valid_from),
        valid_until: text(row.valid_until),
    };

    for (const [name, value] of [["scheme", row.scheme_id],
                                 ["level", row.level_id],
                                 ["place", row.place], ["trade", row.trade]])
        if (value !== "")
            out[name] = value;
    return out;
}

const app = fastify({ logger: false });
app.get("/", async () => ({}));
app.get("/api/v1/certificates/:number", (request, reply) => {
    const row = byNumber.get(request.params.number);

    if (row === undefined)
        return reply.code(404).send({ status: 404 });
    reply.header("Cache-Control", "public, max-age=60");
    reply.header("Access-Control-Allow-Origin", "*");
    return reply.send(answer(row));
});
await app.listen({ host: "127.0.0.1", port: Number(port) });
