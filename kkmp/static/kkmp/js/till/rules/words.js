// Sentences from the words of the page, which are in its language.
import { fill, formatRupiah } from "./numbers.js";

/** A problem of pricing or paying as a sentence, the same as the server's; "" for none. */
export function sentence(words, problem) {
  if (!problem) return "";
  const { methodCode, periodCode, ...values } = problem.values;
  return fill(words.refusals[problem.code], {
    ...values,
    method: words.methods[methodCode],
    period: words.periods[periodCode],
  });
}

/** A refusal of flow/paying.js as a sentence; "" for none. */
export function refusalText(words, refusal) {
  if (!refusal) return "";
  if (refusal.text) return refusal.text;
  if (refusal.problem) return sentence(words, refusal.problem);
  const amounts = Object.entries(refusal.amounts ?? {}).map(([name, amount]) => [name, formatRupiah(amount)]);
  return fill(words[refusal.word], Object.fromEntries(amounts));
}
