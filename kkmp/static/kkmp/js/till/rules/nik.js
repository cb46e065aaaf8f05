// Whether digits can be a NIK, by the server's rules: sixteen of them, a birth date that exists in
// this century or the last (women's days count from 41), and a serial that is not 0000.

export function isNik(digits) {
  if (!/^\d{16}$/.test(digits) || digits.endsWith("0000")) return false;
  const [day, month, year] = [6, 8, 10].map((at) => Number(digits.slice(at, at + 2)));
  const born = day > 40 ? day - 40 : day;
  return [1900, 2000].some((century) => exists(century + year, month, born));
}

function exists(year, month, day) {
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}
