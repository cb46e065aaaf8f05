// Runs the till's rules for the tests: one question a line comes in, one answer a line goes out.
import { createInterface } from "node:readline";

const folder = process.argv[2];
const [numbers, pricing, paying, basket, codes, words, nik] = await Promise.all(
  ["numbers", "pricing", "paying", "basket", "codes", "words", "nik"].map((name) => import(`${folder}/${name}.js`)),
);
const modules = { ...numbers, ...pricing, ...paying, ...basket, ...words, ...nik };

const acts = {
  /** Lines priced and settled: what each comes to, or the sentence of what is refused. */
  judge({ lines, goods, buyer, discount, tenders, step, said }) {
    const products = new Map(goods.map((product) => [product.id, product]));
    const bill = pricing.priced(lines, products, buyer, discount);
    if (bill.refusal) return { refusal: words.sentence(said, bill.refusal) };
    const settled = paying.settle(bill.total, tenders, step);
    const priced = bill.lines.map(({ price, discount: off, saving, total, measures }) => ({
      price, discount: off, saving, total, measures,
    }));
    const { payments, rounding, given, change, problem } = settled;
    return problem
      ? { lines: priced, refusal: words.sentence(said, problem) }
      : { lines: priced, payments, rounding, given, change };
  },
  /** Any function by its name, with goods as a Map where they are given as a list. */
  call({ name, args }) {
    return modules[name](...args) ?? null;
  },
  bill({ basket: held, goods, known }) {
    return basket.bill(held, new Map(goods.map((product) => [product.id, product])), known);
  },
  request({ basket: held, goods, setup, told }) {
    return basket.request(held, new Map(goods.map((product) => [product.id, product])), setup, told);
  },
  scan({ goods, text }) {
    return codes.look(codes.indexOf(goods), text);
  },
  card({ text }) {
    return codes.card(text);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: acts[act](given) };
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
