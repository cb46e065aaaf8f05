// Line and bar charts from a JSON block or address, in the colours of the theme, with a table beside.
export const selector = "[data-chart]";

const TONES = { accent: "--accent-ink", gold: "--gold", green: "--good", blue: "--info", grey: "--ink-soft" };
const ORDER = ["accent", "gold", "blue", "green", "grey"];
let library;

export async function bind(figure) {
  const data = await read(figure);
  if (!data) return;
  const number = numbers(data.unit);
  table(figure.querySelector("[data-chart-table]"), data, number);
  await loadLibrary(figure.dataset.chartScript);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let chart = draw(figure, data, number, !still);
  document.addEventListener("kkmp:theme", () => {
    chart.destroy();
    chart = draw(figure, data, number, false); // at once: paper does not wait
  });
}

async function read(figure) {
  if (figure.dataset.src) {
    const response = await fetch(figure.dataset.src, { headers: { Accept: "application/json" } });
    return response.ok ? response.json() : null;
  }
  const block = document.getElementById(figure.dataset.chart);
  return block && JSON.parse(block.textContent);
}

function loadLibrary(src) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return library;
}

function numbers(unit) {
  const locale = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const sign = unit === "idr" ? (locale === "id-ID" ? "Rp" : "Rp\u00a0") : "";
  return {
    full: (value) => (value === null ? "–" : sign + new Intl.NumberFormat(locale).format(value)),
    axis: (value) => sign + (Math.abs(value) < 10000 ? whole : short).format(value),
  };
}

function draw(figure, data, number, moving) {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const font = { family: css.getPropertyValue("--tblr-font-sans-serif"), size: 13 };
  const datasets = data.series.map((series, index) => {
    const tone = colour(TONES[series.tone ?? ORDER[index % ORDER.length]]);
    return {
      label: series.label, data: series.values, borderColor: tone, backgroundColor: tone,
      borderWidth: data.type === "bar" ? 0 : 2.5, borderRadius: 4, maxBarThickness: 40,
      pointRadius: 0, pointHoverRadius: 5, pointHitRadius: 16, cubicInterpolationMode: "monotone", spanGaps: false,
    };
  });
  return new window.Chart(figure.querySelector("canvas"), {
    type: data.type ?? "line",
    data: { labels: data.labels, datasets },
    options: {
      maintainAspectRatio: false, animation: moving ? { duration: 400 } : false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: { grid: { display: false }, border: { color: colour("--line") }, ticks: { color: colour("--ink-soft"), font, maxRotation: 0, autoSkipPadding: 20 } },
        y: { beginAtZero: data.zero ?? true, border: { display: false }, grid: { color: colour("--line") }, ticks: { color: colour("--ink-soft"), font, maxTicksLimit: 6, precision: 0, callback: number.axis } },
      },
      plugins: {
        legend: { display: datasets.length > 1, position: "top", align: "start", labels: { color: colour("--ink"), font, usePointStyle: true, pointStyle: "circle", boxHeight: 7, padding: 16 } },
        tooltip: { backgroundColor: colour("--ink"), titleColor: colour("--ground"), bodyColor: colour("--ground"), titleFont: font, bodyFont: font, padding: 12, cornerRadius: 8, usePointStyle: true, callbacks: { label: (item) => ` ${item.dataset.label}: ${number.full(item.raw)}` } },
      },
    },
  });
}

function table(place, data, number) {
  if (!place) return;
  const element = document.createElement("table");
  element.className = "table";
  const head = element.createTHead().insertRow();
  head.append(cell("th", ""));
  data.series.forEach((series) => head.append(cell("th", series.label, "num")));
  const body = element.createTBody();
  data.labels.forEach((label, row) => {
    const line = body.insertRow();
    line.append(cell("th", label));
    data.series.forEach((series) => line.append(cell("td", number.full(series.values[row]), "num")));
  });
  place.replaceChildren(element);
}

function cell(name, text, className = "") {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = className;
  if (name === "th") element.scope = className ? "col" : "row";
  return element;
}
