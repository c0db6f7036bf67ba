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

const rowsAtOnce = 150;  // that are elements; others are made when they come near
const collator = new Intl.Collator(document.documentElement.lang);

// Columns of texts, the places of rounded numbers in their order, links, and which rows are faint: of a long table from
// the data beside it, of others from the page.
async function readTable(figure, heads) {
  const packed = figure.querySelector("script");
  if (packed !== null) {
    const letters = atob(packed.textContent), bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; ++at) bytes[at] = letters.charCodeAt(at);
    packed.remove();
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    const data = await new Response(stream).json();
    return {...data, faint: new Set(data.faint)};
  }
  const rows = [...figure.querySelector("tbody").rows];
  const columns = heads.map((_, column) => rows.map(row => row.cells[column]));
  const place = cell => cell.dataset.v === undefined ? null : Number(cell.dataset.v);
  return {
    shown: columns.map(cells => cells.map(cell => cell.textContent)),
    places: columns.map(cells => cells.some(cell => place(cell) !== null) ? cells.map(place) : null),
    links: columns.map(cells => cells.map(cell => cell.querySelector("a"))),
    faint: new Set([...rows.keys()].filter(row => rows[row].matches(".faint"))),
  };
}

// The place of each value among the others in their order, alike for equal ones; -1: undefined.
function placesOf(values, compare) {
  const known = [...new Set(values)].filter(value => value !== null && value !== "").sort(compare);
  const places = new Map(known.map((value, at) => [value, at]));
  return values.map(value => places.get(value) ?? -1);
}

// Rows by their places; equal ones stay as they were, undefined ones come last.
function sorted(rows, places, direction) {
  const end = places.length;
  const keys = Float64Array.from(rows, (row, at) => {
    const place = places[row] < 0 ? 2 * end : direction * places[row] + end;
    return place * rows.length + at;
  });
  return Array.from(keys.sort(), key => rows[key % rows.length]);
}

const once = make => { let made; return () => made ??= make(); };

