"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes.map(([id, kind, group, layer, place, sides, difference, columns, checks, made], number) =>
  ({ number, id, kind, group, layer, place, sides, difference, columns, checks, made, above: [], below: [] }));
const edges = data.edges.map(([from, to, kind, hidden, difference, sides]) => ({ from, to, kind, hidden, difference, sides }));
for (const edge of edges) { nodes[edge.to].above.push(edge); nodes[edge.from].below.push(edge); }
const get = (id) => document.getElementById(id);
const canvas = get("graph"), pen = canvas.getContext("2d");
const W = 190, H = 30, DX = 260, DY = 40;
const state = { focus: data.focus, by: "", depth: 2, x: 30, y: 30, zoom: 1, view: null, over: -1, found: new Set(), open: new Set(), down: false };

// ---- what is shown ------------------------------------------------------------------------

function near(start, steps) {
  const seen = new Set([start]);
  for (const [list, end] of [["above", "from"], ["below", "to"]]) {
    let front = [start];
    const here = new Set(front);
    for (let n = 0; n < steps && front.length; n++) {
      const next = [];
      for (const node of front) for (const edge of nodes[node][list]) {
        if (!here.has(edge[end])) { here.add(edge[end]); next.push(edge[end]); }
      }
      front = next;
    }
    for (const node of here) seen.add(node);
  }
  return seen;
}

function bundle(node) {
  const name = bundled(node);
  return state.open.has(name) ? "" : name;
}

function bundled(node) {
  if (state.by === "year") return node.id.replace(/[_-]?(19|20)\d\d$/, "");
  if (state.by === "group") return node.group || node.layer || "(none)";
  if (state.by === "layer") return node.layer || "(none)";
  return "";
}

function visible() {
  const wanted = state.focus >= 0 ? near(state.focus, state.depth) : new Set(nodes.keys());
  const boxes = [], at = new Map(), named = new Map();
  for (const number of wanted) {
    const node = nodes[number], name = state.by && number !== state.focus ? bundle(node) : "";
    let box = name ? named.get(name) : undefined;
    if (!box) {
      box = { label: name || node.id, members: [], kind: node.kind, difference: 0, above: [], rank: -1 };
      boxes.push(box);
      if (name) named.set(name, box);
    }
    box.members.push(number);
    box.difference = box.difference || node.difference;
    at.set(number, box);
  }
  const links = new Map();
  for (const number of wanted) for (const edge of nodes[number].below) {
    const from = at.get(number), to = at.get(edge.to);
    if (!to || from === to) continue;
    const key = `${number_of(from)} ${number_of(to)}`;
    const known = links.get(key);
    if (known) { known.count++; known.hidden = known.hidden || edge.hidden; known.difference = known.difference || edge.difference; }
    else links.set(key, { from, to, kind: edge.kind, hidden: edge.hidden, difference: edge.difference, count: 1 });
  }
  return { boxes, links: [...links.values()] };
}

let counter = 0;
function number_of(box) { if (box.key === undefined) box.key = counter++; return box.key; }

function arrange(view) {
  for (const box of view.boxes) { box.above = []; box.below = []; box.rank = -1; }
  for (const link of view.links) if (link.kind !== "year") { link.to.above.push(link.from); link.from.below.push(link.to); }
  for (const start of view.boxes) {
    const stack = [[start, false]], open = new Set();
    while (stack.length) {
      const [box, ready] = stack.pop();
      if (ready) { box.rank = 1 + Math.max(-1, ...box.above.map((a) => a.rank)); continue; }
      if (box.rank >= 0 || open.has(box)) continue;
      open.add(box);
      stack.push([box, true]);
      for (const above of box.above) if (above.rank < 0 && !open.has(above)) stack.push([above, false]);
    }
  }
  const columns = [];
  for (const box of view.boxes) (columns[box.rank] = columns[box.rank] || []).push(box);
  const most = Math.max(1, ...columns.map((column) => (column || []).length)), area = canvas.getBoundingClientRect();
  const fits = (width, height) => Math.min(area.width / width, area.height / height);
  state.down = fits(most * (W + 16), columns.length * 74) > 1.3 * fits(columns.length * DX, most * DY);
  for (const column of columns) {
    if (!column) continue;
    for (const box of column) {
      box.middle = box.above.length ? box.above.reduce((sum, a) => sum + (a.row || 0), 0) / box.above.length : 0;
    }
    column.sort((a, b) => a.middle - b.middle || (a.label < b.label ? -1 : 1));
    column.forEach((box, row) => {
      box.row = row;
      box.x = state.down ? row * (W + 16) : box.rank * DX;
      box.y = state.down ? box.rank * 74 : row * DY;
    });
  }
  return view;
}

