const SVG = 'http://www.w3.org/2000/svg';

/** Shapes on a field of 24 by 24, drawn as lines; each meaning has its own, so that none is told by colour alone. */
const SHAPES = {
  brand: ['M2 13h5l3-8 5 14 3-6h4'],
  red: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M10 9v6M14 9v6'],
  amber: ['M12 3.5l9.5 17h-19z', 'M12 10v4.5M12 17.4v.1'],
  grey: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M9.6 9.4a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2 1-1.2 1.8M12 16.6v.1'],
  ok: ['M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18', 'M8 12.3l2.8 2.7L16 9.5'],
  close: ['M6.5 6.5l11 11M17.5 6.5l-11 11'],
};

/** A decorative drawing that takes the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({ viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' })) {
    svg.setAttribute(attribute, value);
  }
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', shape);
    svg.append(path);
  }
  return svg;
}
