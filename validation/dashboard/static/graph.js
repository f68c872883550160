"use strict";
// The asset graph as data: what is near an asset, and which boxes are shown, folded by group.

(() => {
  const fields = { ID: 0, GROUP: 1, SIDES: 2, ROUTING: 3, HEALTH: 4, PARITY: 5, DIFFERENCE: 6, ADDRESS: 7 };
  const WORST = ["differs", "different", "error", "missing", "schema", "failed", "one side only", "passed", "equal", "dagster", "shadow", "prefect", "retired", ""];

  globalThis.changeoverGraph = ({ nodes, edges }) => {
    const byId = new Map(nodes.map((node, number) => [node[fields.ID], number]));
    const groups = [...new Set(nodes.map((node) => node[fields.GROUP]))].sort();
    const above = nodes.map(() => []);
    const below = nodes.map(() => []);
    for (const [source, target] of edges) { above[target].push(source); below[source].push(target); }
    const ranks = changeoverRanks(nodes.length, edges.filter((edge) => edge[2] !== "year"));

    function reach(start, beside, steps) {
      const found = new Set([start]);
      let front = [start];
      for (let step = 0; step < steps && front.length; step++) {
        front = front.flatMap((node) => beside[node]).filter((node) => !found.has(node));
        front.forEach((node) => found.add(node));
      }
      return found;
    }

    function wanted(chosen, depth) {
      if (chosen < 0 || depth === "all") return nodes.map((_, number) => number);
      const up = depth === "down" ? 0 : depth === "up" ? Infinity : Number(depth);
      const down = depth === "up" ? 0 : depth === "down" ? Infinity : Number(depth);
      return [...reach(chosen, above, up), ...[...reach(chosen, below, down)].slice(1)];
    }

    // Boxes: an asset, or a group that is folded. Focused views are never folded.
    function boxes(chosen, depth, open) {
      const focused = chosen >= 0 && depth !== "all";
      const found = [];
      const boxOf = new Map();
      const folded = new Map();
      for (const number of [...new Set(wanted(chosen, depth))].sort((a, b) => a - b)) {
        const group = nodes[number][fields.GROUP];
        if (focused || open.has(group)) {
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

    return { nodes, edges, byId, groups, above, below, ranks, boxes, value };
  };
  changeoverGraph.fields = fields;
  changeoverGraph.worst = WORST;
})();
