// Shows the server's messages as toasts, and new ones on "kkmp:toast".
export const selector = "[data-toasts]";

const STAY_MS = 7000;
const LEVELS = new Set(["info", "success", "warning", "error"]);

export function bind(region) {
  const first = Array.from(region.children);
  region.classList.add("is-floating");
  // A live region speaks only what is added after it stands.
  region.replaceChildren();
  first.forEach((note) => show(region, note, note.dataset.toast));
  const onToast = (event) => {
    const { text, level, leaves } = event.detail ?? {};
    if (text) show(region, make(text, level), level, leaves);
  };
  document.addEventListener("kkmp:toast", onToast);
}

function make(text, level) {
  const note = document.createElement("div");
  note.className = `note note-${LEVELS.has(level) ? level : "info"}`;
  const words = document.createElement("span");
  words.textContent = text;
  note.append(words);
  return note;
}

function show(region, note, level, leaves = false) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.setAttribute("aria-label", region.dataset.closeLabel);
  close.textContent = "×";
  close.addEventListener("click", () => note.remove());
  note.append(close);
  region.append(note);
  // What went wrong stays until it is closed; good news leaves by itself, unless someone is on it.
  if (!leaves && (level === "error" || level === "warning")) return;
  const leave = () => (note.matches(":hover, :focus-within") ? setTimeout(leave, STAY_MS) : note.remove());
  setTimeout(leave, STAY_MS);
}
