/**
 * How parts of a picture look. Colours are those of Okabe and Ito (Color Universal Design, 2008), which colour-blind
 * people tell apart, in the dark the lighter ones of the same hues. Those for light pages are attributes, and so are
 * there where a page forbids styles. No spreads: bundlers would leave them in programs that draw nothing.
 */
export const PAPER = { class: "paper", fill: "#ffffff" };
export const TITLE = { class: "ink", fill: "#222222", "font-size": 14, "font-weight": 600 };
export const LABEL = { class: "faint", fill: "#555555" };
export const AXIS = { class: "axis", stroke: "#888888" };
export const GRID = { class: "grid", stroke: "#e6e6e6" };
export const BEST = { class: "axis", stroke: "#888888", "stroke-width": 1.5, "stroke-dasharray": "2 3" };
export const TRAINING = { class: "training", stroke: "#0072b2" };
export const VALIDATION = { class: "validation", stroke: "#d55e00", "stroke-dasharray": "6 3" };

/** Added to a label, and to the strokes of a curve; an epoch alone, a path without a length, is a dot. */
export const CENTERED = { "text-anchor": "middle" };
export const TO_THE_LEFT = { "text-anchor": "end" };
export const CURVE = { fill: "none", "stroke-width": 2, "stroke-linejoin": "round" };
export const DOT = { fill: "none", "stroke-width": 6, "stroke-linecap": "round", "stroke-dasharray": "none" };

/** Every rule names the picture's class: the styles of an inlined picture apply to all of its page. */
export const DARK = `
@media (prefers-color-scheme: dark) {
.rprop-plot .paper { fill: #16181d }
.rprop-plot .ink { fill: #e6e8eb }
.rprop-plot .faint { fill: #b4b9c2 }
.rprop-plot .axis { stroke: #868c96 }
.rprop-plot .grid { stroke: #30343c }
.rprop-plot .training { stroke: #56b4e9 }
.rprop-plot .validation { stroke: #e69f00 }
}
`;

/** How wide a letter and a digit of a label are, and a letter of the title, in a wide font such as DejaVu Sans. */
export const [LETTER, DIGIT, TITLE_LETTER] = [6.6, 7.6, 8.8];

/** Around everything. */
export const MARGIN = 16;
