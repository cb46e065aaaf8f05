// Who is meant by what was typed. What is found is a suggestion, and never a choice.

/** The very number, or, by name or telephone, the only one found; null where somebody has to choose. */
export function meant(found, text) {
  const number = /^#?0*(\d{1,8})$/.exec(text.trim())?.[1];
  if (number) return found.find((each) => String(each.number) === number) ?? null;
  return found.length === 1 ? found[0] : null;
}
