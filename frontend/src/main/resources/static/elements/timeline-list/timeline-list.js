import { clock } from '../../dom/clock.js';
import { h, keyed, setAttribute, setText } from '../../dom/h.js';
import { byDay } from '../../model/timeline.js';
import { clockTime, dayName } from '../../model/time.js';

/**
 * `<timeline-list>`: entries of the timeline in words, newest first. Attribute `grouped`: under the name of their day,
 * and with the error code, and the actions of a batch, in a detail; without it each tells its day itself.
 */
export class TimelineList extends HTMLElement {
  #drawn = '';

  set entries(entries) {
    const now = clock.now();
    const today = dayName(now, now) + new Date(now).toDateString();
    const drawing = JSON.stringify([today, entries]);
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    if (this.hasAttribute('grouped')) {
      keyed(this, byDay(entries), ({ day }) => String(day), makeDay, (section, { day, entries: ofDay }) => {
        setText(section.firstChild, dayName(day, now));
        show(section.lastChild, ofDay, (at) => clockTime(at, at));
      });
    } else {
      show(this.firstChild ?? this.appendChild(h('ol')), entries, (at) => clockTime(at, now));
    }
  }
}

function makeDay() {
  return h('section', { class: 'day' }, h('h2'), h('ol'));
}

function show(list, entries, timeOf) {
  keyed(list, entries, ({ id }) => String(id), makeItem, (item, { at, text, tone, errorCode, parts }) => {
    const [words, time, detail] = item.lastChild.children;
    setAttribute(item, 'class', tone);
    setText(words, text);
    setText(time, timeOf(at));
    setAttribute(time, 'datetime', new Date(at).toISOString());
    setAttribute(time, 'title', new Date(at).toLocaleString());
    detail.hidden = !errorCode && parts.length === 0;
    keyed(detail.lastChild, parts, ({ id }) => String(id), makePart, () => {});
  });
}

function makePart({ at, text }) {
  return h('li', {}, `${new Date(at).toLocaleTimeString()} ${text}`);
}

function makeItem({ errorCode }) {
  const code = errorCode && h('code', {}, errorCode);
  const detail = h('details', {}, h('summary', {}, 'Detail'), code, h('ul'));
  return h('li', {}, h('i', { class: 'dot', 'aria-hidden': 'true' }), h('div', {}, h('span'), h('time'), detail));
}

customElements.define('timeline-list', TimelineList);
