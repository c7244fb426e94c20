import { clock } from '../../dom/clock.js';
import { h } from '../../dom/h.js';
import { byDay } from '../../model/timeline.js';
import { clockTime, dayName } from '../../model/time.js';

/**
 * `<timeline-list>`: entries of the timeline in words, newest first. Attribute `grouped`: under the name of their day,
 * and with the error code in a detail; without it each tells its day itself.
 */
export class TimelineList extends HTMLElement {
  #drawn = '';

  set entries(entries) {
    const now = clock.now();
    const today = dayName(now, now) + new Date(now).toDateString();
    const drawing = JSON.stringify([today, entries]);
    if (drawing === this.#drawn) return;
    this.#drawn = drawing;
    this.replaceChildren(...(this.hasAttribute('grouped') ? days(entries, now) : [list(entries, now, clockTime)]));
  }
}

function days(entries, now) {
  return byDay(entries).map(({ day, entries: ofDay }) =>
    h('section', { class: 'day' }, h('h2', {}, dayName(day, now)), list(ofDay, now, (at) => clockTime(at, at))),
  );
}

function list(entries, now, timeOf) {
  return h('ol', {}, ...entries.map((entry) => item(entry, timeOf(entry.at, now))));
}

function item({ at, text, tone, errorCode }, time) {
  const told = h('time', { datetime: new Date(at).toISOString(), title: new Date(at).toLocaleString() }, time);
  const detail = errorCode && h('details', {}, h('summary', {}, 'Detail'), h('code', {}, errorCode));
  return h('li', { class: tone }, h('i', { class: 'dot', 'aria-hidden': 'true' }), h('div', {}, text, told, detail));
}

customElements.define('timeline-list', TimelineList);
