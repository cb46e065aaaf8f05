// Asks in a dialog before a button, link or form goes on. Without JavaScript it simply goes on.
export const selector = "[data-confirm]";

const dialog = document.getElementById("confirm-dialog");
const agreed = new WeakSet();

export function bind(element) {
  const type = element.tagName === "FORM" ? "submit" : "click";
  element.addEventListener(type, (event) => ask(element, event), { capture: true });
}

function ask(element, event) {
  if (agreed.delete(element)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  fill(element.dataset);
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && goOn(element, submitter), { once: true });
  dialog.showModal();
}

function fill({ confirm, confirmTitle, confirmLabel, confirmTone }) {
  const title = dialog.querySelector("#confirm-title");
  const yes = dialog.querySelector("[value=yes]");
  dialog.querySelector("#confirm-text").textContent = confirm;
  title.textContent = confirmTitle || title.dataset.default;
  yes.textContent = confirmLabel || yes.dataset.default;
  yes.classList.toggle("btn-danger", confirmTone === "danger");
  yes.classList.toggle("btn-primary", confirmTone !== "danger");
}

function goOn(element, submitter) {
  agreed.add(element);
  if (element.tagName === "FORM") element.requestSubmit(submitter ?? undefined);
  else element.click();
}
