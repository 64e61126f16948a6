// The network page. All texts are put in as text, never as markup.
"use strict";
const $ = id => document.getElementById(id);
const byId = new Map(NODES.map(n => [n.id, n]));
const FACTS = ["Actual", "Planned", "Possible", "Negated"];
const DASHES = { Actual: false, Planned: [9, 6], Possible: [2, 6], Negated: [14, 4, 2, 4] };
const LISTED = 300, DAY = 86400000;
const day = text => text ? Math.round(Date.parse(text) / DAY) : null;
const iso = number => new Date(number * DAY).toISOString().slice(0, 10);
for (const event of EVENTS) { event.span = [event.begin || "…", event.end || "…"]; event.begin = day(event.begin); event.end = day(event.end); }
const known = EVENTS.flatMap(e => [e.begin, e.end]).filter(d => d !== null);
const FIRST = known.length ? Math.min(...known) : 0, LAST = known.length ? Math.max(...known) : 0;
const kinds = [...new Set(EVENTS.map(e => e.kind))], sources = [...new Set(EVENTS.map(e => e.source).filter(Boolean))].sort();
const ranked = [...NODES].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1));
const START = { lang: LANGUAGE, kinds: [], facts: FACTS, from: FIRST, to: LAST, undated: true, source: "", confidence: 0, weight: 1, size: "degree", most: Math.min(NODES.length, 300), actor: "", table: false };
let state = fromHash(), chosen = null, visible = [];
const t = key => WORDS[state.lang][key] || key;

function fromHash() {
  try { return { ...START, ...JSON.parse(decodeURIComponent(location.hash.slice(1) || "{}")) }; } catch { return { ...START }; }
}
function toHash() {
  const changed = Object.fromEntries(Object.entries(state).filter(([k, v]) => JSON.stringify(v) !== JSON.stringify(START[k])));
  history.replaceState(null, "", Object.keys(changed).length ? `#${encodeURIComponent(JSON.stringify(changed))}` : location.pathname + location.search);
}

// --- which events are shown ---
function keeps(event) {
  if (state.kinds.length && !state.kinds.includes(event.kind)) return false;
  if (!state.facts.includes(event.factuality)) return false;
  if (Number(event.confidence) < state.confidence) return false;
  if (state.source && event.source !== (state.source === "\u0000" ? "" : state.source)) return false;
  if (event.dated !== "date" && event.dated !== "bounds" && !state.undated) return false;
  if (event.begin === null && event.end === null) return true;
  return (event.end ?? event.begin) >= state.from && (event.begin ?? event.end) <= state.to;
}
function select() {
  const strongest = new Set(ranked.slice(0, state.most).map(n => n.id)), weights = new Map();
  const kept = EDGES.map(e => ({ ...e, events: e.events.map(i => EVENTS[i]).filter(keeps) })).filter(e => e.events.length);
  const pair = e => e.from < e.to ? `${e.from} ${e.to}` : `${e.to} ${e.from}`;
  for (const e of kept) weights.set(pair(e), (weights.get(pair(e)) || 0) + e.events.length);
  const heavy = kept.filter(e => weights.get(pair(e)) >= state.weight);
  visible = heavy.filter(e => strongest.has(e.from) && strongest.has(e.to));
  const all = new Set(heavy.flatMap(e => [e.from, e.to])), shown = new Set(visible.flatMap(e => [e.from, e.to]));
  const count = edges => new Set(edges.flatMap(e => e.events.map(v => v.event))).size;
  $("left-out").textContent = t("hidden")(all.size - shown.size, count(heavy) - count(visible));
}