function makeTable(figure) {
  const table = figure.querySelector("table"), body = table.tBodies[0], scroll = figure.querySelector(".scroll");
  const heads = [...table.tHead.rows[0].cells];
  const isLong = figure.querySelector("script") !== null;
  if (isLong && typeof DecompressionStream === "undefined") return;
  figure.querySelector(".first")?.remove();
  const names = heads.map(head => head.dataset.column);
  const id = names.indexOf("id"), name = names.indexOf("name");
  let data, ordered, chosen, texts = null, places = [], from = 0, rowHeight = null;

  const rowOf = at => {
    const row = chosen[at], made = element("tr", {className: data.faint.has(row) ? "faint" : "", ariaRowIndex: at + 2});
    heads.forEach((head, column) => {
      const text = data.shown[column][row], cell = element("td", {className: head.className});
      if (column === name && id >= 0 && canTell(data.shown[id][row]))
        cell.append(element("button", {type: "button", className: "behind", textContent: text,
                                       onclick: () => tellRows(data.shown[id][row], text)}));
      else
        cell.append(data.links?.[column][row] ?? text);
      made.append(cell);
    });
    return made;
  };

  // Elements for the rows from `first` on; margins stand for all others. Those that stay are not touched: one may have
  // the focus.
  const draw = first => {
    const next = Math.max(0, Math.min(first, chosen.length - rowsAtOnce)), to = Math.min(chosen.length, next + rowsAtOnce);
    const known = new Map([...body.rows].map((row, at) => [from + at, row]));
    for (const [at, row] of known) if (at < next || at >= to) row.remove();
    let after = null;
    for (let at = to - 1; at >= next; --at) {
      const row = known.get(at) ?? rowOf(at);
      if (row.parentNode !== body) body.insertBefore(row, after);
      after = row;
    }
    from = next;
    if (chosen.length <= rowsAtOnce && rowHeight === null) return;
    rowHeight ??= body.offsetHeight / (to - from);
    table.style.marginTop = `${from * rowHeight}px`;
    table.style.marginBottom = `${(chosen.length - to) * rowHeight}px`;
    // Columns grow with what comes, and never shrink: nothing jumps sideways.
    heads.map(head => head.offsetWidth).forEach((width, column) => { heads[column].style.minWidth = `${width}px`; });
  };

  const follow = () => {
    const view = scroll.getBoundingClientRect(), drawn = body.getBoundingClientRect(), near = view.height / 2;
    const to = from + body.rows.length;
    if ((from === 0 || drawn.top < view.top - near) && (to === chosen.length || drawn.bottom > view.bottom + near)) return;
    const place = row => row.getBoundingClientRect();
    const rows = [...body.rows], seen = rows.findIndex(row => place(row).bottom > view.top && place(row).top < view.bottom);
    const was = seen < 0 ? 0 : place(rows[seen]).top;
    const at = seen < 0 ? Math.floor(scroll.scrollTop / scroll.scrollHeight * chosen.length) : from + seen;
    draw(at - rowsAtOnce / 3);
    if (seen >= 0) scroll.scrollTop += place(rows[seen]).top - was;  // rows differ in height: what is seen stays
  };

  const field = element("input", {type: "search", placeholder: say("Filter rows")});
  const count = element("output", {});
  const choose = () => {
    const wanted = field.value.trim().toLowerCase();
    if (wanted !== "") texts ??= data.shown[0].map((_, row) => data.shown.map(cells => cells[row]).join("\n").toLowerCase());
    chosen = wanted === "" ? ordered : ordered.filter(row => texts[row].includes(wanted));
    count.textContent = wanted !== "" ? `${grouped(chosen.length)} ${say("of")} ${grouped(ordered.length)}`
      : isLong ? say("{} rows").replace("{}", grouped(ordered.length)) : "";
    table.ariaRowCount = chosen.length + 1;
    scroll.classList.toggle("long", chosen.length > 100);
    body.replaceChildren();
    scroll.scrollTop = 0;
    draw(0);
  };
  const sort = (column, direction) => {
    const shown = data.shown[column];
    places[column] ??= heads[column].classList.contains("n")
      ? placesOf(data.places[column] ?? shown.map(text => text === "" ? null : Number(text.replaceAll(",", ""))),
                 (one, other) => one - other)
      : placesOf(shown, collator.compare);
    ordered = sorted(ordered, places[column], direction);
    choose();
  };
  const ready = once(async () => {
    data = await readTable(figure, heads);
    ordered = [...data.shown[0].keys()];
    choose();
    scroll.addEventListener("scroll", follow, {passive: true});
    addEventListener("resize", () => heads.forEach(head => { head.style.minWidth = ""; }));
    addEventListener("beforeprint", () => draw(0));
    addEventListener("afterprint", follow);
    return new Map(names.map((column, at) => [column, data.shown[at]]));
  });
  columnsOf.set(figure, ready);

  if (isLong || body.rows.length > 1) heads.forEach((head, column) => {
    const button = element("button", {type: "button", textContent: head.textContent});
    if (head.textContent !== names[column]) button.title = names[column];
    button.addEventListener("click", async () => {
      await ready();
      const now = head.getAttribute("aria-sort");
      const first = head.classList.contains("n") ? "descending" : "ascending";
      const next = now === null ? first : now === "ascending" ? "descending" : "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", next);
      sort(column, next === "ascending" ? 1 : -1);
    });
    head.replaceChildren(button);
  });
  if (isLong || body.rows.length > 10) {
    field.setAttribute("aria-label", say("Filter rows"));
    field.addEventListener("input", async () => {
      await ready();
      choose();
    });
    figure.querySelector(".tools").prepend(field, count);
  }
  whenNear.observe(figure);
}

// --- the rows of the input behind a name or a figure ---

const sourceTables = ["investor-sources", "company-sources"].map(name => document.querySelector(`[data-table="${name}"]`));
const canTell = id => sourceTables.every(table => columnsOf.has(table)) && /^[ic]:/.test(id);

// Id to places.
const readSources = once(async () => {
  const read = new Map();
  for (const figure of sourceTables) {
    const columns = await columnsOf.get(figure)();
    columns.get("id").forEach((id, row) => read.set(id, columns.get("sources")[row]));
  }
  return read;
});

async function tellRows(id, name) {
  const places = (await readSources()).get(id);
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

const columnsOf = new Map();  // per figure what reads its columns by name
const whenNear = new IntersectionObserver(entries => {
  for (const {isIntersecting, target} of entries) if (isIntersecting) columnsOf.get(target)();
}, {rootMargin: "100%"});
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
