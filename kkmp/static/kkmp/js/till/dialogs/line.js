// Everything about one line: which pack, how much, what discount. Weighed goods begin here too.
import { bill, editLine, lineKey, setQuantity } from "../rules/basket.js";
import { fill, formatQuantity, formatRupiah, parseDiscount, parseQuantity, writeQuantity, writeRupiah } from "../rules/numbers.js";
import { element } from "../panes/parts.js";
import { sentence } from "../rules/words.js";

export function lineDialog(till) {
  const { parts, words } = till;
  const { lineDialog: dialog, lineQuantity: quantity, lineDiscount: discount } = parts;
  let product, line;

  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "no") return;
    const wrong = keep();
    if (!wrong) return;
    event.preventDefault();
    parts.lineError.hidden = false;
    parts.lineError.textContent = wrong;
  });
  // Enter keeps; the browser would otherwise take the first button, which takes out.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    parts.lineKeep.click();
  });
  parts.lineQuick.addEventListener("click", (event) => {
    if (!event.target.value) return;
    quantity.value = event.target.value;
    parts.lineKeep.click();
  });
  parts.lineChoices.addEventListener("change", () => showMeasure());
  parts.lineRemove.addEventListener("click", () => {
    till.change(setQuantity(till.basket, line, 0));
    dialog.close();
  });

  function keep() {
    const pack = chosenPack();
    const weighed = product.is_weighed && !pack;
    const thousandths = parseQuantity(quantity.value, weighed);
    if (thousandths === null && parseQuantity(quantity.value, true) === null) return words.badQuantity;
    const values = { name: product.name, measure: pack?.name ?? product.measure };
    if (thousandths === null) return sentence(words, { code: "wholeOnly", values });
    if (!thousandths) return sentence(words, { code: "notPositive", values });
    const place = { id: product.id, pack: pack?.id ?? null };
    if (!line) {
      till.put(place, thousandths);
      return "";
    }
    return change(place, thousandths);
  }

  function change(place, thousandths) {
    const edited = (off) => editLine(till.basket, line, { ...place, thousandths, discount: off });
    const gross = grossOf(edited(0), place);
    const off = till.setup.mayDiscount ? parseDiscount(discount.value, gross) : line.discount;
    if (off === null) return words.badDiscount;
    if (off && off >= gross) {
      const values = { name: product.name, total: formatRupiah(gross) };
      return sentence(words, { code: "lineDiscount", values });
    }
    till.change(edited(off));
    till.basketPane.show(place);
    return "";
  }

  function grossOf(basket, place) {
    const { lines } = bill(basket, till.products, true);
    return lines.find((each) => lineKey({ id: each.id, pack: each.packId }) === lineKey(place))?.gross ?? 0;
  }

  function chosenPack() {
    const value = dialog.querySelector("[name=pack]:checked")?.value;
    return product.packs.find((pack) => pack.id === value) ?? null;
  }

  function showMeasure() {
    const measure = chosenPack()?.name ?? product.measure;
    parts.lineMeasure.textContent = measure;
    parts.lineQuick.hidden = !(product.is_weighed && !chosenPack());
  }

  function choice(value, label, checked) {
    const made = element("label", "", "choice");
    const input = element("input", "", "form-check-input");
    Object.assign(input, { type: "radio", name: "pack", value, checked });
    made.append(input, element("span", label));
    return made;
  }

  /**
   * @param place {id, pack}
   * @param isEdit to change the line that is there; otherwise what is written comes on top of it
   */
  return function open(place, isEdit = false) {
    product = till.products.get(place.id);
    if (!product) return;
    line = isEdit ? till.basket.lines.find((each) => lineKey(each) === lineKey(place)) : null;
    parts.lineName.textContent = product.name;
    parts.linePacks.hidden = !product.packs.length;
    parts.lineChoices.replaceChildren(
      choice("", product.measure, !place.pack),
      ...product.packs.map((pack) => {
        const factor = formatQuantity(pack.factor_thousandths);
        const label = fill(words.packOf, { pack: pack.name, factor, measure: product.measure });
        return choice(pack.id, label, pack.id === place.pack);
      }),
    );
    quantity.value = line ? writeQuantity(line.thousandths) : "";
    discount.value = line?.discount ? writeRupiah(line.discount) : "";
    parts.lineDiscounting.hidden = !line || !till.setup.mayDiscount;
    parts.lineRemove.hidden = !line;
    parts.lineKeep.textContent = line ? words.keep : words.putIn;
    parts.lineError.hidden = true;
    showMeasure();
    dialog.showModal();
    quantity.focus();
    quantity.select();
  };
}