// --- the picture ---
const nodes = new vis.DataSet(), edges = new vis.DataSet();
const network = new vis.Network($("network"), { nodes, edges }, { physics: false, interaction: { hover: true, tooltipDelay: 150, hideEdgesOnDrag: NODES.length > 150, keyboard: { enabled: true, bindToWindow: false } }, edges: { smooth: NODES.length > 300 ? false : { type: "curvedCW", roundness: 0.12 } }, layout: { improvedLayout: false } });
const ROOT = document.documentElement.classList, PREFERRED = matchMedia("(prefers-color-scheme: dark)");
function dark() { return ROOT.contains("dark"); }
function wear(isDark) { ROOT.toggle("dark", isDark); ROOT.toggle("light", !isDark); }
function worst(events) { return FACTS.find(f => events.some(e => e.factuality === f)); }
function draw() {
  const used = new Set(visible.flatMap(e => [e.from, e.to])), ink = dark() ? "#ececec" : "#1b1b1b", paper = dark() ? "#16181b" : "#ffffff", line = dark() ? "#a4abb2" : "#767676";
  const largest = Math.max(...NODES.map(n => n[state.size]), 1e-9), many = used.size > 120;
  nodes.clear(); edges.clear();
  nodes.add(NODES.filter(n => used.has(n.id)).map(n => ({ id: n.id, label: many && n.degree < 4 ? undefined : n.label, title: tip([n.label, t(n.kind), n.country, n.first && `${n.first} – ${n.last}`]), color: n.color, shape: n.shape, size: 9 + 22 * Math.sqrt(n[state.size] / largest), x: n.x, y: n.y, font: { size: 18, color: ink, strokeWidth: 5, strokeColor: paper } })));
  edges.add(visible.map(e => {
    const factuality = worst(e.events), names = [...new Set(e.events.map(v => t(v.kind)))], label = names.length === 1 ? names[0] : String(e.events.length);
    return { id: e.id, from: e.from, to: e.to, arrows: e.arrows, ...(NODES.length > 300 ? {} : { smooth: { enabled: true, type: "curvedCW", roundness: e.arrows ? 0.22 : 0.06 } }), width: 1 + Math.min(e.events.length, 6), dashes: DASHES[factuality], title: tip(e.events.slice(0, 3).map(v => `${t(v.kind)}: ${v.sentence}`)), color: { color: line, highlight: "#0b57a4", hover: "#0b57a4" }, label: many ? undefined : factuality === "Negated" ? [...label].map(c => c + "\u0336").join("") : label, font: { size: 13, color: ink, strokeWidth: 4, strokeColor: paper } };
  }));
}
function tip(lines) { const box = document.createElement("div"); box.style.cssText = "max-width:22rem;white-space:normal;color:#1b1b1b"; for (const line of lines.filter(Boolean)) { const p = document.createElement("div"); p.textContent = line; box.append(p); } return box; }

// --- the panel and the table ---
function text(tag, content, name) { const node = document.createElement(tag); node.textContent = content; if (name) node.className = name; return node; }
function when(event) {
  if (event.dated === "date") return event.span[0];
  if (event.dated === "bounds") return event.span.join(" – ");
  return [event.time, event.dated && `${t("reported")} ${event.span[0]}`].filter(Boolean).join(" · ");
}
function title(edge) { return `${byId.get(edge.from).label} ${edge.arrows ? "→" : "–"} ${byId.get(edge.to).label}`; }
function rows(found) { return found.flatMap(e => e.events.map(v => [e, v])).sort(([, a], [, b]) => (a.begin ?? Infinity) - (b.begin ?? Infinity)); }
function panel() {
  let found = visible, heading = "";
  if (state.actor && byId.has(state.actor)) { found = visible.filter(e => e.from === state.actor || e.to === state.actor); heading = t("with")(byId.get(state.actor).label); }
  if (chosen !== null) { const e = EDGES.find(x => x.id === chosen); found = visible.filter(x => (x.from === e.from && x.to === e.to) || (x.from === e.to && x.to === e.from)); heading = t("between")(byId.get(e.from).label, byId.get(e.to).label); }
  const all = rows(found);
  $("heading").textContent = heading || t("events")(new Set(all.map(([, v]) => v.event)).size);
  const list = all.slice(0, LISTED).map(([edge, event]) => {
    const item = document.createElement("article");
    item.className = event.factuality;
    item.append(text("h3", `${title(edge)}: ${t(event.kind)}`), text("blockquote", event.sentence));
    item.append(text("div", [t(event.factuality), when(event), event.place, event.source && `${t("by")} ${event.source}`, `${t("sure")} ${event.confidence}`, event.document].filter(Boolean).join(" · "), "meta"));
    return item;
  });
  if (all.length > LISTED) list.push(text("p", t("rest")(all.length - LISTED)));
  $("events").replaceChildren(...list);
}
function table() {
  if (!state.table) return;
  const body = document.createElement("tbody"), head = document.createElement("tr"), all = rows(visible);
  for (const key of ["who", "what", "facts", "when", "source", "where", "says"]) head.append(text("th", t(key)));
  for (const [edge, event] of all.slice(0, 2000)) {
    const row = document.createElement("tr");
    row.className = event.factuality;
    for (const value of [title(edge), t(event.kind), t(event.factuality), when(event), event.source, event.document, event.sentence]) row.append(text("td", value || ""));
    body.append(row);
  }
  const whole = document.createElement("table"), top = document.createElement("thead");
  top.append(head); whole.append(top, body);
  whole.dataset.rows = all.length;
  $("table").replaceChildren(whole);
  if (all.length > 2000) $("table").append(t("rest")(all.length - 2000));
}

