// Runs the till's rules for the tests: one question a line comes in, one answer a line goes out.
import { createInterface } from "node:readline";

// The tests read English, and an English page writes numbers as English readers do.
globalThis.document = { documentElement: { lang: "en" } };

const folder = process.argv[2];
const load = (names) => Promise.all(names.map((name) => import(`${folder}/${name}.js`)));
const [numbers, pricing, paying, basket, codes, words, nik] = await load(
  ["numbers", "pricing", "paying", "basket", "codes", "words", "nik"].map((name) => `rules/${name}`),
);
const [keystrokes, members, search] = await load(["rules/keystrokes", "rules/members", "rules/search"]);
const [opening, flow, selling] = await load(["flow/opening", "flow/paying", "flow/selling"]);
const modules = { ...numbers, ...pricing, ...paying, ...basket, ...words, ...nik, ...keystrokes, ...search, ...opening, ...flow, ...selling };

/** Answers in turn; a number is a refusal with that status, "another" tells of another cashier. */
function inTurn(answers, asked) {
  return async (...question) => {
    asked.push(question);
    const answer = answers.shift();
    if (answer === "another") throw Object.assign(new Error("another cashier"), { isAnother: true });
    if (typeof answer === "number") throw Object.assign(new Error("refused"), { status: answer });
    return answer;
  };
}

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
  /** Opening the till with a server that answers so; and what it was asked. */
  async look({ search, language, addresses, answers }) {
    const asked = [];
    const found = await opening.look({ here: { search }, language, addresses, get: inTurn(answers, asked) });
    return { ...found, asked };
  },
  /** Sending a sale; and how often it was sent and how often fetched anew. */
  async send({ outcomes, refreshed }) {
    const sent = [], fetched = [];
    const outcome = await selling.send(inTurn(outcomes, sent), inTurn(refreshed, fetched));
    return { outcome, sent: sent.length, fetched: fetched.length };
  },
  /** Who is meant among those found. */
  member({ found, text }) {
    return members.meant(found, text);
  },
  /** Keys, each so many milliseconds after the one before: what belongs together. */
  keys({ keys }) {
    let burst = null;
    let at = 0;
    const bursts = [];
    for (const [key, after] of keys) {
      at += after;
      burst = keystrokes.followed(burst, key, at);
      if (burst.text.length > 1) bursts.pop();
      bursts.push(burst.text);
    }
    return bursts;
  },
  card({ text }) {
    return codes.card(text);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...given } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await acts[act](given) };
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
