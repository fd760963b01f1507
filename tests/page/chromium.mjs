// Debian's Chromium, without a window: the headless shell, the same engine with
// nothing of a desktop's browser around it, which takes half the time of the
// whole one.
//
//   launch(...FLAGS)    a browser of Playwright's
//
// CHROMIUM in the environment is another one to look with.

import { chromium } from "playwright-core";

export const launch = (...flags) => chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", ...flags],
});
