// After a refused form the focus goes to the list of what to check, and from there to each field.
export const selector = "[data-error-summary]";

export function bind(summary) {
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "center" });
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    field?.focus();
  });
}
