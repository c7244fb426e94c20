import { clock } from '../../dom/clock.js';
import { h, keyed, setAttribute, setText } from '../../dom/h.js';
import { icon } from '../../dom/icon.js';
import { bannerWords } from '../../model/banner.js';
import '../relative-time/relative-time.js';

/**
 * `<banner-list>`: what must be seen, above everything, in the order given; property `banners`. A banner can not be put
 * away: it goes when its reason has gone. Each is announced once, when it comes and when its words change. Event
 * `resume` when the user wants to lift his own pause.
 */
export class BannerList extends HTMLElement {
  /**
   * What is scrolled to, as by the keyboard, must not come to lie behind what stays in sight; and where that is too long
   * for its room, the keyboard scrolls it as well.
   */
  #room = new ResizeObserver(() => {
    const all = [this, ...this.children];
    const stays = all.find((each) => getComputedStyle(each).position === 'sticky');
    document.documentElement.style.setProperty('--banners', `${stays?.offsetHeight ?? 0}px`);
    const scrolls = (each) => each === stays && each.scrollHeight > each.clientHeight;
    for (const each of all) setAttribute(each, 'tabindex', scrolls(each) && '0');
  });

  connectedCallback() {
    this.#room.observe(document.body);
    this.#room.observe(this);
  }

  disconnectedCallback() {
    this.#room.disconnect();
  }

  set banners(banners) {
    keyed(this, banners, (banner) => `${banner.id} ${banner.severity}`, make, update);
  }
}

function make({ severity }) {
  return h(
    'section',
    { class: `banner ${severity}`, role: severity === 'red' ? 'alert' : 'status' },
    h(
      'div',
      { class: 'bar' },
      icon(['red', 'amber'].includes(severity) ? severity : 'grey'),
      h('p', {}, h('strong'), ' ', h('span'), ' ', h('small', {}, h('span'), h('relative-time'), '.')),
    ),
  );
}

function update(section, banner) {
  const [strong, words, small] = section.querySelector('p').children;
  const { detail, since } = bannerWords(banner, clock.now());
  setText(strong, banner.text);
  setText(words, detail);
  small.hidden = since === null;
  setText(small.firstElementChild, since ?? '');
  setAttribute(small.querySelector('relative-time'), 'at', banner.since);
  callToAction(section.querySelector('.bar'), banner);
}

function callToAction(bar, { kind, cta }) {
  const wanted = kind === 'user_pause' ? cta && resume : cta && ownPath(cta.href) && way;
  const shown = bar.querySelector('.button');
  if (!wanted) {
    shown?.remove();
    return;
  }
  wanted(shown ?? bar.appendChild(h(kind === 'user_pause' ? 'button' : 'a', { class: 'button' })), cta);
}

/** Lifting a pause asks first: this leads nowhere by itself. */
function resume(button, { label }) {
  setText(button, label);
  setAttribute(button, 'type', 'button');
  button.onclick = () => button.dispatchEvent(new CustomEvent('resume', { bubbles: true }));
}

function way(link, { label, href }) {
  setText(link, label);
  setAttribute(link, 'href', href);
}

/** Only ways within this site: what came as data must not become a script or lead elsewhere. */
function ownPath(href) {
  return typeof href === 'string' && /^\/(?![/\\])/.test(href);
}

customElements.define('banner-list', BannerList);
