/**
 * Makes an element. Attributes named `on...` listen, `false` and `null` leave an attribute out, `true` sets it empty.
 * Children are nodes or texts; a text is always text, so that nothing that came from elsewhere becomes markup.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets an attribute where it differs; `false` and `null` remove it. */
export function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value === true ? '' : value)) {
    element.setAttribute(name, value === true ? '' : value);
  }
}

/**
 * Makes a button refuse clicks, or take them again. It keeps the focus, which the attribute `disabled` would take from
 * it; {@link refuseDisabled} has to be in force.
 */
export function setDisabled(button, disabled) {
  setAttribute(button, 'aria-disabled', disabled && 'true');
}

/** Keeps clicks from all buttons below an element that are disabled, also the click that Enter in a field makes. */
export function refuseDisabled(root) {
  const refuse = (event) => {
    if (!event.target.closest('[aria-disabled="true"]')) return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener('click', refuse, true);
}

/** For how long the pointer is kept from a list out of which something has gone: as long as a double click takes. */
const STEADY_AFTER = 700;

/**
 * Keeps the pointer for a moment from a list of {@link keyed} whose items have just moved: what has come to lie under it is
 * not what it was aimed at, and nobody has read it. The keyboard acts on what has the focus, and is not kept.
 */
export function steady(list) {
  let timer = null;
  const isItem = ({ dataset }) => dataset.key !== undefined;
  const moved = ({ removedNodes, addedNodes, nextSibling }) =>
    [...removedNodes].some(isItem) || (addedNodes.length > 0 && nextSibling !== null);
  const keep = (changes) => {
    if (!changes.some(moved)) return;
    setAttribute(list, 'unsteady', true);
    clearTimeout(timer);
    timer = setTimeout(() => setAttribute(list, 'unsteady', false), STEADY_AFTER);
  };
  new MutationObserver(keep).observe(list, { childList: true });
  return list;
}

/** Sets a text where it differs: screen readers and selections are not disturbed by what stays the same. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes the children of an element be those of a list, keeping the elements of items that stay.
 *
 * @param keyOf the identity of an item
 * @param make makes the element of a new item
 * @param update brings an element up to its item
 */
export function keyed(parent, items, keyOf, make, update) {
  const keys = new Set(items.map(keyOf));
  // These first, so that nothing that stays has to move to its place: what moves loses the focus.
  for (const child of [...parent.children]) if (!keys.has(child.dataset.key)) child.remove();
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = known.get(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
    }
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
    update(child, item);
  }
}
