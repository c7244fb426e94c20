/** The least contrast of text to its ground: WCAG 2.2, success criterion 1.4.3. */
const LEAST = 4.5;

/** The visible texts of the page that stand out too little, each with its contrast. */
export function faint() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    const disabled = element.matches('[aria-disabled="true"]');
    if (text === '' || disabled || !element.checkVisibility({ opacityProperty: true })) continue;
    const contrast = contrastOf(element);
    if (contrast < LEAST) found.push(`${text}: ${contrast.toFixed(2)}`);
  }
  return found;
}

function contrastOf(element) {
  const ancestors = [];
  for (let each = element; each; each = each.parentElement) ancestors.unshift(each);
  let ground = [255, 255, 255];
  let opacity = 1;
  for (const each of ancestors) {
    const style = getComputedStyle(each);
    opacity *= Number(style.opacity);
    ground = over(rgba(style.backgroundColor), ground);
  }
  const [red, green, blue, alpha] = rgba(getComputedStyle(element).color);
  const [lighter, darker] = [luminance(over([red, green, blue, alpha * opacity], ground)), luminance(ground)]
    .sort((one, other) => other - one);
  return (lighter + 0.05) / (darker + 0.05);
}

function rgba(colour) {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return [red, green, blue, alpha];
}

function over([red, green, blue, alpha], ground) {
  return [red, green, blue].map((channel, index) => channel * alpha + ground[index] * (1 - alpha));
}

function luminance(colour) {
  const [red, green, blue] = colour
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
