// Scanning with the camera: the browser's own detector, or one in WebAssembly that is fetched when
// the camera is first opened.
import { look, weighed } from "../rules/codes.js";

const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code"];
const PAUSE_MS = 120;
// The same code stays in sight for a while after it was read.
const AGAIN_MS = 1500;

export function cameraDialog(till) {
  const { parts, words, setup } = till;
  const { cameraDialog: dialog, cameraView: view, cameraNote: note } = parts;
  let detector = null;

  dialog.addEventListener("close", () => {
    for (const track of view.srcObject?.getTracks() ?? []) track.stop();
    view.srcObject = null;
  });

  async function start() {
    const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    if (!dialog.open) return stream.getTracks().forEach((track) => track.stop());
    view.srcObject = stream;
    await view.play();
    detector ??= await makeDetector(setup.addresses);
  }

  async function watch(seen) {
    let last = "";
    let lastAt = 0;
    while (dialog.open) {
      const [found] = await detector.detect(view).catch(() => []);
      const text = found?.rawValue ?? "";
      const isNew = text && (text !== last || Date.now() - lastAt > AGAIN_MS);
      if (text) lastAt = Date.now();
      if (isNew) {
        last = text;
        navigator.vibrate?.(60);
        if (seen(text) === "enough") return dialog.close();
        note.textContent = parts.said.textContent;
      }
      await new Promise((go) => setTimeout(go, PAUSE_MS));
    }
  }

  /** @param read what to do with a code; unknown ones close the camera, so that they can be noted */
  return async function open(read) {
    note.textContent = words.reading;
    dialog.showModal();
    try {
      await start();
      await watch((text) => {
        const code = text.trim();
        const known = /^KKMP:/i.test(code) || look(till.index, code) || weighed(code);
        if (!known) dialog.close();
        read(code);
        return known ? "" : "enough";
      });
    } catch {
      note.textContent = words.noCamera;
    }
  };
}

async function makeDetector({ detector, detectorWasm }) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (formats.includes("ean_13") && formats.includes("qr_code")) {
    return new BarcodeDetector({ formats: FORMATS.filter((format) => formats.includes(format)) });
  }
  await script(detector);
  const { BarcodeDetector: Detector, prepareZXingModule } = globalThis.BarcodeDetectionAPI;
  prepareZXingModule({ overrides: { locateFile: () => detectorWasm } });
  return new Detector({ formats: FORMATS });
}

function script(address) {
  return new Promise((done, fail) => {
    const made = document.createElement("script");
    made.src = address;
    made.addEventListener("load", done);
    made.addEventListener("error", fail);
    document.head.append(made);
  });
}
