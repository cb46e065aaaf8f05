// Makes a chosen photo smaller before it is sent: phones take pictures of many megabytes.
// What else the camera wrote into the file, like the place, stays on the device.
export const selector = "[data-shrink-photo]";

export function bind(input) {
  const most = Number(input.dataset.shrinkPhoto);
  input.addEventListener("change", async () => {
    const [file] = input.files;
    const picture = file && (await createImageBitmap(file).catch(() => null));
    if (!picture || input.files[0] !== file) return;
    const scale = Math.min(1, most / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || input.files[0] !== file) return;
    const chosen = new DataTransfer();
    chosen.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
    input.files = chosen.files;
  });
}
