// Shows and hides a password; it is hidden again before the form goes.
export const selector = "[data-reveal]";

export function bind(button) {
  const input = document.getElementById(button.dataset.reveal);
  const labels = { false: button.getAttribute("aria-label"), true: button.dataset.labelHide };
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.setAttribute("aria-label", labels[shown]);
  };
  button.addEventListener("click", () => set(input.type === "password"));
  input.form?.addEventListener("submit", () => set(false));
}
