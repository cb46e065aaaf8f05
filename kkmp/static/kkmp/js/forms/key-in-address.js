// A form that was answered at once gets its key into the address, so that going back to it after
// it was sent finds the same form, and not a new one.
export const selector = "[data-key-in-address]";

export function bind(form) {
  const address = new URL(location.href);
  address.searchParams.set(form.dataset.keyInAddress, form.elements.key.value);
  history.replaceState(history.state, "", address);
}
