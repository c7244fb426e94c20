/** What is wider than its place, so that some of it is cut off, and dots that stand above their text instead of before it. */
export function clipped() {
  const cut = [...document.querySelectorAll('nav, .scrolling')].filter((each) => each.scrollWidth > each.clientWidth);
  const alone = [...document.querySelectorAll('li > .dot:not([hidden] *)')].filter((dot) => {
    const text = dot.nextElementSibling.getBoundingClientRect();
    return text.height > 0 && dot.getBoundingClientRect().bottom <= text.top;
  });
  return [...cut.map((each) => `${each.localName} ${each.ariaLabel}`), ...alone.map((dot) => dot.parentElement.textContent)];
}
