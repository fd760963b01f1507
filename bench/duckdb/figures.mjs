// figures.mjs -- the figures of service records by DuckDB: a table from its CSV
// reader, then the same groupings as `tenstar records kpi`.
//
//     node bench/duckdb/figures.mjs FILE THREADS
//
// Times are minutes by the clock, which is less work than ours by the hours of
// a week and the calendar.  Prints {"rows", "first_time", "millis"}.

import { DuckDBInstance } from "@duckdb/node-api";

const [file, threads] = process.argv.slice(2);
const started = performance.now();
const instance = await DuckDBInstance.create(":memory:", { threads });
const duckdb = await instance.connect();

await duckdb.run(`CREATE TABLE t AS SELECT "opened at" opened,
    "first response" answered, "due date" due, "resolved at" resolved, outlet,
    "product model" product, technician person, "serial number" asset, fault,
    "type" kind, satisfaction mark, "reopen count" reopened,
    "called back" AS called_back FROM read_csv('${file}')`);

const shares = `count(*) n, count(resolved) resolved,
    count_if(mark >= 4) satisfied, count(mark) marks,
    count_if(resolved <= due) in_time,
    count_if(kind = 'Complaint') complaints,
    count_if(kind = 'Complaint' AND resolved <= due) complaints_in_time,
    count_if(reopened > 0 AND resolved IS NOT NULL) reopened,
    count_if(called_back AND resolved IS NOT NULL) AS called,
    quantile_disc(date_diff('minute', opened, answered), [0.5, 0.9]) response,
    quantile_disc(date_diff('minute', opened, resolved), [0.5, 0.9])
        resolution`;
const month = "date_trunc('month', opened)";
let rows = 0n;

for (const by of [null, month, "outlet", `outlet, ${month}`, "product",
                  "person"]) {
  const read = await duckdb.runAndReadAll(by === null
    ? `SELECT ${shares} FROM t`
    : `SELECT ${by}, ${shares} FROM t GROUP BY ${by}`);

  if (by === null)
    rows = read.getRows()[0][0];
}

const repeated = await duckdb.runAndReadAll(`SELECT outlet, ${month},
    count(*), count_if(after IS NULL OR after > resolved + INTERVAL 30 DAY) k
    FROM (SELECT *, lead(opened) OVER (PARTITION BY asset, fault
          ORDER BY opened) AS after FROM t)
    WHERE resolved <= TIMESTAMP '2025-12-01' GROUP BY ALL`);

console.log(JSON.stringify({
  rows: Number(rows),
  first_time: Number(repeated.getRows().reduce((sum, r) => sum + r[3], 0n)),
  millis: performance.now() - started,
}));
