// words -- the sentences of the catalogues, filled in for the reader.

import { dayDate } from "./instant.mjs";

// `texts` has the sentence of each id, `tag` is "zh-CN" or "en".
export function wordsOf(texts, tag) {
    const days = new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag,
        { dateStyle: "long", timeZone: "UTC" });

    // A day, { day }, or what is a text already.
    const value = (v) => (typeof v === "object" ? days.format(dayDate(v.day))
        : String(v));

    const say = (id, args = {}) => (texts[id] ?? `[${id}]`).replace(
        /\{\{|\}\}|\{(\w+)\}/g, (whole, name) => {
            if (name === undefined) {
                return whole[0];
            }
            return name in args ? value(args[name]) : whole;
        });
    return { say, value };
}
