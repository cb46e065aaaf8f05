// Copies a text and says so on the button.
export const selector = "[data-copy]";

export function bind(button) {
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = button.dataset.done || before;
    setTimeout(() => { words.textContent = before; }, 2500);
  });
}
