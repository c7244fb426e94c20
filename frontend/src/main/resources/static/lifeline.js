/** The dashboard's entry: defines the elements; `<lifeline-app>` in the page does the rest. */
import './elements/lifeline-app/lifeline-app.js';
