// The light / dark / as-the-device switch; the choice stays on this device.
export const selector = "[data-theme-switch]";

export function bind(group) {
  const show = () => {
    const choice = document.documentElement.dataset.themeChoice;
    for (const button of group.querySelectorAll("[data-theme-set]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeSet === choice));
    }
  };
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-set]");
    if (!button) return;
    try {
      window.localStorage.setItem("kkmp-theme", button.dataset.themeSet);
    } catch {
      return;
    }
    document.dispatchEvent(new CustomEvent("kkmp:theme-choice"));
  });
  document.addEventListener("kkmp:theme", show);
  show();
}
