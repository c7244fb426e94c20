import { h } from '../../dom/h.js';
import { PARTS, shares } from '../../model/strip.js';
import { dayName, lasting } from '../../model/time.js';

/** What the parts of a day are called where a day is pointed at. */
const WORDS = {
  empty: 'not known',
  ok: 'connected',
  off: 'disabled',
  unread: 'not read',
  'needs-you': 'disconnected',
};

/**
 * `<health-strip>`: thirty days as columns, today on the right; properties `days` (as `strip` makes them), `words` for
 * those who do not see it, `now`. A part of a day that was down is a part of its column.
 */
export class HealthStrip extends HTMLElement {
  #drawn = '';

  connectedCallback() {
    this.setAttribute('role', 'img');
  }

  show(days, words, now) {
    this.setAttribute('aria-label', words);
    const drawing = JSON.stringify(days.map(({ start, parts }) => [start, shares(parts)]));
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    this.replaceChildren(...days.map((day) => column(day, now)));
  }
}

function column({ start, parts }, now) {
  const day = h('i', { title: `${dayName(start, now)}: ${spelledOut(parts)}` });
  for (const { part, share } of shares(parts)) {
    const piece = h('b', { class: part });
    piece.style.flexGrow = String(share);
    day.append(piece);
  }
  return day;
}

function spelledOut(parts) {
  const present = PARTS.filter((part) => parts[part] > 0);
  if (present.length < 2) return WORDS[present[0] ?? 'empty'];
  return present.map((part) => `${WORDS[part]} ${lasting(parts[part])}`).join(', ');
}

customElements.define('health-strip', HealthStrip);
