// Baskets put aside on this device; taking one up puts the present one aside.
import { fill, formatRupiah } from "../rules/numbers.js";
import { button, element } from "../panes/parts.js";

export function heldDialog(till) {
  const { parts, words } = till;

  parts.heldList.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen || !till.isCertain()) return;
    resume(Number(chosen.value));
    parts.heldDialog.close();
  });

  function resume(at) {
    const all = till.memory.held();
    const [wanted] = all.splice(at, 1);
    if (!wanted) return;
    if (till.basket.lines.length) {
      const name = till.basket.member?.name ?? fill(words.buyerAt, { time: clock(Date.now()) });
      all.push({ name, at: Date.now(), total: till.bill.total, basket: till.basket });
    }
    till.memory.keep(all);
    till.nik = "";
    till.change(wanted.basket);
  }

  function item({ name, at, total, basket }, place) {
    const made = document.createElement("li");
    const time = clock(at);
    const told = fill(words.heldAt, { time, count: basket.lines.length, total: formatRupiah(total) });
    made.append(button("till-person", String(place), element("strong", name), element("span", told)));
    return made;
  }

  return function open() {
    const all = till.memory.held();
    parts.heldList.replaceChildren(...all.map(item));
    parts.heldNone.hidden = all.length > 0;
    parts.heldDialog.showModal();
    // None is chosen yet: an Enter that was on its way takes up nobody's basket.
    parts.heldTitle.focus();
  };
}

export function clock(at) {
  return new Date(at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
}
