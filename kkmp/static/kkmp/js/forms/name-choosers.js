// The theme's choosers that one can search in take no name from their label: they get it here.
export function nameChoosers(root = document) {
  for (const shown of root.querySelectorAll(".select2-selection, .select2-selection__rendered")) {
    const select = shown.closest(".select2")?.previousElementSibling;
    const label = select?.id && root.querySelector(`label[for="${select.id}"]`);
    if (label) shown.setAttribute("aria-label", label.textContent.replace("*", "").trim());
    if (label) shown.removeAttribute("aria-labelledby");
  }
}
