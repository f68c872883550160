"use strict";
// A drawing that is moved by dragging, made larger with ctrl and the wheel, and fitted to its frame.

(() => {
  const READABLE = 0.75; // smaller than this nobody can read a name: the rest is reached by dragging

  globalThis.changeoverView = (svg, layer, pressed) => {
    const view = { x: 0, y: 0, zoom: 1, move, larger, fit, bring };

    function move(x = view.x, y = view.y) {
      [view.x, view.y] = [x, y];
      layer.setAttribute("transform", `translate(${x} ${y}) scale(${view.zoom})`);
    }

    function larger(factor, x = svg.clientWidth / 2, y = svg.clientHeight / 2) {
      const next = Math.min(3, Math.max(0.05, view.zoom * factor));
      const by = next / view.zoom;
      view.zoom = next;
      move(x - (x - view.x) * by, y - (y - view.y) * by);
    }

    function fit({ x, y, width, height }) {
      if (!x.length) return;
      const [left, right] = [Math.min(...x), Math.max(...x) + width];
      const [top, bottom] = [Math.min(...y), Math.max(...y) + height];
      const wide = svg.clientWidth - 24;
      const room = Math.min(680, innerHeight * 0.66);
      const across = Math.min(1.3, Math.max(READABLE, wide / (right - left)));
      svg.style.height = `${Math.max(300, Math.min(room, (bottom - top) * across + 60))}px`;
      const tall = svg.clientHeight - 24;
      view.zoom = Math.min(1.3, Math.max(READABLE, Math.min(wide / (right - left), tall / (bottom - top))));
      const beside = (free, taken) => Math.max(0, (free - taken * view.zoom) / 2);
      move(12 - left * view.zoom + beside(wide, right - left), 12 - top * view.zoom + beside(tall, bottom - top));
    }

    // Bring one box into the frame.
    function bring({ x, y, width, height }, number) {
      const [left, top] = [view.x + x[number] * view.zoom, view.y + y[number] * view.zoom];
      const [wide, tall] = [width * view.zoom, height * view.zoom];
      const across = left < 0 || left + wide > svg.clientWidth ? svg.clientWidth / 2 - left - wide / 2 : 0;
      const down = top < 0 || top + tall > svg.clientHeight ? svg.clientHeight / 2 - top : 0;
      move(view.x + across, view.y + down);
    }

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
      move(view.x + dx, view.y + dy);
    });
    svg.addEventListener("pointerup", (event) => {
      const dragged = held?.moved;
      held = null;
      if (!dragged) pressed(document.elementFromPoint(event.clientX, event.clientY));
    });
    svg.addEventListener("pointercancel", () => { held = null; });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const frame = svg.getBoundingClientRect();
      larger(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - frame.left, event.clientY - frame.top);
    }, { passive: false });
    return view;
  };
})();
