// Tables that sort and filter, drawings that pan and zoom. The page says everything without it.
"use strict";

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const words = JSON.parse(document.body.dataset.words);
const say = phrase => words[phrase] ?? phrase;
const grouped = number => number.toLocaleString("en");

// --- tables ---

const rowsAtOnce = 200;
const collator = new Intl.Collator(document.documentElement.lang);

// Rows as texts, with the places of rounded numbers in their order: the first ones stand in the page, others as data.
function recordsOf(figure, columns) {
  const records = [...figure.querySelector("tbody").rows].map(row => ({
    shown: [...row.cells].map(cell => cell.textContent),
    links: [...row.cells].map(cell => cell.querySelector("a")),
    places: [...row.cells].map(cell => cell.dataset.v),
    faint: row.classList.contains("faint"),
  }));
  const more = figure.querySelector("script");
  for (const cells of more === null ? [] : JSON.parse(more.textContent)) {
    const faint = cells.length > columns;
    if (faint) cells.pop();
    records.push({
      shown: cells.map(cell => Array.isArray(cell) ? cell[0] : cell),
      places: cells.map(cell => Array.isArray(cell) ? cell[1] : undefined),
      faint,
    });
  }
  return records;
}

function comparison(column, numeric, direction) {
  const key = record => Number(record.places[column] ?? record.shown[column].replaceAll(",", ""));
  return (one, other) => {
    const a = one.shown[column], b = other.shown[column];
    if (a === "" || b === "") return (a === "") - (b === "");  // what is undefined stays last
    return direction * (numeric ? key(one) - key(other) : collator.compare(a, b));
  };
}

function makeTable(figure) {
  const table = figure.querySelector("table"), body = table.tBodies[0], scroll = figure.querySelector(".scroll");
  const heads = [...table.tHead.rows[0].cells];
  const records = recordsOf(figure, heads.length);
  const names = heads.map(head => head.dataset.column);
  const id = names.indexOf("id"), name = names.indexOf("name");
  allRecords.set(figure, records);
  let chosen = records, ordered = records, drawn = 0;

  const rowOf = record => {
    const row = element("tr", {className: record.faint ? "faint" : ""});
    record.shown.forEach((text, column) => {
      const cell = element("td", {className: heads[column].className});
      if (column === name && id >= 0 && canTell(record.shown[id]))
        cell.append(element("button", {type: "button", className: "behind", textContent: text,
                                       onclick: () => tellRows(record.shown[id], text)}));
      else
        cell.append(record.links?.[column] ?? text);
      row.append(cell);
    });
    return row;
  };
  const count = element("output", {});
  const more = element("button", {type: "button", className: "more", textContent: say("More rows")});
  const draw = () => {
    body.append(...chosen.slice(drawn, drawn + rowsAtOnce).map(rowOf));
    drawn = Math.min(chosen.length, drawn + rowsAtOnce);
    more.hidden = drawn === chosen.length;
  };
  const redraw = () => {
    body.replaceChildren();
    drawn = 0;
    scroll.scrollTop = 0;
    draw();
  };
  const field = element("input", {type: "search", placeholder: say("Filter rows")});
  const choose = () => {
    const wanted = field.value.trim().toLowerCase();
    chosen = wanted === "" ? ordered : ordered.filter(
      record => (record.text ??= record.shown.join("\n").toLowerCase()).includes(wanted));
    count.textContent = wanted === "" ? "" : `${grouped(chosen.length)} ${say("of")} ${grouped(records.length)}`;
    redraw();
  };

  if (records.length > 1) heads.forEach((head, column) => {
    const button = element("button", {type: "button", textContent: head.textContent});
    if (head.textContent !== names[column]) button.title = names[column];
    const numeric = head.classList.contains("n");
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const first = numeric ? "descending" : "ascending";
      const next = now === null ? first : now === "ascending" ? "descending" : "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", next);
      ordered = [...ordered].sort(comparison(column, numeric, next === "ascending" ? 1 : -1));
      choose();
    });
    head.replaceChildren(button);
  });
  if (records.length > 10) {
    field.setAttribute("aria-label", say("Filter rows"));
    field.addEventListener("input", choose);
    figure.querySelector(".tools").prepend(field, count);
  }
  more.addEventListener("click", draw);
  scroll.addEventListener("scroll", () => {
    if (!more.hidden && scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 400) draw();
  }, {passive: true});
  scroll.after(more);
  redraw();
}

// --- the rows of the input behind a name or a figure ---

const sourceTables = ["investor-sources", "company-sources"].map(name => document.querySelector(`[data-table="${name}"]`));
let sources = null;  // id to places, read when first asked for

const canTell = id => sourceTables.every(table => table !== null) && /^[ic]:/.test(id);

function readSources() {
  const read = new Map();
  for (const figure of sourceTables) {
    const columns = [...figure.querySelectorAll("thead th")].map(head => head.dataset.column);
    if (columns.length === 0) continue;
    for (const record of allRecords.get(figure) ?? [])
      read.set(record.shown[columns.indexOf("id")], record.shown[columns.indexOf("sources")]);
  }
  return read;
}

