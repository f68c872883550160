"use strict";
// Where the boxes of a graph go: layers by longest path, fewer crossings by sweeps of means (Sugiyama's method).
// https://doi.org/10.1109/TSMC.1981.4308636

(() => {
  const WIDTH = 200;
  const GAP_X = 70;
  const HEIGHT = 26;
  const GAP_Y = 16;
  const SWEEPS = 8;
  const TALLEST = 60;

  // Edges between different boxes, each once, and none that closes a cycle.
  function acyclic(count, edges) {
    const below = Array.from({ length: count }, () => new Set());
    for (const [source, target] of edges) if (source !== target) below[source].add(target);
    const state = new Uint8Array(count);
    for (let first = 0; first < count; first++) {
      if (state[first]) continue;
      const stack = [[first, [...below[first]].values()]];
      state[first] = 1;
      while (stack.length) {
        const [node, rest] = stack[stack.length - 1];
        const { value: next, done } = rest.next();
        if (done) {
          state[node] = 2;
          stack.pop();
        } else if (state[next] === 1) below[node].delete(next);
        else if (!state[next]) {
          state[next] = 1;
          stack.push([next, [...below[next]].values()]);
        }
      }
    }
    return below.map((targets) => [...targets]);
  }

  function layersOf(below, above) {
    const count = below.length;
    const layer = new Array(count).fill(0);
    const waiting = above.map((nodes) => nodes.length);
    const ready = [...layer.keys()].filter((node) => !waiting[node]);
    for (let place = 0; place < ready.length; place++) {
      const node = ready[place];
      for (const target of below[node]) {
        layer[target] = Math.max(layer[target], layer[node] + 1);
        if (!--waiting[target]) ready.push(target);
      }
    }
    // what nothing leads to stands right before what needs it first
    for (const node of ready.toReversed())
      if (!above[node].length && below[node].length) layer[node] = Math.min(...below[node].map((t) => layer[t])) - 1;
    return layer;
  }

  function mean(values, otherwise) {
    return values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : otherwise;
  }

  function order(columns, below, above) {
    const place = [];
    const remember = (column) => column.forEach((node, number) => { place[node] = number; });
    columns.forEach(remember);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      const down = sweep % 2 === 0;
      for (const column of down ? columns : columns.toReversed()) {
        const beside = down ? above : below;
        const wanted = new Map(column.map((node) => [node, mean(beside[node].map((n) => place[n]), place[node])]));
        column.sort((a, b) => wanted.get(a) - wanted.get(b) || a - b);
        remember(column);
      }
    }
  }

  // Boxes move towards the middle of their neighbours as far as those beside them leave room.
  function settle(columns, below, above) {
    const y = [];
    const step = HEIGHT + GAP_Y;
    for (const column of columns) column.forEach((node, number) => { y[node] = (number - column.length / 2) * step; });
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      const beside = sweep % 2 ? below : above;
      for (const column of sweep % 2 ? columns.toReversed() : columns) {
        const wanted = column.map((node) => mean(beside[node].map((n) => y[n]), y[node]));
        column.forEach((node, number) => {
          y[node] = number ? Math.max(wanted[number], y[column[number - 1]] + step) : wanted[number];
        });
        const drift = mean(column.map((node, number) => wanted[number] - y[node]), 0);
        for (const node of column) y[node] += drift;
      }
    }
    return y;
  }

  // A layer with very many boxes becomes several columns beside each other.
  function cut(columns) {
    return columns.flatMap((column) => {
      const parts = Math.ceil(column.length / TALLEST) || 1;
      const size = Math.ceil(column.length / parts) || 1;
      return Array.from({ length: parts }, (_, part) => column.slice(part * size, (part + 1) * size));
    });
  }

  function reversed(below) {
    const above = below.map(() => []);
    below.forEach((targets, source) => targets.forEach((target) => above[target].push(source)));
    return above;
  }

  // How far down the stream each asset is, whatever is folded: it tells which edges between groups point back.
  globalThis.changeoverRanks = (count, edges) => {
    const below = acyclic(count, edges);
    return layersOf(below, reversed(below));
  };

  // `ranks` orders the boxes; an edge against it is drawn, but does not count.
  globalThis.changeoverLayout = (ranks, edges) => {
    const count = ranks.length;
    const forth = edges.filter(([a, b]) => ranks[a] < ranks[b] || (ranks[a] === ranks[b] && a < b));
    const below = acyclic(count, forth);
    const above = reversed(below);
    const layer = layersOf(below, above);
    const columns = Array.from({ length: Math.max(0, ...layer) + 1 }, () => []);
    layer.forEach((number, node) => columns[number].push(node));
    order(columns, below, above);
    const drawn = cut(columns);
    const y = settle(drawn, below, above);
    const x = [];
    drawn.forEach((column, number) => column.forEach((node) => { x[node] = number * (WIDTH + GAP_X); }));
    return { x, y, columns: drawn, above, below, width: WIDTH, height: HEIGHT };
  };
})();
