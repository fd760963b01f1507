// camera -- QR codes, from the camera or from a picture.
//
//   [CM1] What the camera sees stays here: a frame is looked at and forgotten.

import jsQR from "jsqr";

const SIDE_MOST = 1600; // of a picture; more only takes longer
const PAUSE = 120; // milliseconds between two looks

function decode(canvas) {
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const { data, width, height } =
        context.getImageData(0, 0, canvas.width, canvas.height);
    const found = jsQR(data, width, height, { inversionAttempts: "dontInvert" });
    return found === null || found.data === "" ? null : found.data;
}

function drawn(source, width, height) {
    const scale = Math.min(1, SIDE_MOST / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d", { willReadFrequently: true })
        .drawImage(source, 0, 0, canvas.width, canvas.height);
    return canvas;
}

// The text of the code in a picture; null: none was found.
export async function readPicture(file) {
    const picture = await createImageBitmap(file);
    return decode(drawn(picture, picture.width, picture.height));
}

export const hasCamera = () => navigator.mediaDevices?.getUserMedia !== undefined;

const pause = () => new Promise((done) => { setTimeout(done, PAUSE); });

// Looks until it reads a code or `stopped()`: its text, or null.  Throws what
// the browser says when there is no camera or no leave to use it.
export async function scan(video, stopped) {
    const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: "environment", width: { ideal: 1280 } },
    });
    try {
        video.srcObject = stream;
        await video.play();
        while (!stopped()) {
            if (video.videoWidth > 0) {
                const text = decode(drawn(video, video.videoWidth, video.videoHeight));
                if (text !== null) {
                    return text;
                }
            }
            await pause();
        }
        return null;
    } finally {
        stream.getTracks().forEach((track) => track.stop());
        video.srcObject = null;
    }
}
