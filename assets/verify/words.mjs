// words -- the sentences of the catalogues, filled in for the reader.

import { dayDate } from "./instant.mjs";

// `texts` has the sentence of each id, `tag` is "zh-CN" or "en".
export function wordsOf(texts, tag) {
    const days = new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag,
        { dateStyle: "long", timeZone: "UTC" });

    const moments = new Intl.DateTimeFormat(tag === "en" ? "en-GB" : tag,
        { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" });

    // A day, { day }, a moment, { moment }, or what is a text already.
    function value(v) {
        if (typeof v !== "object") {
            return String(v);
        }
        return v.day === undefined ? moments.format(new Date(v.moment * 1000))
            : days.format(dayDate(v.day));
    }

    const say = (id, args = {}) => (texts[id] ?? `[${id}]`).replace(
        /\{\{|\}\}|\{(\w+)\}/g, (whole, name) => {
            if (name === undefined) {
                return whole[0];
            }
            return name in args ? value(args[name]) : whole;
        });
    return { say, value };
}
