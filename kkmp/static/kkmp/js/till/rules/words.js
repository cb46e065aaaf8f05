// The page's sentences, in its language.
import { fill } from "./numbers.js";

/** What is wrong, said as the server says it. */
export function sentence(words, problem) {
  if (!problem) return "";
  const { methodCode, periodCode, ...values } = problem.values;
  return fill(words.refusals[problem.code], {
    ...values,
    method: words.methods[methodCode],
    period: words.periods[periodCode],
  });
}
