// Drawing the till: tiles, lines and sums, from what the basket and the goods are.
import { bill, formatQuantity, formatRupiah, quickAmounts } from "./basket.js";
import { find, shelves } from "./catalogue.js";

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_match, name) => values[name]);
}

export function drawShelves(parts, goods, current, words) {
  const names = shelves(goods);
  parts.shelves.hidden = names.length < 2;
  parts.shelves.replaceChildren(
    ...["", ...names].map((name) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "till-shelf";
      button.value = name;
      button.textContent = name || words.all;
      button.setAttribute("aria-pressed", String(name === current));
      return button;
    }),
  );
}

export function drawTiles(parts, goods, text, shelf, words) {
  const { shown, more } = find(goods, text, shelf);
  parts.tiles.replaceChildren(...shown.map((product) => tile(parts.tile, product, words)));
  parts.none.hidden = shown.length > 0;
  parts.many.hidden = more === 0;
  parts.many.textContent = fill(words.many, { count: more });
}

function tile(template, product, words) {
  const item = template.content.cloneNode(true);
  const button = item.querySelector("button");
  const left = product.stock_thousandths;
  button.dataset.product = product.id;
  button.disabled = left <= 0;
  button.querySelector(".till-tile-name").textContent = product.name;
  const stock = left > 0 ? words.left : words.soldOut;
  button.querySelector(".till-tile-stock").textContent = fill(stock, {
    left: formatQuantity(left),
    measure: product.measure,
  });
  return item;
}

/** Prices follow the buyer, and each tile shows how much of it lies in the basket. */
export function drawPrices(parts, basket, products, words, priceFor) {
  const held = new Map(basket.lines.map((line) => [line.id, line.thousandths]));
  for (const button of parts.tiles.querySelectorAll("button")) {
    const product = products.get(button.dataset.product);
    button.querySelector(".till-tile-price").textContent = fill(words.each, {
      price: formatRupiah(priceFor(product)),
      measure: product.measure,
    });
    const count = button.querySelector(".till-tile-count");
    count.hidden = !held.has(product.id);
    count.textContent = formatQuantity(held.get(product.id) ?? 0);
  }
}

export function drawBasket(parts, basket, products, words) {
  const sums = bill(basket, products);
  keepingFocus(parts.lines, () =>
    parts.lines.replaceChildren(...sums.lines.map((line) => drawnLine(parts.line, line, words))),
  );
  const any = sums.lines.length > 0;
  parts.empty.hidden = any;
  parts.clear.hidden = !any;
  parts.total.textContent = formatRupiah(sums.total);
  parts.saving.hidden = !(basket.member && sums.saving);
  parts.saving.textContent = fill(words.saving, { saving: formatRupiah(sums.saving) });
  parts.bar.hidden = !any;
  parts.barCount.textContent = fill(words.goods, { count: sums.lines.length });
  parts.barTotal.textContent = formatRupiah(sums.total);
  drawMember(parts, basket.member, words);
  parts.wholesale.checked = basket.wholesale;
  drawPayment(parts, sums, words);
  return sums;
}

function drawnLine(template, line, words) {
  const item = template.content.cloneNode(true);
  const root = item.querySelector(".till-line");
  const name = line.product?.name ?? "–";
  root.dataset.product = line.id;
  root.querySelector("strong").textContent = name;
  root.querySelector(".till-line-total").textContent = line.product ? formatRupiah(line.total) : "";
  if (line.product) {
    const saved = line.tier === "member" && line.saving;
    const price = fill(words.each, { price: formatRupiah(line.price), measure: line.product.measure });
    const saving = saved ? ` · ${fill(words.saving, { saving: formatRupiah(line.saving) })}` : "";
    root.querySelector(".till-line-price").textContent = price + saving;
  }
  drawProblem(root.querySelector(".till-line-problem"), line, words);
  const input = root.querySelector("input");
  input.value = formatQuantity(line.thousandths);
  input.setAttribute("aria-label", fill(words.quantityOf, { name }));
  const one = line.thousandths <= 1000 ? words.remove : words.less;
  root.querySelector("[data-do=less]").setAttribute("aria-label", fill(one, { name }));
  root.querySelector("[data-do=more]").setAttribute("aria-label", fill(words.more, { name }));
  return item;
}

function drawProblem(place, line, words) {
  const sentence = { short: words.notEnough, gone: words.gone, nothing: words.nothing }[line.problem];
  place.hidden = !sentence;
  place.textContent = sentence
    ? fill(sentence, {
        left: formatQuantity(line.product?.stock_thousandths ?? 0),
        measure: line.product?.measure ?? "",
      })
    : "";
}

function drawMember(parts, member, words) {
  parts.pickMember.hidden = Boolean(member);
  parts.member.hidden = !member;
  parts.memberName.textContent = member?.name ?? "";
  parts.memberNumber.textContent = member ? fill(words.memberNumber, member) : "";
}

function drawPayment(parts, sums, words) {
  parts.quick.replaceChildren(
    ...quickAmounts(sums.total).map((amount, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.value = String(amount);
      button.textContent = at === 0 ? words.exact : formatRupiah(amount).slice(2);
      return button;
    }),
  );
  parts.change.hidden = sums.change === null || sums.total === 0;
  const short = sums.change < 0;
  parts.change.classList.toggle("is-short", short);
  parts.changeLabel.textContent = short ? words.short : words.change;
  parts.changeAmount.textContent = formatRupiah(Math.abs(sums.change ?? 0));
  parts.pay.textContent = sums.total ? fill(words.pay, { total: formatRupiah(sums.total) }) : words.payNothing;
}

// The lines are drawn anew on every change; a finger or cursor on a button of them stays there.
function keepingFocus(list, draw) {
  const held = list.contains(document.activeElement) ? document.activeElement : null;
  const product = held?.closest("[data-product]")?.dataset.product;
  const act = held?.dataset.do;
  draw();
  if (!held) return;
  const line = list.querySelector(`[data-product="${product}"]`) ?? list.querySelector("[data-product]");
  line?.querySelector(`[data-do="${act}"]`)?.focus();
}
