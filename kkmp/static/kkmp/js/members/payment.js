// A deposit or withdrawal: the chosen kind suggests an amount, and usual amounts are a tap away.
export const selector = "[data-payment]";

export function bind(form) {
  const offers = JSON.parse(document.getElementById(form.dataset.payment).textContent);
  const amount = form.elements.amount_idr;
  const quick = form.querySelector("[data-quick]");
  const chosen = () => offers[form.elements.kind.value];
  // What a person typed stays; only a suggestion gives way to another suggestion.
  let suggested = amount.value;

  function write(value) {
    amount.value = value === null ? "" : String(value);
    amount.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer() {
    quick.replaceChildren(...(chosen()?.quick ?? []).map(([value, label]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", () => write(value));
      return button;
    }));
  }

  form.addEventListener("change", (event) => {
    if (event.target.name !== "kind") return;
    if (amount.value === "" || amount.value === suggested) {
      write(chosen()?.usual ?? null);
      suggested = amount.value;
    }
    offer();
  });
  offer();
}
