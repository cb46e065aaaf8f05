// Opens the browser's print window.
export const selector = "[data-print]";

export function bind(button) {
  button.addEventListener("click", () => window.print());
}
