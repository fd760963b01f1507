// instant -- moments and days, as src/verify/instant.h has them.
//
//   [IN1] A moment is UTC, whole seconds: "2026-11-27T16:00:00Z".  Here it is
//         counted in seconds since 1970.
//   [IN2] A day begins and ends at UTC+8, and is counted since 1970-01-01.

const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const DAY_SECONDS = 86400;
const EAST = 8 * 3600;
export const DAY_MOST = 84005; // 2199-12-31

// null when it is no moment written so.
export function instant(text) {
    if (typeof text !== "string" || !FORM.test(text)) {
        return null;
    }
    const millis = Date.parse(text);
    if (Number.isNaN(millis) ||
        new Date(millis).toISOString().replace(".000", "") !== text) {
        return null;
    }
    return millis / 1000;
}

export const dayOf = (seconds) => Math.floor((seconds + EAST) / DAY_SECONDS);

// The day that this is the first second of, or the last; null when of none.
export function dayBegun(text) {
    const seconds = instant(text);
    return seconds !== null && (seconds + EAST) % DAY_SECONDS === 0
        ? dayOf(seconds) : null;
}

export function dayEnded(text) {
    const seconds = instant(text);
    return seconds !== null && (seconds + EAST + 1) % DAY_SECONDS === 0
        ? dayOf(seconds) : null;
}

// "2026-11-27", null when it is no day written so.
export function dayParse(text) {
    const seconds = instant(`${text}T00:00:00Z`);
    return seconds === null ? null : seconds / DAY_SECONDS;
}

export const dayDate = (day) => new Date(day * DAY_SECONDS * 1000);
