"use strict";
// The elements of the drawn graph: a box for an asset or a folded group, a line for what one hands to another.

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const GLYPH = { passed: "✓", equal: "✓", failed: "✗", differs: "≠", different: "≠", schema: "≠", missing: "∅", error: "✗", dagster: "D", shadow: "S", prefect: "P", retired: "R" };
  const glyph = (word) => GLYPH[word] ?? "·";

  function element(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, text] of Object.entries(attributes)) made.setAttribute(key, text);
    made.append(...children);
    return made;
  }

  function edge({ x, y, width, height }, { a, b, kind, differs }) {
    const [x1, y1, x2, y2] = [x[a] + width, y[a] + height / 2, x[b], y[b] + height / 2];
    const bend = Math.max(30, Math.abs(x2 - x1) / 2);
    const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 2} ${y2}`;
    return element("path", { class: `edge ${kind}${differs ? " differs" : ""}`, d: path, "marker-end": "url(#tip)" });
  }

  function box({ x, y, width, height }, number, { name, count, folded, differs, field, word, said }) {
    const room = 25 - count.length;
    const label = (name.length > room ? `${name.slice(0, room - 1)}…` : name) + count;
    const made = element("g", { class: `node${folded ? " folded" : ""}${differs ? " differs" : ""} ${field}-${(word || "none").replaceAll(" ", "-")}`, transform: `translate(${x[number]} ${y[number]})`, "data-box": number });
    const title = element("title", {}, `${name}${count}: ${said}${differs ? "; the sides differ here" : ""}`);
    const text = element("text", { x: 26, y: height / 2 + 4 }, label);
    const sign = element("text", { x: 12, y: height / 2 + 4, class: "sign", "text-anchor": "middle" }, glyph(word));
    made.append(title, element("rect", { class: "back", width, height, rx: folded ? 2 : 6 }), element("rect", { class: "flag", width: 22, height, rx: 3 }), sign, text);
    return made;
  }

  globalThis.changeoverBoxes = { glyph, edge, box };
})();
