// Adds up the ticked payments and shows the fee while the amount is typed.
import { formatRupiah, parseRupiah } from "../base/rupiah.js";

export const selector = "[data-settle]";

export function bind(form) {
  const boxes = Array.from(form.querySelectorAll("[data-amount]"));
  const net = form.querySelector("[name=net_idr]");
  const sum = form.querySelector("[data-settle-sum]");
  const fee = form.querySelector("[data-settle-fee]");

  function show() {
    const gross = boxes.filter((box) => box.checked).reduce((all, box) => all + Number(box.dataset.amount), 0);
    const received = parseRupiah(net.value);
    sum.textContent = formatRupiah(gross);
    const cost = gross - (received ?? 0);
    fee.textContent = received === null ? "–" : formatRupiah(cost);
    fee.classList.toggle("pay-late", received !== null && (cost < 0 || cost * 20 > gross));
  }

  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}
