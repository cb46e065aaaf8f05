// A service has no shelf: shows the inputs that fit what is ticked, and hides the others.
export const selector = "[data-service-switch]";

export function bind(form) {
  const box = form.querySelector("[name=is_service]");
  const show = () => {
    for (const part of form.querySelectorAll("[data-for-service]")) {
      part.hidden = (part.dataset.forService === "yes") !== box.checked;
    }
  };
  box.addEventListener("change", show);
  show();
}
