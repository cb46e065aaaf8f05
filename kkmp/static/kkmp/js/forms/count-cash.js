// Adds up a count of notes and coins while it is typed.
import { formatRupiah } from "../base/rupiah.js";

export const selector = "[data-count-cash]";

export function bind(form) {
  const inputs = Array.from(form.querySelectorAll("[data-denomination]"));
  const total = form.querySelector("[data-count-total]");

  function add() {
    let sum = 0;
    for (const input of inputs) {
      const pieces = /^\s*\d+\s*$/.test(input.value) ? Number.parseInt(input.value, 10) : 0;
      const amount = pieces * Number(input.dataset.denomination);
      form.querySelector(`[data-count-of="${input.dataset.denomination}"]`).textContent = amount ? formatRupiah(amount) : "";
      sum += amount;
    }
    total.textContent = formatRupiah(sum);
  }

  form.addEventListener("input", add);
  // Enter goes on to the next note, as on an adding machine.
  form.addEventListener("keydown", (event) => {
    const at = inputs.indexOf(event.target);
    if (event.key !== "Enter" || at < 0 || at === inputs.length - 1) return;
    event.preventDefault();
    inputs[at + 1].focus();
    inputs[at + 1].select();
  });
  add();
}
