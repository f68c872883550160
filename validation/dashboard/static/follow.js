"use strict";
// Following the files: an open page asks whether something has changed, and replaces its content.

const EVERY = 2000;

// What a person has opened, typed and scrolled stays as it is when the page's content is replaced.
function kept() {
  const open = [...document.querySelectorAll("details[id]")].map((element) => [element.id, element.open]);
  const typed = [...document.querySelectorAll("main input[id]")].map((element) => [element.id, element.value]);
  const scrolled = [...document.querySelectorAll(".scroll")].map((element) => [element.scrollTop, element.scrollLeft]);
  const sorted = [...document.querySelectorAll(".sheet")].flatMap((sheet) => {
    const head = sheet.querySelector("th[aria-sort]");
    return head ? [[sheet.dataset.name, head.cellIndex, head.getAttribute("aria-sort") === "ascending" ? 1 : -1]] : [];
  });
  return { open, typed, scrolled, sorted, focus: document.activeElement?.id };
}

function restore(state) {
  for (const [id, open] of state.open) { const element = document.getElementById(id); if (element) element.open = open; }
  for (const [name, column, direction] of state.sorted) {
    const sheet = [...document.querySelectorAll(".sheet")].find((found) => found.dataset.name === name);
    if (sheet) sortBy(sheet.querySelector("table"), column, direction);
  }
  for (const [id, value] of state.typed) {
    const element = document.getElementById(id);
    if (element && value) { element.value = value; element.dispatchEvent(new Event("input")); }
  }
  document.querySelectorAll(".scroll").forEach((element, place) => {
    [element.scrollTop, element.scrollLeft] = state.scrolled[place] ?? [0, 0];
  });
  if (state.focus) document.getElementById(state.focus)?.focus({ preventScroll: true });
}

// A part that a person steers (the graph) stays where it is, and is told that there is something new.
function replace(fresh) {
  const here = document.getElementById("main");
  const [steady, mark] = [here, fresh].map((main) => main.querySelector(":scope > [data-steady]"));
  const children = [...document.adoptNode(fresh).childNodes];
  if (!steady || !mark) return here.replaceChildren(...children);
  for (const child of [...here.childNodes]) if (child !== steady) child.remove();
  const place = children.indexOf(mark);
  steady.before(...children.slice(0, place));
  steady.after(...children.slice(place + 1));
  document.dispatchEvent(new Event("changeover:changed"));
}

async function refresh(live) {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok && answer.status !== 404) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = fresh.getElementById("main");
  if (!main || (main.querySelector("[data-steady]") && !document.querySelector("main [data-steady]"))) {
    location.reload(); // the page needs scripts that it did not have
    return;
  }
  const state = kept();
  replace(main);
  equipPage();
  restore(state);
  live.textContent = `Live: changed at ${new Date().toLocaleTimeString()}.`;
  body.dataset.digest = fresh.body.dataset.digest;
}

function follow() {
  const live = document.getElementById("live");
  if (!live) return;
  const look = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(`${root}live`, { cache: "no-store" });
        if (!answer.ok) throw new Error(String(answer.status));
        if ((await answer.json()).digest !== body.dataset.digest) await refresh(live);
        else if (live.dataset.lost) live.textContent = "Live: this page follows the files.";
        delete live.dataset.lost;
      }
    } catch {
      live.dataset.lost = "yes";
      live.textContent = "Not live: migrate dashboard has ended. Start it again, and this page goes on.";
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}

follow();
