// How much of what is weighed: 0,25 kg and the like.
import { parseQuantity } from "./basket.js";
import { fill } from "./view.js";

export function weighDialog(parts, words, put) {
  let product = null;

  parts.weighDialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter && event.submitter !== parts.weighAdd) return;
    const thousandths = parseQuantity(parts.weigh.value, true);
    if (thousandths) return put(product, thousandths);
    event.preventDefault();
    parts.weighError.hidden = false;
    parts.weighError.textContent = words.badQuantity;
  });
  // Enter adds; the browser would otherwise take the first button, which cancels.
  parts.weigh.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    parts.weighAdd.click();
  });
  for (const button of parts.weighQuick) {
    button.addEventListener("click", () => {
      put(product, Number(button.dataset.weighQuick));
      parts.weighDialog.close();
    });
  }

  return function open(weighed) {
    product = weighed;
    parts.weigh.value = "";
    parts.weighError.hidden = true;
    parts.weighName.textContent = `${product.name} (${fill(words.per, product)})`;
    parts.weighDialog.showModal();
    parts.weigh.focus();
  };
}
