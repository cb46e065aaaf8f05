// Brings the current link of a row that is wider than the screen into sight.
export const selector = "[data-scroll-current]";

export function bind(row) {
  const current = row.querySelector("[aria-current]");
  if (current) row.scrollLeft += middle(current) - middle(row);
}

function middle(element) {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}
