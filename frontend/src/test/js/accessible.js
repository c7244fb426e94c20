/** What is demanded: WCAG 2.2 A and AA, and what axe holds to be good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page that keeps somebody from using it, each with where. */
export async function barriers() {
  // Contrasts are seen to more strictly, and sooner, by contrast.js.
  const rules = { 'color-contrast': { enabled: false } };
  const { violations } = await axe.run({ runOnly: RULES, rules, resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
}
