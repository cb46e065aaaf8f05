/* How far below the window's usable part the first row of a list begins; nothing where there is no list. */
() => {
  const results = document.querySelector("#results");
  if (!results) return null;
  const isRow = (row) => row.checkVisibility() && row.getBoundingClientRect().height > 1;
  const row = [...results.querySelectorAll("table tbody tr")].find(isRow);
  if (!row) return null;
  const bar = document.querySelector(".bottom");
  const end = bar ? bar.getBoundingClientRect().top : innerHeight;
  const aLine = parseFloat(getComputedStyle(row).lineHeight);
  return Math.round(row.getBoundingClientRect().top + aLine - end);
}
