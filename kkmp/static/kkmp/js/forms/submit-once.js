// A second click must not post twice: the pressed button shows that it works and is disabled.
// The server is safe against repeats on its own; this is for the person waiting.
export const selector = "form[method='post']:not([data-resubmit])";

const REOPEN_MS = 20000;

export function bind(form) {
  form.addEventListener("submit", (event) => {
    // Later listeners may still stop the submit, and a disabled button would not be sent.
    setTimeout(() => {
      if (!event.defaultPrevented) close(form, event.submitter);
    });
  });
  window.addEventListener("pageshow", () => open(form));
  form.addEventListener("htmx:afterRequest", () => open(form));
}

function buttons(form) {
  return Array.from(form.elements).filter((control) => control.type === "submit");
}

function close(form, pressed) {
  for (const button of buttons(form)) button.disabled = true;
  const shown = pressed ?? buttons(form)[0];
  shown?.classList.add("is-busy");
  shown?.setAttribute("aria-busy", "true");
  setTimeout(() => open(form), REOPEN_MS);
}

function open(form) {
  for (const button of buttons(form)) {
    if (!button.classList.contains("is-busy") && !form.querySelector(".is-busy")) continue;
    button.disabled = false;
  }
  for (const button of buttons(form)) {
    button.classList.remove("is-busy");
    button.removeAttribute("aria-busy");
  }
}
