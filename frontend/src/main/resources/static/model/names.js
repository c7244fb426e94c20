/** What things are called on the page. */

/** What a table says of a key of its own; null for any other, such as `constructor`, or none. */
export function own(table, key) {
  return Object.hasOwn(table, key ?? '') ? table[key] : null;
}

/** The label of a connector in the catalogue; its bare name where the catalogue no longer has it. */
export function labelOf(name, catalogue) {
  return catalogue.find((entry) => entry.name === name)?.label ?? name;
}

/** One letter for a label: that of its last word, so that "Gmail" and "Google Calendar" differ. */
export function monogram(label) {
  const words = label.trim().split(/\s+/);
  return ([...(words.at(-1) ?? '')][0] ?? '?').toUpperCase();
}

/** "Gmail", "Gmail and Slack", "Gmail, Slack and Google Calendar". */
export function listed(labels) {
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** "One", "Two", ... for the beginning of a sentence; digits above ten. */
export function numbered(count) {
  return NUMBERS[count] ?? String(count);
}
