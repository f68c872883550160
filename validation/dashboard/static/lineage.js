"use strict";
// The drawn asset graph: pan, zoom, folding by group, neighbours of one asset, by pointer and by keyboard.
// What is shown stands in the address after the #, so that a view can be sent.

(() => {
  const svg = document.getElementById("graph");
  if (!globalThis.changeoverLineage || !svg) return;

  const MOST = 1500;
  const FOLD_FROM = 40;
  const { ID, GROUP, SIDES, ROUTING, HEALTH, PARITY, DIFFERENCE, ADDRESS } = changeoverGraph.fields;
  const FIELD = { routing: ROUTING, health: HEALTH, parity: PARITY };
  const UNKNOWN = { routing: "unknown", health: "no check", parity: "not compared" };
  const parts = Object.fromEntries(["view", "edges", "nodes"].map((id) => [id, document.getElementById(id)]));
  const form = Object.fromEntries(["colour", "depth", "asset", "legend", "chosen"].map((id) => [id, document.getElementById(id)]));
  const said = document.getElementById("graph-said");
  const root = document.body.dataset.root;

  const state = { open: new Set(), chosen: -1 };
  const view = changeoverView(svg, parts.view, (hit) => {
    const number = hit?.closest("[data-box]")?.dataset.box;
    if (number !== undefined) choose(Number(number));
  });
  let drawn = null;

  // ---- what is shown ---------------------------------------------------------------------

  let graph, nodes, groups;

  function take(data) {
    graph = changeoverGraph(data);
    ({ nodes, groups } = graph);
    document.getElementById("assets").replaceChildren(...nodes.slice(0, 2000).map((node) => Object.assign(document.createElement("option"), { value: node[ID] })));
  }

  const boxes = () => graph.boxes(state.chosen, form.depth.value, state.open);

  // ---- drawing ---------------------------------------------------------------------------

  function draw({ fit = false } = {}) {
    let { found, boxOf } = boxes();
    said.textContent = "";
    if (found.length > MOST) {
      said.textContent = `${found.length.toLocaleString("en")} boxes are too many to read: groups stay folded. Choose an asset and show its neighbours.`;
      state.open.clear();
      ({ found, boxOf } = boxes());
    }
    const between = new Map();
    for (const [source, target, kind, difference] of graph.edges) {
      const [a, b] = [boxOf.get(source), boxOf.get(target)];
      if (a === undefined || b === undefined || a === b) continue;
      const key = a * found.length + b;
      const known = between.get(key);
      between.set(key, { a, b, kind: known?.kind ?? kind, differs: Boolean(known?.differs || difference) });
    }
    const mean = (box) => box.members.reduce((sum, number) => sum + graph.ranks[number], 0) / box.members.length;
    const placed = changeoverLayout(found.map(mean), [...between.values()].map(({ a, b }) => [a, b]));
    drawn = { found, boxOf, placed, between: [...between.values()] };
    parts.edges.replaceChildren(...drawn.between.map((edge) => changeoverBoxes.edge(placed, edge)));
    parts.nodes.replaceChildren(...found.map(box));
    legend();
    if (fit) fitAll();
    else view.move();
    mark();
  }

  function box(item, number) {
    const field = form.colour.value;
    const word = graph.value(item, FIELD[field]);
    const count = item.group ? ` (${item.members.length})` : "";
    const differs = item.members.some((member) => nodes[member][DIFFERENCE]);
    const said = `${field} ${word || UNKNOWN[field]}`;
    return changeoverBoxes.box(drawn.placed, number, { name: nameOf(item), count, folded: Boolean(item.group), differs, field, word, said });
  }

  function legend() {
    const field = form.colour.value;
    const counts = new Map();
    for (const item of drawn.found) for (const member of item.members) {
      const word = nodes[member][FIELD[field]] || "";
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const words = [...counts].sort((a, b) => changeoverGraph.worst.indexOf(a[0]) - changeoverGraph.worst.indexOf(b[0]));
    form.legend.replaceChildren(...words.flatMap(([word, count]) => {
      const chip = document.createElement("span");
      chip.className = `chip ${field}-${(word || "none").replaceAll(" ", "-")}`;
      chip.textContent = changeoverBoxes.glyph(word);
      chip.setAttribute("aria-hidden", "true");
      return [chip, ` ${count.toLocaleString("en")} ${word || UNKNOWN[field]}  `];
    }));
  }

  const fitAll = () => view.fit(drawn.placed);

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
      line(`Needs ${graph.above[item.asset].length}, needed by ${graph.below[item.asset].length}.`),
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
    view.bring(drawn.placed, number);
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
    view.bring(drawn.placed, place);
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
    state.chosen = graph.byId.get(words.get("asset")) ?? -1;
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
      Enter: activate, Escape: clear, "+": () => view.larger(1.3), "=": () => view.larger(1.3), "-": () => view.larger(1 / 1.3), 0: fitAll,
      f: () => { if (state.chosen >= 0) { form.depth.value = "1"; chooseAsset(state.chosen); } },
    };
    if (event.key.startsWith("Arrow")) {
      const next = step(event.key);
      if (next !== undefined) choose(next);
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });

  svg.addEventListener("dblclick", activate);

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
    state.chosen = graph.byId.get(chosen) ?? -1;
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
    if (was) view.move(view.x + (was[0] - is[0]) * view.zoom, view.y + (was[1] - is[1]) * view.zoom);
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
    const number = graph.byId.get(form.asset.value.trim());
    if (number !== undefined) chooseAsset(number);
    else said.textContent = form.asset.value ? `There is no asset ${form.asset.value}.` : "";
  });
  document.getElementById("lineage-tools").addEventListener("submit", (event) => event.preventDefault());
  const press = (id, action) => document.getElementById(id).addEventListener("click", action);
  press("fold", () => { state.open.clear(); form.depth.value = "all"; draw({ fit: true }); write(); });
  press("unfold", () => { state.open = new Set(groups); draw({ fit: true }); write(); });
  press("larger", () => view.larger(1.3));
  press("smaller", () => view.larger(1 / 1.3));
  press("fit", fitAll);
  window.addEventListener("hashchange", read);
  take(globalThis.changeoverLineage);
  read();
})();
