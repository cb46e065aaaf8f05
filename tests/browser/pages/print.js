/* Makes the first table or list of cards as long as it is in a cooperative of thousands, and tells what
   of the page is only for the screen. Called while the page is seen as a printer sees it. */
() => {
  const MANY = 50;
  const isLong = (rows) =>
    !rows.closest("nav, tbody tr, li, svg") && rows.checkVisibility() && rows.firstElementChild?.clientHeight > 4;
  const rows = [...document.querySelectorAll("main tbody, main .card ul, main .card ol")].find(isLong);
  const all = [...(rows?.children ?? [])];
  for (let at = all.length; all.length && at < MANY; at++) rows.append(all[at % all.length].cloneNode(true));
  const forTheScreen = [...document.querySelectorAll(".page-tabs, .page-tab, .filters, nav a, .btn, .bottom, .top, .side")]
    .filter((one) => one.checkVisibility())
    .map((one) => `${one.localName}.${one.className}`);
  return { isLong: Boolean(rows), forTheScreen };
}
