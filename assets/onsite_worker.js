/*
 * onsite_worker.js -- lets the pages of a checklist open without a network.
 *
 *   [OW1] With a network everything is as without a worker: what is kept is
 *         only asked for when the server cannot be reached.
 *   [OW2] It answers for pages and for their styles and scripts; what is sent
 *         goes past it.
 *   [OW3] It keeps nothing itself: onsite.js keeps pages, of one person only.
 */
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const answers = (request) => request.method === "GET" &&
    (request.mode === "navigate" || new URL(request.url).pathname.startsWith("/assets/"));

async function answer(request) {
    try {
        return await fetch(request);
    } catch (unreachable) {
        const kept = await caches.match(request, { ignoreVary: true });

        if (kept === undefined) {
            throw unreachable;
        }
        return kept;
    }
}

self.addEventListener("fetch", (event) => {
    if (answers(event.request)) {
        event.respondWith(answer(event.request));
    }
});
