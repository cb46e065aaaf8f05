// Warns before leaving a form with work in it; silent once it is sent.
export const selector = "[data-guard]";

export function bind(form) {
  const snapshot = () => new URLSearchParams(
    Array.from(new FormData(form), ([name, value]) => [name, value instanceof File ? value.name : value]),
  ).toString();
  let saved = snapshot();
  // Typing dots and browser autofill settle first; then the form counts as untouched.
  setTimeout(() => { saved = snapshot(); });
  let sent = false;

  // On the window, so that whoever stops the submit has done so by now.
  window.addEventListener("submit", (event) => {
    if (event.target === form) sent = !event.defaultPrevented;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && event.detail.successful) saved = snapshot();
  });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && form.isConnected && snapshot() !== saved) event.preventDefault();
  });
}
