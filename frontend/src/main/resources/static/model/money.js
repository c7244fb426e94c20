/** Amounts, kept in cents and written as people write them. Their currency is the agent's and the user's to know. */

/** "12.50"; empty for none. */
export function amountText(cents) {
  return cents === null || cents === undefined ? '' : (cents / 100).toFixed(2);
}

/** Cents of "12", "12.5" or "12,50"; null for an empty text; undefined for what is no amount. */
export function centsOf(text) {
  const written = text.trim();
  if (written === '') return null;
  const amount = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(written);
  return amount ? 100 * Number(amount[1]) + Number((amount[2] ?? '').padEnd(2, '0')) : undefined;
}

/** What an action costs, in words. */
export function costWords(cents) {
  if (cents === null || cents === undefined) return 'What it costs is not known.';
  return cents === 0 ? 'It costs nothing.' : `It costs ${amountText(cents)}.`;
}