function show(fit = true) {
  state.view = arrange(visible());
  const shown = state.view.boxes.reduce((sum, box) => sum + box.members.length, 0);
  get("count").textContent = `${shown} of ${nodes.length} nodes, ${state.view.links.length} lines`;
  if (fit) fitted();
  about();
  draw();
}

function fitted() {
  const box = canvas.getBoundingClientRect();
  const right = Math.max(...state.view.boxes.map((b) => b.x)) + W, bottom = Math.max(...state.view.boxes.map((b) => b.y)) + H;
  const least = state.view.boxes.length <= 400 ? 0.5 : 0.04; // names stay readable; the rest is a drag away
  state.zoom = Math.min(1, Math.max(least, Math.min((box.width - 40) / right, (box.height - 40) / bottom)));
  state.x = 20; state.y = 20;
  const own = state.view.boxes.find((b) => b.members.includes(state.focus));
  if (own && state.zoom <= 0.5) { state.zoom = 0.6; state.x = box.width / 2 - own.x * 0.6; state.y = box.height / 2 - own.y * 0.6; }
}

// ---- drawing ------------------------------------------------------------------------------

const dark = matchMedia("(prefers-color-scheme: dark)");
function inks() {
  return dark.matches
    ? { ink: "#e6edf3", soft: "#9fb0c0", line: "#5b6b7b", asset: "#1b2733", model: "#182a1f", other: "#2b2618", edge: "#52687d", year: "#a58ad0", hidden: "#e0a33c", bad: "#ff7b6b", glow: "#3b82f6" }
    : { ink: "#1c2733", soft: "#5b6b7b", line: "#9aa9b8", asset: "#eef3f8", model: "#e8f1ea", other: "#f6f1e4", edge: "#8aa0b5", year: "#7a5fa8", hidden: "#c77d0a", bad: "#c0392b", glow: "#2563eb" };
}

function draw() {
  const size = canvas.getBoundingClientRect(), scale = devicePixelRatio || 1, ink = inks();
  canvas.width = size.width * scale; canvas.height = size.height * scale;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  pen.translate(state.x, state.y); pen.scale(state.zoom, state.zoom);
  const left = -state.x / state.zoom - DX, top = -state.y / state.zoom - DY;
  const right = left + size.width / state.zoom + 2 * DX, bottom = top + size.height / state.zoom + 2 * DY;
  for (const link of state.view.links) line(link, ink, left, top, right, bottom);
  for (const box of state.view.boxes) if (box.x > left && box.x < right && box.y > top && box.y < bottom) drawn(box, ink);
}

