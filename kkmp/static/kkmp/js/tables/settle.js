// Adds up the ticked payments and shows the fee while the amount is typed.
export const selector = "[data-settle]";

const RUPIAH = new Intl.NumberFormat("id-ID");

export function bind(form) {
  const boxes = Array.from(form.querySelectorAll("[data-amount]"));
  const net = form.querySelector("[name=net_idr]");
  const sum = form.querySelector("[data-settle-sum]");
  const fee = form.querySelector("[data-settle-fee]");

  function show() {
    const gross = boxes.filter((box) => box.checked).reduce((all, box) => all + Number(box.dataset.amount), 0);
    const digits = net.value.replace(/\D/g, "");
    sum.textContent = `Rp${RUPIAH.format(gross)}`;
    const cost = gross - Number(digits);
    fee.textContent = digits ? `${cost < 0 ? "-" : ""}Rp${RUPIAH.format(Math.abs(cost))}` : "–";
    fee.classList.toggle("pay-late", digits !== "" && (cost < 0 || cost * 20 > gross));
  }

  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}