// --- controls ---
function options(select, values, current) { select.replaceChildren(...values.map(([value, label]) => new Option(label, value, false, [current].flat().includes(value)))); }
function controls() {
  document.documentElement.lang = state.lang;
  document.querySelectorAll("[data-t]").forEach(e => { e.textContent = t(e.dataset.t); });
  document.querySelectorAll("[data-l]").forEach(e => { e.setAttribute("aria-label", t(e.dataset.l)); });
  $("network").setAttribute("role", "group");
  $("language").textContent = state.lang === "de" ? "English" : "Deutsch"; $("language").lang = state.lang === "de" ? "en" : "de";
  options($("kind"), kinds.map(k => [k, t(k)]).sort((a, b) => a[1].localeCompare(b[1])), state.kinds);
  options($("source"), [["", t("any")], ["\u0000", t("own")], ...sources.map(s => [s, s])], state.source);
  options($("actor"), [["", t("all")], ...NODES.map(n => [n.id, n.label]).sort((a, b) => a[1].localeCompare(b[1]))], state.actor);
  $("names").replaceChildren(...ranked.slice(0, 2000).map(n => new Option(n.label)));
  $("facts").replaceChildren(...FACTS.map(f => { const label = document.createElement("label"), box = document.createElement("input"); box.type = "checkbox"; box.value = f; box.checked = state.facts.includes(f); label.append(box, t(f)); return label; }));
  for (const id of ["from", "to"]) { $(id).min = FIRST; $(id).max = LAST; $(id).value = state[id]; $(id).disabled = FIRST === LAST; }
  $("undated").checked = state.undated; $("confidence").value = state.confidence; $("weight").value = state.weight; $("size").value = state.size;
  $("most").max = NODES.length; $("most").value = state.most;
  $("table").hidden = !state.table; $("network").hidden = state.table; $("table-button").setAttribute("aria-pressed", state.table);
  outputs();
}
function outputs() { $("days").textContent = known.length ? `${iso(state.from)} – ${iso(state.to)}` : ""; $("confidence-shown").textContent = state.confidence; }
function update() { select(); draw(); panel(); table(); toHash(); outputs(); }
function read() {
  state.kinds = [...$("kind").selectedOptions].map(o => o.value);
  state.facts = [...$("facts").querySelectorAll("input:checked")].map(b => b.value);
  state.from = Math.min(+$("from").value, +$("to").value); state.to = Math.max(+$("from").value, +$("to").value);
  state.undated = $("undated").checked; state.source = $("source").value; state.confidence = +$("confidence").value;
  state.weight = Math.max(1, +$("weight").value || 1); state.size = $("size").value; state.most = Math.max(2, +$("most").value || 2);
  chosen = null;
  update();
}
$("filters").addEventListener("change", read);
for (const id of ["from", "to", "confidence"]) $(id).addEventListener("input", () => { state.confidence = +$("confidence").value; state.from = +$("from").value; state.to = +$("to").value; outputs(); });
function choose(actor) {
  state.actor = actor; chosen = null; $("actor").value = actor;
  if (actor && nodes.get(actor)) { network.selectNodes([actor]); network.focus(actor, { scale: Math.max(network.getScale(), 0.7) }); } else network.unselectAll();
  panel(); toHash();
}
$("actor").addEventListener("change", () => choose($("actor").value));
$("search").addEventListener("change", () => {
  const wanted = $("search").value.trim().toLocaleLowerCase();
  const hit = wanted && (ranked.find(n => n.label.toLocaleLowerCase() === wanted) || ranked.find(n => n.label.toLocaleLowerCase().includes(wanted)));
  $("status").textContent = wanted && !hit ? t("notFound") : "";
  if (hit && !nodes.get(hit.id)) { state.most = Math.max(state.most, ranked.indexOf(hit) + 1); controls(); update(); }
  choose(hit ? hit.id : "");
});
network.on("click", event => {
  if (event.nodes.length) return choose(event.nodes[0]);
  if (event.edges.length) { state.actor = ""; chosen = event.edges[0]; panel(); $("actor").value = ""; return toHash(); }
  choose("");
});
$("table-button").addEventListener("click", () => { state.table = !state.table; controls(); table(); toHash(); if (!state.table) network.redraw(); });
$("language").addEventListener("click", () => { state.lang = state.lang === "de" ? "en" : "de"; controls(); update(); });
$("theme").addEventListener("click", () => { wear(!dark()); draw(); });
$("picture").addEventListener("click", () => {
  const canvas = $("network").querySelector("canvas"), copy = document.createElement("canvas"), paint = copy.getContext("2d");
  copy.width = canvas.width; copy.height = canvas.height;
  paint.fillStyle = dark() ? "#16181b" : "#ffffff"; paint.fillRect(0, 0, copy.width, copy.height); paint.drawImage(canvas, 0, 0);
  const a = document.createElement("a");
  a.download = "network.png"; a.href = copy.toDataURL("image/png"); a.click();
  $("status").textContent = "network.png";
});
$("link").addEventListener("click", async () => {
  toHash();
  try { await navigator.clipboard.writeText(location.href); } catch { const field = document.createElement("textarea"); field.value = location.href; document.body.append(field); field.select(); document.execCommand("copy"); field.remove(); }
  $("status").textContent = t("copied");
});
addEventListener("hashchange", () => { state = fromHash(); controls(); update(); });
PREFERRED.addEventListener("change", () => { wear(PREFERRED.matches); draw(); });
wear(PREFERRED.matches);
controls(); update();
if (state.actor) choose(state.actor); else network.fit({ maxZoomLevel: 1.2 });
window.kgReady = true;
