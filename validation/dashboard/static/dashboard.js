"use strict";
// What every page has: sorting, copying and downloading of tables, filters, Find and the theme.
// Nothing is evaluated and nothing is set as HTML.

const body = document.body;
const root = body.dataset.root;

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// ---- tables --------------------------------------------------------------------------------

function cells(row) {
  return [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").replace(/^[✓✗⚠◐·] /, "").trim());
}

function harmless(value) {
  return /^[=+\-@]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
}

function shownRows(table) {
  return [...table.rows].filter((row) => !row.hidden).map(cells);
}

function csv(rows) {
  const quoted = (value) => `"${harmless(value).replaceAll('"', '""')}"`;
  return rows.map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  make("a", { href: address, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { value: text });
    body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

function sortKey(text) {
  const plain = text.replaceAll(",", "");
  const number = Number.parseFloat(plain);
  return Number.isNaN(number) || !/^[≠\s]*-?[\d.]/.test(plain) ? text.toLowerCase() : number;
}

function sortBy(table, column, direction) {
  const rows = [...table.tBodies[0].rows];
  const keyed = rows.map((row, place) => [sortKey(cells(row)[column] ?? ""), place, row]);
  const compare = (a, b) =>
    typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? 1 : -1;
  keyed.sort((a, b) => direction * compare(a[0], b[0]) || a[1] - b[1]);
  table.tBodies[0].append(...keyed.map((entry) => entry[2]));
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    if (place === column) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
}

function filter(table, wanted) {
  const word = wanted.toLowerCase();
  for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(word);
}

function equip(sheet) {
  const table = sheet.querySelector("table");
  if (!table?.tHead || sheet.querySelector(":scope > .bar")) return;
  const name = sheet.dataset.name;
  const bar = make("div", { className: "bar" });
  if (table.tBodies[0].rows.length > 10) {
    const input = make("input", { type: "search", placeholder: "Filter these rows", id: `filter-${name}` });
    input.setAttribute("aria-label", `Filter the rows of ${name}`);
    input.addEventListener("input", () => filter(table, input.value));
    bar.append(input);
  }
  const said = make("span", { className: "quiet" });
  said.setAttribute("role", "status");
  const copyButton = make("button", { type: "button", textContent: "Copy" });
  copyButton.setAttribute("aria-label", `Copy the table ${name}`);
  copyButton.addEventListener("click", async () => {
    await copy(shownRows(table).map((row) => row.join("\t")).join("\n"));
    said.textContent = "Copied";
  });
  const csvButton = make("button", { type: "button", textContent: "CSV" });
  csvButton.setAttribute("aria-label", `Download the table ${name} as CSV`);
  csvButton.addEventListener("click", () => download(name, csv(shownRows(table))));
  bar.append(said, copyButton, csvButton);
  if (sheet.dataset.csv) bar.append(make("a", { href: sheet.dataset.csv, download: `${name}.csv`, textContent: "All rows (CSV)" }));
  sheet.prepend(bar);
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.classList.contains("plain")) return;
    const button = make("button", { type: "button", textContent: head.textContent });
    button.addEventListener("click", () =>
      sortBy(table, column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1));
    head.replaceChildren(button);
  });
}

// ---- logs ----------------------------------------------------------------------------------

// Without a server the form cannot ask for other lines: the lines on the page are filtered.
function equipLog() {
  const form = document.querySelector('form[data-filter="log"]');
  if (!form || body.dataset.digest) return;
  const input = form.querySelector("input");
  const show = () => {
    const word = input.value.toLowerCase();
    let matching = 0;
    for (const line of document.querySelectorAll("#log li")) {
      line.hidden = !line.textContent.toLowerCase().includes(word);
      matching += line.hidden ? 0 : 1;
    }
    document.getElementById("matches").textContent = `${matching} lines on this page hold it.`;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", input.value);
    history.replaceState(null, "", address);
    show();
  });
  const wanted = new URL(location.href).searchParams.get("q");
  if (wanted) {
    input.value = wanted;
    show();
  }
}

// ---- find ----------------------------------------------------------------------------------

let index = null;

function loadIndex() {
  index ??= new Promise((resolve) => {
    const script = make("script", { src: `${root}data/search.js` });
    script.addEventListener("load", () => resolve(globalThis.changeoverSearch ?? []));
    script.addEventListener("error", () => resolve([]));
    document.head.append(script);
  });
  return index;
}

function equipFind() {
  const input = document.getElementById("find");
  const list = document.getElementById("found");
  let chosen = -1;
  const options = () => [...list.children];
  const choose = (place) => {
    chosen = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = options()[place];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  input.addEventListener("focus", loadIndex);
  input.addEventListener("input", async () => {
    const word = input.value.trim().toLowerCase();
    if (!word) return close();
    const entries = await loadIndex();
    const hits = entries.filter((entry) => entry[1].toLowerCase().includes(word));
    hits.sort((a, b) => a[1].toLowerCase().indexOf(word) - b[1].toLowerCase().indexOf(word) || a[1].length - b[1].length);
    list.replaceChildren(...hits.slice(0, 12).map(([kind, name, address], number) => {
      const link = make("a", { href: root + address, tabIndex: -1 }, name, " ", make("small", { textContent: kind }));
      const option = make("li", { id: `found-${number}` }, link);
      option.setAttribute("role", "option");
      return option;
    }));
    if (!hits.length) list.append(make("li", { textContent: "Nothing by that name", role: "option" }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(hits.length ? 0 : -1);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.key === "ArrowDown") choose(Math.min(chosen + 1, last));
    else if (event.key === "ArrowUp") choose(Math.max(chosen - 1, 0));
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) options()[chosen].querySelector("a")?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => { if (!event.target.closest(".tools")) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      input.focus();
    }
  });
}

// ---- theme ---------------------------------------------------------------------------------

function equipTheme() {
  document.getElementById("theme").addEventListener("click", () => {
    const set = document.documentElement.dataset;
    const dark = set.theme ? set.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    set.theme = dark ? "light" : "dark";
    try { localStorage.setItem("changeover-theme", set.theme); } catch { /* storage refused: for this page only */ }
    document.dispatchEvent(new Event("changeover:theme"));
  });
}

// ---- start ---------------------------------------------------------------------------------

function equipPage() {
  document.querySelectorAll(".sheet").forEach(equip);
  equipLog();
}

// On a narrow screen the navigation is wider than what is seen of it.
const bar = document.querySelector(".top nav ul");
const here = bar.querySelector("[aria-current]");
if (here) bar.scrollLeft = here.offsetLeft + here.offsetWidth - bar.clientWidth;

equipPage();
equipFind();
equipTheme();
