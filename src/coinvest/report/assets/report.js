// Tables that sort and filter, drawings that pan and zoom. The page says everything without it.
"use strict";

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// --- tables ---

function value(row, column) {
  const cell = row.cells[column];
  return cell.dataset.v ?? cell.textContent;
}

function comparison(column, numeric, direction) {
  return (one, other) => {
    const a = value(one, column), b = value(other, column);
    if (a === "" || b === "") return (a === "") - (b === "");  // what is undefined stays last
    const order = numeric ? Number(a.replaceAll(",", "")) - Number(b.replaceAll(",", "")) : a.localeCompare(b);
    return direction * order;
  };
}

function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = element("button", {type: "button", textContent: head.textContent});
    const numeric = head.classList.contains("n");
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const first = numeric ? "descending" : "ascending";
      const next = now === null ? first : now === "ascending" ? "descending" : "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", next);
      const rows = [...table.tBodies[0].rows];
      table.tBodies[0].append(...rows.sort(comparison(column, numeric, next === "ascending" ? 1 : -1)));
    });
    head.replaceChildren(button);
  });
}

function makeFilterable(figure, table) {
  const rows = [...table.tBodies[0].rows];
  const count = element("output", {});
  const field = element("input", {type: "search", placeholder: "Filter rows"});
  field.setAttribute("aria-label", "Filter rows");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) ++shown;
    }
    count.textContent = wanted === "" ? "" : `${shown} of ${rows.length}`;
  });
  figure.querySelector(".tools").prepend(field, count);
}

for (const figure of document.querySelectorAll("figure.table:has(.tools)")) {
  const table = figure.querySelector("table");
  if (table.tBodies[0].rows.length > 1) makeSortable(table);
  if (table.tBodies[0].rows.length > 10) makeFilterable(figure, table);
}

// --- drawings ---

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
  const names = {"+": "Zoom in", "-": "Zoom out", "0": "Fit to width"}, signs = {"+": "+", "-": "−", "0": "Fit"};
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
