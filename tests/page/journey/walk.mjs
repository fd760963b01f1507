// One enterprise's whole way, pressed through in Debian's Chromium by everybody
// who has a part in it.
//
//   walk.mjs PROGRAM DATA FOLDER LANG DEVICE [PART...]
//
// PROGRAM serves DATA, a demonstration without cases; FOLDER is for what is
// handed in, mailed and downloaded.  LANG is zh or en, DEVICE desktop or phone.
// With PARTs only these are walked, of a DATA that has come so far.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Walk } from "./walking.mjs";
import door from "./door.mjs";
import apply from "./apply.mjs";
import intake from "./intake.mjs";
import contract from "./contract.mjs";
import documents from "./documents.mjs";
import plan from "./plan.mjs";
import audit from "./audit.mjs";
import report from "./report.mjs";
import decision from "./decision.mjs";
import register from "./register.mjs";
import upkeep from "./upkeep.mjs";
import renewal from "./renewal.mjs";

const PARTS = { door, apply, intake, contract, documents, plan, audit, report, decision,
    register, upkeep, renewal };

const [program, data, folder, lang, device, ...named] = process.argv.slice(2);
mkdirSync(join(folder, "box"), { recursive: true });
const walk = await Walk.begin({ program, data, folder, lang, device });
for (const name of named.length > 0 ? named : Object.keys(PARTS)) {
    await walk.part(name, PARTS[name]);
}
await walk.end();
