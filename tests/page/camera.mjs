// camera -- a film for Chromium's fake camera, in which a QR code is held still.
//
//   camera.mjs OUT.y4m <TEXT      the code is drawn by Debian's qrencode
//
// YUV4MPEG2, 640 by 480, a few frames that the browser repeats.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 3;
const PAPER = 215;
const INK = 35;

// Rows of modules, true where it is black; qrencode writes each as two letters.
const rows = execFileSync("qrencode", ["-t", "ASCII", "-m", "4", "-l", "M"],
    { input: readFileSync(0) }).toString().trimEnd().split("\n")
    .map((line) => Array.from({ length: line.length / 2 }, (_, i) => line[2 * i] === "#"));
const side = Math.max(...rows.map((row) => row.length));
const size = Math.floor(HEIGHT / side);
const left = Math.floor((WIDTH - size * side) / 2);
const top = Math.floor((HEIGHT - size * side) / 2);

const luma = Buffer.alloc(WIDTH * HEIGHT, PAPER);
rows.forEach((row, y) => row.forEach((black, x) => {
    for (let i = 0; black && i < size; i++) {
        const at = (top + y * size + i) * WIDTH + left + x * size;
        luma.fill(INK, at, at + size);
    }
}));
const chroma = Buffer.alloc(WIDTH * HEIGHT / 2, 128);
const frame = Buffer.concat([Buffer.from("FRAME\n"), luma, chroma]);
writeFileSync(process.argv[2], Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array.from({ length: FRAMES }, () => frame)]));
