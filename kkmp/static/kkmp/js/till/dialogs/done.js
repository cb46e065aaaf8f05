// After the sale: what to give back, large; then the next one.
import { fill, formatRupiah } from "../rules/numbers.js";
import { TO_CONFIRM } from "../rules/paying.js";
import { element } from "../panes/parts.js";

export function doneDialog(till) {
  const { parts, words, setup } = till;

  parts.doneDialog.addEventListener("close", () => {
    if (matchMedia("(pointer: fine)").matches) parts.search.focus();
  });

  function notes({ payments }) {
    const confirmed = payments.filter(({ method }) => TO_CONFIRM.includes(method));
    const owed = payments.filter(({ method }) => method === "credit");
    return [
      ...confirmed.map(({ method, amount_idr: amount }) =>
        fill(words.toConfirm, { method: words.methods[method], amount: formatRupiah(amount) }),
      ),
      ...owed.map(({ amount_idr: amount, due_on: due }) =>
        fill(words.onCredit, { amount: formatRupiah(amount), due: due.split("-").reverse().join("/") }),
      ),
    ];
  }

  /** @param sale as the API answers */
  return function show(sale) {
    const { receipt, placeholder } = setup.addresses;
    const change = sale.change_idr;
    parts.doneLabel.textContent = change ? words.giveBack : words.nothingBack;
    parts.doneAmount.textContent = formatRupiah(change || sale.total_idr + sale.rounding_idr);
    const number = fill(words.receipt, { number: sale.number });
    parts.doneNote.textContent = change
      ? `${number} · ${fill(words.receivedFor, { paid: formatRupiah(sale.paid_idr), total: formatRupiah(sale.total_idr + sale.rounding_idr) })}`
      : number;
    parts.doneList.replaceChildren(...notes(sale).map((text) => element("li", text)));
    parts.doneReceipt.href = receipt.replace(placeholder, sale.id);
    parts.doneDialog.showModal();
  };
}
