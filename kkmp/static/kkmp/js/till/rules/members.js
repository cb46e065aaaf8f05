// The member that typed words mean. It is suggested only; the cashier chooses.

/**
 * By a number, the member who has it; by a name or telephone number, the only one found. Null where
 * there is none, or several.
 */
export function meant(found, text) {
  const number = /^#?0*(\d{1,8})$/.exec(text.trim())?.[1];
  if (number) return found.find((each) => String(each.number) === number) ?? null;
  return found.length === 1 ? found[0] : null;
}