function tellRows(id, name) {
  sources ??= readSources();
  const places = sources.get(id);
  const file = `tables/${id.startsWith("i:") ? "investor" : "company"}-sources.csv`;
  const close = element("button", {type: "button", textContent: say("Close"), onclick: () => dialog.close()});
  const heading = element("h2", {id: "behind", textContent: `${say("Rows behind")} ${name}`});
  const list = element("ul", {}, ...(places ?? "").split("; ").filter(text => text !== "").map(
    text => element("li", {textContent: text})));
  const elsewhere = element("p", {}, `${say("The rows are in the file")} `, element("a", {href: file, textContent: file}));
  dialog.replaceChildren(heading, places === undefined ? elsewhere : list, close);
  dialog.showModal();
}

const dialog = element("dialog", {});
dialog.setAttribute("aria-labelledby", "behind");
document.body.append(dialog);

const allRecords = new Map();
for (const figure of document.querySelectorAll("figure.table:has(.tools)")) makeTable(figure);

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target?.scrollIntoView();
}
addEventListener("hashchange", openTarget);
if (location.hash !== "") openTarget();

// --- drawings ---

// Marks the nodes whose words hold what is typed and shows the first; Enter goes on to the next.
function searchField(nodes, show) {
  const field = element("input", {type: "search", placeholder: say("Find in the drawing")});
  field.setAttribute("aria-label", say("Find in the drawing"));
  const count = element("output", {});
  let found = [], at = 0;
  const tell = () => {
    count.textContent = field.value.trim() === "" ? "" : `${found.length && at + 1} ${say("of")} ${found.length}`;
    if (found.length > 0) show(found[at]);
  };
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    found = wanted === "" ? [] : nodes.filter(node => node.textContent.toLowerCase().includes(wanted));
    nodes.forEach(node => node.classList.toggle("found", found.includes(node)));
    at = 0;
    tell();
  });
  field.addEventListener("keydown", event => {
    if (event.key !== "Enter" || found.length === 0) return;
    at = (at + 1) % found.length;
    tell();
  });
  return [field, count];
}

function makeZoomable(figure) {
  const canvas = figure.querySelector(".canvas"), svg = canvas.querySelector("svg");
  const box = svg.viewBox.baseVal;
  const home = {x: box.x, y: box.y, width: box.width, height: box.height};
  if (!home.width) return;

  // Screen pixels per unit of the drawing, and the point of the drawing under a point of the screen.
  const scale = () => svg.getScreenCTM().a;
  const under = (x, y) => new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
  const zoom = (factor, at) => {
    const width = Math.min(home.width, Math.max(home.width / 40, box.width / factor));
    const ratio = width / box.width;
    box.x = at.x - (at.x - box.x) * ratio;
    box.y = at.y - (at.y - box.y) * ratio;
    box.width = width;
    box.height *= ratio;
    if (width === home.width) Object.assign(box, home);
    canvas.classList.toggle("zoomed", width < home.width);
  };
  const middle = () => ({x: box.x + box.width / 2, y: box.y + box.height / 2});
  const pan = (x, y) => { box.x -= x / scale(); box.y -= y / scale(); };

  const actions = {"+": () => zoom(1.4, middle()), "-": () => zoom(1 / 1.4, middle()), "0": () => zoom(0, middle())};
  const names = {"+": say("Zoom in"), "-": say("Zoom out"), "0": say("Fit to width")};
  const signs = {"+": "+", "-": "−", "0": say("Fit")};
  figure.querySelector(".tools").prepend(...Object.keys(names).sort().map(key => {
    const button = element("button", {type: "button", textContent: signs[key], title: names[key], onclick: actions[key]});
    button.setAttribute("aria-label", names[key]);
    return button;
  }));
  canvas.addEventListener("keydown", event => {
    const step = {ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60]}[event.key];
    const action = actions[event.key === "=" ? "+" : event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || (!action && !(step && canvas.matches(".zoomed")))) return;
    event.preventDefault();
    action ? action() : pan(...step);
  });
  // The plain wheel scrolls the page; with Ctrl, or as a pinch on a touch pad, it zooms.
  canvas.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 200), under(event.clientX, event.clientY));
  }, {passive: false});
  canvas.addEventListener("pointerdown", event => {
    if (!canvas.matches(".zoomed") || event.button !== 0) return;
    const move = moved => pan(moved.movementX, moved.movementY);
    canvas.setPointerCapture(event.pointerId);
    canvas.addEventListener("pointermove", move);
    const end = () => canvas.removeEventListener("pointermove", move);
    canvas.addEventListener("pointerup", end, {once: true});
    canvas.addEventListener("pointercancel", end, {once: true});
  });
  const nodes = [...svg.querySelectorAll("g.node")];
  if (nodes.length > 0) figure.querySelector(".tools").prepend(...searchField(nodes, node => {
    const place = node.getBoundingClientRect();
    const at = under(place.x + place.width / 2, place.y + place.height / 2);
    zoom(box.width / Math.min(box.width, home.width / 3), at);
    box.x = at.x - box.width / 2;
    box.y = at.y - box.height / 2;
  }));
  canvas.addEventListener("dblclick", event => zoom(2, under(event.clientX, event.clientY)));
}

document.querySelectorAll("figure.drawing:has(svg)").forEach(makeZoomable);

// --- paper: what is folded on the screen is printed ---

let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach(part => { part.open = true; });
});
addEventListener("afterprint", () => folded.forEach(part => { part.open = false; }));
