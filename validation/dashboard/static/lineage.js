"use strict";
// The drawn asset graph: pan, zoom, folding by group, neighbours of one asset, by pointer and by keyboard.
// What is shown stands in the address after the #, so that a view can be sent.

(() => {
  const svg = document.getElementById("graph");
  if (!globalThis.changeoverLineage || !svg) return;

  const SVG = "http://www.w3.org/2000/svg";
  const MOST = 1500;
  const READABLE = 0.75; // smaller than this nobody can read a name: the rest is reached by dragging
  const FOLD_FROM = 40;
  const [ID, GROUP, SIDES, ROUTING, HEALTH, PARITY, DIFFERENCE, ADDRESS] = [0, 1, 2, 3, 4, 5, 6, 7];
  const FIELD = { routing: ROUTING, health: HEALTH, parity: PARITY };
  const UNKNOWN = { routing: "unknown", health: "no check", parity: "not compared" };
  const GLYPH = { passed: "✓", equal: "✓", failed: "✗", differs: "≠", different: "≠", schema: "≠", missing: "∅", error: "✗", dagster: "D", shadow: "S", prefect: "P", retired: "R" };
  const WORST = ["differs", "different", "error", "missing", "schema", "failed", "one side only", "passed", "equal", "dagster", "shadow", "prefect", "retired", ""];
  const parts = Object.fromEntries(["view", "edges", "nodes"].map((id) => [id, document.getElementById(id)]));
  const form = Object.fromEntries(["colour", "depth", "asset", "legend", "chosen"].map((id) => [id, document.getElementById(id)]));
  const said = document.getElementById("graph-said");
  const root = document.body.dataset.root;

  const state = { open: new Set(), chosen: -1, x: 0, y: 0, zoom: 1 };
  let drawn = null;

  // ---- what is shown ---------------------------------------------------------------------

  let nodes, edges, byId, groups, above, below, ranks;

  function take(data) {
    ({ nodes, edges } = data);
    byId = new Map(nodes.map((node, number) => [node[ID], number]));
    groups = [...new Set(nodes.map((node) => node[GROUP]))].sort();
    above = nodes.map(() => []);
    below = nodes.map(() => []);
    for (const [source, target] of edges) { above[target].push(source); below[source].push(target); }
    ranks = changeoverRanks(nodes.length, edges.filter((edge) => edge[2] !== "year"));
    document.getElementById("assets").replaceChildren(...nodes.slice(0, 2000).map((node) => Object.assign(document.createElement("option"), { value: node[ID] })));
  }

  function reach(start, beside, steps) {
    const found = new Set([start]);
    let front = [start];
    for (let step = 0; step < steps && front.length; step++) {
      front = front.flatMap((node) => beside[node]).filter((node) => !found.has(node));
      front.forEach((node) => found.add(node));
    }
    return found;
  }

  function wanted() {
    const depth = form.depth.value;
    if (state.chosen < 0 || depth === "all") return nodes.map((_, number) => number);
    const up = depth === "down" ? 0 : depth === "up" ? Infinity : Number(depth);
    const down = depth === "up" ? 0 : depth === "down" ? Infinity : Number(depth);
    return [...reach(state.chosen, above, up), ...[...reach(state.chosen, below, down)].slice(1)];
  }

  // Boxes: an asset, or a group that is folded. Focused views are never folded.
  function boxes() {
    const focused = state.chosen >= 0 && form.depth.value !== "all";
    const found = [];
    const boxOf = new Map();
    const folded = new Map();
    for (const number of [...new Set(wanted())].sort((a, b) => a - b)) {
      const group = nodes[number][GROUP];
      if (focused || state.open.has(group)) {
        boxOf.set(number, found.length);
        found.push({ asset: number, members: [number] });
        continue;
      }
      if (!folded.has(group)) {
        folded.set(group, found.length);
        found.push({ group, members: [] });
      }
      boxOf.set(number, folded.get(group));
      found[folded.get(group)].members.push(number);
    }
    return { found, boxOf };
  }

  function value(box, field) {
    const values = new Set(box.members.map((number) => nodes[number][field]));
    return WORST.find((word) => values.has(word)) ?? [...values][0];
  }

  // ---- drawing ---------------------------------------------------------------------------

  function element(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, text] of Object.entries(attributes)) made.setAttribute(key, text);
    made.append(...children);
    return made;
  }

  function draw({ fit = false } = {}) {
    let { found, boxOf } = boxes();
    said.textContent = "";
    if (found.length > MOST) {
      said.textContent = `${found.length.toLocaleString("en")} boxes are too many to read: groups stay folded. Choose an asset and show its neighbours.`;
      state.open.clear();
      ({ found, boxOf } = boxes());
    }
    const between = new Map();
    for (const [source, target, kind, difference] of edges) {
      const [a, b] = [boxOf.get(source), boxOf.get(target)];
      if (a === undefined || b === undefined || a === b) continue;
      const key = a * found.length + b;
      const known = between.get(key);
      between.set(key, { a, b, kind: known?.kind ?? kind, differs: Boolean(known?.differs || difference) });
    }
    const mean = (box) => box.members.reduce((sum, number) => sum + ranks[number], 0) / box.members.length;
    const placed = changeoverLayout(found.map(mean), [...between.values()].map(({ a, b }) => [a, b]));
    drawn = { found, boxOf, placed, between: [...between.values()] };
    parts.edges.replaceChildren(...drawn.between.map(edge));
    parts.nodes.replaceChildren(...found.map(box));
    legend();
    if (fit) fitAll();
    else move();
    mark();
  }

  function edge({ a, b, kind, differs }) {
    const { x, y, width, height } = drawn.placed;
    const [x1, y1, x2, y2] = [x[a] + width, y[a] + height / 2, x[b], y[b] + height / 2];
    const bend = Math.max(30, Math.abs(x2 - x1) / 2);
    const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 2} ${y2}`;
    return element("path", { class: `edge ${kind}${differs ? " differs" : ""}`, d: path, "marker-end": "url(#tip)" });
  }

  function box(item, number) {
    const { x, y, width, height } = drawn.placed;
    const name = item.group ?? nodes[item.asset][ID];
    const field = form.colour.value;
    const word = value(item, FIELD[field]);
    const count = item.group ? ` (${item.members.length})` : "";
    const room = 25 - count.length;
    const label = (name.length > room ? `${name.slice(0, room - 1)}…` : name) + count;
    const differs = item.members.some((member) => nodes[member][DIFFERENCE]);
    const made = element("g", { class: `node${item.group ? " folded" : ""}${differs ? " differs" : ""} ${field}-${(word || "none").replaceAll(" ", "-")}`, transform: `translate(${x[number]} ${y[number]})`, "data-box": number });
    const title = element("title", {});
    title.textContent = `${name}${count}: ${field} ${word || UNKNOWN[field]}${differs ? "; the sides differ here" : ""}`;
    const text = element("text", { x: 26, y: height / 2 + 4 });
    text.textContent = label;
    const sign = element("text", { x: 12, y: height / 2 + 4, class: "sign", "text-anchor": "middle" });
    sign.textContent = GLYPH[word] ?? "·";
    made.append(title, element("rect", { class: "back", width, height, rx: item.group ? 2 : 6 }), element("rect", { class: "flag", width: 22, height, rx: 3 }), sign, text);
    return made;
  }

  function legend() {
    const field = form.colour.value;
    const counts = new Map();
    for (const item of drawn.found) for (const member of item.members) {
      const word = nodes[member][FIELD[field]] || "";
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const words = [...counts].sort((a, b) => WORST.indexOf(a[0]) - WORST.indexOf(b[0]));
    form.legend.replaceChildren(...words.flatMap(([word, count]) => {
      const chip = document.createElement("span");
      chip.className = `chip ${field}-${(word || "none").replaceAll(" ", "-")}`;
      chip.textContent = GLYPH[word] ?? "·";
      chip.setAttribute("aria-hidden", "true");
      return [chip, ` ${count.toLocaleString("en")} ${word || UNKNOWN[field]}  `];
    }));
  }

  // ---- moving about ----------------------------------------------------------------------

  function move() {
    parts.view.setAttribute("transform", `translate(${state.x} ${state.y}) scale(${state.zoom})`);
  }

  function zoom(factor, x = svg.clientWidth / 2, y = svg.clientHeight / 2) {
    const next = Math.min(3, Math.max(0.05, state.zoom * factor));
    state.x = x - ((x - state.x) * next) / state.zoom;
    state.y = y - ((y - state.y) * next) / state.zoom;
    state.zoom = next;
    move();
  }

  function fitAll() {
    const { x, y, width, height } = drawn.placed;
    if (!x.length) return;
    const [left, right] = [Math.min(...x), Math.max(...x) + width];
    const [top, bottom] = [Math.min(...y), Math.max(...y) + height];
    const wide = svg.clientWidth - 24;
    const room = Math.min(680, innerHeight * 0.66);
    const across = Math.min(1.3, Math.max(READABLE, wide / (right - left)));
    svg.style.height = `${Math.max(300, Math.min(room, (bottom - top) * across + 60))}px`;
    const tall = svg.clientHeight - 24;
    state.zoom = Math.min(1.3, Math.max(READABLE, Math.min(wide / (right - left), tall / (bottom - top))));
    state.x = 12 - left * state.zoom + Math.max(0, (wide - (right - left) * state.zoom) / 2);
    state.y = 12 - top * state.zoom + Math.max(0, (tall - (bottom - top) * state.zoom) / 2);
    move();
  }

  function bringIntoView(number) {
    const { x, y, width, height } = drawn.placed;
    const [left, top] = [state.x + x[number] * state.zoom, state.y + y[number] * state.zoom];
    if (left < 0 || left + width * state.zoom > svg.clientWidth) state.x += svg.clientWidth / 2 - left - (width * state.zoom) / 2;
    if (top < 0 || top + height * state.zoom > svg.clientHeight) state.y += svg.clientHeight / 2 - top;
    move();
  }

  // ---- choosing --------------------------------------------------------------------------

  let cursor = -1;

  function mark() {
    cursor = state.chosen >= 0 ? drawn.boxOf.get(state.chosen) ?? -1 : cursor < drawn.found.length ? cursor : -1;
    parts.nodes.querySelectorAll(".chosen").forEach((node) => node.classList.remove("chosen"));
    parts.edges.querySelectorAll(".near").forEach((path) => path.classList.remove("near"));
    if (cursor < 0) return;
    parts.nodes.children[cursor].classList.add("chosen");
    drawn.between.forEach(({ a, b }, number) => {
      if (a === cursor || b === cursor) parts.edges.children[number].classList.add("near");
    });
  }

  function show(number) {
    const item = drawn.found[number];
    const panel = form.chosen;
    const line = (text) => Object.assign(document.createElement("p"), { textContent: text });
    panel.hidden = false;
    svg.parentElement.classList.add("beside");
    if (item.group) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Unfold" });
      button.addEventListener("click", () => unfold(item.group));
      panel.replaceChildren(Object.assign(document.createElement("h2"), { textContent: item.group }), line(`A group of ${item.members.length} assets.`), button);
      return;
    }
    const node = nodes[item.asset];
    const link = Object.assign(document.createElement("a"), { href: root + node[ADDRESS], textContent: "Code, columns, checks, cause, history" });
    const sides = { d: "Dagster", p: "Prefect" };
    panel.replaceChildren(
      Object.assign(document.createElement("h2"), { textContent: node[ID] }),
      line(`Group ${node[GROUP]}; on ${[...node[SIDES]].map((side) => sides[side]).join(" and ")}; run by ${node[ROUTING] || "unknown"}.`),
      line(`Checks: ${node[HEALTH] || UNKNOWN.health}. Parity: ${node[PARITY] || UNKNOWN.parity}.`),
      line(`Needs ${above[item.asset].length}, needed by ${below[item.asset].length}.`),
      ...(node[DIFFERENCE] ? [line(node[DIFFERENCE])] : []),
      link,
    );
  }

  function choose(number) {
    cursor = number;
    const item = drawn.found[number];
    state.chosen = item.group === undefined ? item.asset : -1;
    form.asset.value = item.group === undefined ? nodes[item.asset][ID] : "";
    mark();
    show(number);
    bringIntoView(number);
    write();
  }

  function clear() {
    state.chosen = cursor = -1;
    form.asset.value = "";
    form.depth.value = "all";
    form.chosen.hidden = true;
    svg.parentElement.classList.remove("beside");
    draw({ fit: true });
    write();
  }

  function unfold(group) {
    state.open.add(group);
    draw({ fit: true });
    write();
  }

  function chooseAsset(number) {
    state.chosen = number;
    if (form.depth.value === "all") state.open.add(nodes[number][GROUP]);
    draw({ fit: form.depth.value !== "all" });
    const place = drawn.boxOf.get(number);
    if (place === undefined) return;
    choose(place);
    if (form.depth.value !== "all") fitAll();
    bringIntoView(place);
  }

  // ---- the address -----------------------------------------------------------------------

  function write() {
    const words = new URLSearchParams();
    if (state.chosen >= 0) words.set("asset", nodes[state.chosen][ID]);
    if (form.depth.value !== "all") words.set("depth", form.depth.value);
    if (form.colour.value !== "routing") words.set("colour", form.colour.value);
    for (const group of state.open) words.append("group", group);
    history.replaceState(null, "", `#${state.open.size === groups.length ? allOpen(words) : words}`);
  }

  function allOpen(words) {
    words.delete("group");
    words.set("groups", "all");
    return words;
  }

  function read() {
    const words = new URLSearchParams(location.hash.slice(1));
    form.colour.value = words.get("colour") in FIELD ? words.get("colour") : "routing";
    form.depth.value = ["1", "2", "up", "down"].includes(words.get("depth")) ? words.get("depth") : "all";
    const all = words.get("groups") === "all" || (nodes.length <= FOLD_FROM && !words.has("group"));
    state.open = new Set(all ? groups : words.getAll("group"));
    state.chosen = byId.get(words.get("asset")) ?? -1;
    draw({ fit: true });
    if (state.chosen >= 0) chooseAsset(state.chosen);
  }

  // ---- pointer and keyboard --------------------------------------------------------------

  function step(key) {
    const { columns, above: before, below: after, y } = drawn.placed;
    if (cursor < 0) return 0;
    const column = columns.find((found) => found.includes(cursor));
    const place = column.indexOf(cursor);
    const near = (others) => [...others].sort((a, b) => Math.abs(y[a] - y[cursor]) - Math.abs(y[b] - y[cursor]))[0];
    return { ArrowLeft: near(before[cursor]), ArrowRight: near(after[cursor]), ArrowUp: column[place - 1], ArrowDown: column[place + 1] }[key];
  }

  function activate() {
    const item = drawn.found[cursor];
    if (!item) return;
    if (item.group) unfold(item.group);
    else location.assign(root + nodes[item.asset][ADDRESS]);
  }

  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      Enter: activate, Escape: clear, "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: fitAll,
      f: () => { if (state.chosen >= 0) { form.depth.value = "1"; chooseAsset(state.chosen); } },
    };
    if (event.key.startsWith("Arrow")) {
      const next = step(event.key);
      if (next !== undefined) choose(next);
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });

  let held = null;
  svg.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, moved: false };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (!held.moved && Math.hypot(dx, dy) < 4) return;
    Object.assign(held, { x: event.clientX, y: event.clientY, moved: true });
    state.x += dx;
    state.y += dy;
    move();
  });
  svg.addEventListener("pointerup", (event) => {
    const dragged = held?.moved;
    held = null;
    if (dragged) return;
    const hit = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-box]");
    if (hit) choose(Number(hit.dataset.box));
  });
  svg.addEventListener("pointercancel", () => { held = null; });
  svg.addEventListener("dblclick", activate);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });

  // ---- following the files -----------------------------------------------------------------

  const nameOf = (item) => item && (item.group ?? nodes[item.asset][ID]);
  const placeOf = (number) => drawn.placed.x[number] === undefined ? null : [drawn.placed.x[number], drawn.placed.y[number]];

  // New colours and states where the old ones stood: zoom, choice, unfolded groups and focus stay.
  function renew() {
    const [name, chosen, was] = [nameOf(drawn.found[cursor]), nodes[state.chosen]?.[ID], placeOf(cursor)];
    const inPanel = form.chosen.contains(document.activeElement);
    const everything = state.open.size === groups.length;
    take(globalThis.changeoverLineage);
    if (everything) state.open = new Set(groups);
    state.chosen = byId.get(chosen) ?? -1;
    cursor = -1;
    draw();
    cursor = drawn.found.findIndex((item) => nameOf(item) === name);
    mark();
    if (cursor < 0) {
      form.chosen.hidden = true;
      svg.parentElement.classList.remove("beside");
      return;
    }
    const is = placeOf(cursor); // where it was on the screen, even if the graph has grown around it
    if (was) [state.x, state.y] = [state.x + (was[0] - is[0]) * state.zoom, state.y + (was[1] - is[1]) * state.zoom];
    move();
    if (!form.chosen.hidden) show(cursor);
    if (inPanel) form.chosen.querySelector("a, button")?.focus();
  }

  document.addEventListener("changeover:changed", () => {
    const script = Object.assign(document.createElement("script"), { src: `${root}data/lineage.js` });
    script.addEventListener("load", () => { script.remove(); renew(); });
    script.addEventListener("error", () => script.remove());
    document.head.append(script);
  });

  // ---- the form --------------------------------------------------------------------------

  form.colour.addEventListener("change", () => { draw(); write(); });
  form.depth.addEventListener("change", () => {
    if (state.chosen < 0 && form.depth.value !== "all") said.textContent = "Choose an asset first.";
    draw({ fit: true });
    write();
  });
  form.asset.addEventListener("change", () => {
    const number = byId.get(form.asset.value.trim());
    if (number !== undefined) chooseAsset(number);
    else said.textContent = form.asset.value ? `There is no asset ${form.asset.value}.` : "";
  });
  document.getElementById("lineage-tools").addEventListener("submit", (event) => event.preventDefault());
  const press = (id, action) => document.getElementById(id).addEventListener("click", action);
  press("fold", () => { state.open.clear(); form.depth.value = "all"; draw({ fit: true }); write(); });
  press("unfold", () => { state.open = new Set(groups); draw({ fit: true }); write(); });
  press("larger", () => zoom(1.3));
  press("smaller", () => zoom(1 / 1.3));
  press("fit", fitAll);
  window.addEventListener("hashchange", read);
  take(globalThis.changeoverLineage);
  read();
})();
