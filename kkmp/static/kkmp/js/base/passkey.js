// Says in words that a passkey was not read; without this the reason stays in the console.
export const selector = "[data-passkey-error]";

export function bind(holder) {
  document.addEventListener("allauth.error", (event) => {
    if (!event.detail?.tags?.includes("webauthn")) return;
    event.preventDefault();
    const detail = { text: holder.dataset.passkeyError, level: "warning" };
    document.dispatchEvent(new CustomEvent("kkmp:toast", { detail }));
  });
}
