// Links above a part of the house: where they do not fit the screen, the current one is in sight.
export function bind(nav) {
  const current = nav.querySelector("[aria-current]");
  if (current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.clientWidth) / 2;
}