function line(link, ink, left, top, right, bottom) {
  const down = state.down;
  const x1 = link.from.x + (down ? W / 2 : W), y1 = link.from.y + (down ? H : H / 2);
  const x2 = link.to.x + (down ? W / 2 : 0), y2 = link.to.y + (down ? 0 : H / 2);
  if (Math.max(x1, x2) < left || Math.min(x1, x2) > right || Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) return;
  const near_ = state.over >= 0 && (link.from.members.includes(state.over) || link.to.members.includes(state.over));
  pen.strokeStyle = link.difference ? ink.bad : link.hidden ? ink.hidden : link.kind === "year" ? ink.year : near_ ? ink.glow : ink.line;
  pen.globalAlpha = near_ || link.difference || link.hidden || state.view.links.length < 600 ? 1 : 0.25;
  pen.lineWidth = (near_ ? 2 : 1) / Math.max(state.zoom, 0.4);
  pen.setLineDash(link.kind === "order" ? [3, 3] : link.kind === "year" ? [8, 4] : []);
  const bend = Math.max(30, Math.abs(down ? y2 - y1 : x2 - x1) / 2);
  pen.beginPath(); pen.moveTo(x1, y1);
  if (down) pen.bezierCurveTo(x1, y1 + bend, x2, y2 - bend, x2, y2);
  else pen.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  pen.stroke();
  pen.setLineDash([]); pen.globalAlpha = 1;
}

function drawn(box, ink) {
  const found = box.members.some((m) => state.found.has(m)), own = box.members.includes(state.focus);
  pen.fillStyle = box.kind === "asset" ? ink.asset : box.kind === "model" ? ink.model : ink.other;
  pen.strokeStyle = box.difference ? ink.bad : found || own ? ink.glow : ink.edge;
  pen.lineWidth = box.difference || found || own ? 2.5 : 1;
  pen.beginPath(); pen.roundRect(box.x, box.y, W, H, 5); pen.fill(); pen.stroke();
  if (box.members.length > 1) { pen.strokeRect(box.x + 4, box.y + H, W - 8, 3); }
  if (state.zoom < 0.28 && !found && !own) return;
  pen.fillStyle = ink.ink; pen.font = "12px system-ui,sans-serif";
  const more = box.members.length > 1 ? ` (${box.members.length})` : "";
  let text = box.label.split("/").pop();
  if (text.length + more.length > 27) text = text.slice(0, 26 - more.length) + "…";
  pen.fillText(text + more, box.x + 8, box.y + 19);
}

// ---- what is said of a node -----------------------------------------------------------------

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function about() {
  const side = get("about"), node = nodes[state.focus];
  side.replaceChildren();
  if (!node) {
    side.append(element("h2", "The whole graph"), element("p", "Click a node for what it needs and what needs it, a bundle to open it. Drag to move, wheel to zoom, arrows and +/- on the keyboard.", "soft"));
    const apart = nodes.filter((n) => n.difference);
    side.append(element("p", apart.length ? `${apart.length} nodes are loaded by one side only` : "No node is loaded by one side only", apart.length ? "bad" : "soft"));
    apart.slice(0, 50).forEach((n) => side.append(link(n.number)));
    return;
  }
  side.append(element("h2", node.id), element("p", `${node.kind}${node.layer ? ", " + node.layer : ""}${node.group ? ", group " + node.group : ""}`, "soft"), element("p", node.place, "soft"));
  side.append(element("p", node.sides.length ? "loaded by " + node.sides.join(" and ") : "known from code alone", node.difference ? "bad" : "soft"));
  if (node.made) side.append(element("h3", "last made"), element("p", node.made));
  for (const [title, list, end] of [["needs", node.above, "from"], ["is needed by", node.below, "to"]]) {
    side.append(element("h3", `${title} (${list.length})`));
    for (const edge of list) {
      side.append(link(edge[end]));
      const told = [edge.kind === "data" ? "" : edge.kind, edge.hidden ? "declared nowhere" : "", edge.difference ? "only " + edge.sides[0] : ""].filter(Boolean).join(", ");
      if (told) side.append(element("span", " " + told, edge.difference || edge.hidden ? "bad" : "soft"));
      side.append(document.createElement("br"));
    }
  }
  if (node.columns.length) side.append(element("h3", `columns (${node.columns.length})`));
  for (const column of node.columns) {
    const made = data.columns.filter((c) => c[2] === node.number && c[3] === column).map((c) => `${nodes[c[0]].id}.${c[1]}`);
    side.append(element("p", column + (made.length ? " ← " + made.join(", ") : "")));
  }
  if (node.checks.length) side.append(element("h3", `checks (${node.checks.length})`));
  node.checks.forEach((check) => side.append(element("p", check)));
}

