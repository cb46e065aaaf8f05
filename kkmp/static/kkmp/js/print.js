// Opens the browser's print window.
export function bind(button) {
  button.addEventListener("click", () => window.print());
}