function link(number) {
  const made = element("button", nodes[number].id);
  made.onclick = () => focus(number);
  return made;
}

function focus(number) { state.focus = number; state.found = new Set(); show(); }

// ---- what the reader does ---------------------------------------------------------------------

function hit(event) {
  const area = canvas.getBoundingClientRect();
  const x = (event.clientX - area.left - state.x) / state.zoom, y = (event.clientY - area.top - state.y) / state.zoom;
  return state.view.boxes.find((b) => x >= b.x && x <= b.x + W && y >= b.y && y <= b.y + H);
}
let drag = null;
canvas.onpointerdown = (event) => { drag = { x: event.clientX, y: event.clientY, moved: false }; canvas.setPointerCapture(event.pointerId); };
canvas.onpointermove = (event) => {
  if (drag) {
    const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (drag.moved || Math.abs(dx) + Math.abs(dy) > 3) { state.x += dx; state.y += dy; drag = { x: event.clientX, y: event.clientY, moved: true }; draw(); }
    return;
  }
  const box = hit(event), over = box ? box.members[0] : -1;
  canvas.title = box ? (box.members.length > 1 ? `${box.label}: ${box.members.length} nodes` : nodes[box.members[0]].id) : "";
  if (over !== state.over) { state.over = over; draw(); }
};
canvas.onpointerup = (event) => {
  const moved = drag && drag.moved;
  drag = null;
  const box = moved ? null : hit(event);
  if (!box) return;
  if (box.members.length > 1) { state.open.add(box.label); show(); } else focus(box.members[0]);
};
canvas.onwheel = (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.offsetX, event.offsetY); };
function zoom(by, x, y) {
  const next = Math.min(3, Math.max(0.03, state.zoom * by)), real = next / state.zoom;
  state.x = x - (x - state.x) * real; state.y = y - (y - state.y) * real; state.zoom = next; draw();
}
canvas.onkeydown = (event) => {
  const move = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
  if (move) { state.x += move[0]; state.y += move[1]; draw(); event.preventDefault(); }
  if (event.key === "+" || event.key === "-") zoom(event.key === "+" ? 1.2 : 1 / 1.2, canvas.clientWidth / 2, canvas.clientHeight / 2);
  if (event.key === "Escape") focus(-1);
};
get("search").oninput = () => {
  const word = get("search").value.toLowerCase();
  const hits = word ? nodes.filter((n) => n.id.toLowerCase().includes(word)) : [];
  get("names").replaceChildren(...hits.slice(0, 30).map((n) => { const o = document.createElement("option"); o.value = n.id; return o; }));
  state.found = new Set(hits.map((n) => n.number));
  const exact = hits.find((n) => n.id.toLowerCase() === word);
  if (exact) focus(exact.number); else draw();
};
get("search").onchange = () => { const first = [...state.found][0]; if (state.found.size === 1) focus(first); };
get("by").onchange = () => { state.by = get("by").value; state.open.clear(); show(); };
get("depth").onchange = () => { state.depth = Number(get("depth").value); show(); };
get("all").onclick = () => { state.open.clear(); focus(-1); };
addEventListener("resize", () => draw());
dark.addEventListener("change", () => { legend(); draw(); });
function legend() {
  const ink = inks(), lines = [["data", ink.line, "solid"], ["order only", ink.line, "dotted"], ["the year before", ink.year, "dashed"], ["declared nowhere", ink.hidden, "solid"], ["one side only", ink.bad, "solid"]];
  get("legend").replaceChildren(...lines.flatMap(([text, color, style]) => { const b = document.createElement("b"); b.style.borderTop = `2px ${style} ${color}`; return [b, text]; }));
}
if (nodes.length > 60 && state.focus < 0) { state.by = nodes.length > 400 ? "group" : "layer"; get("by").value = state.by; }
legend();
show();
