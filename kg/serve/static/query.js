// The query page: colours, shipped queries with parameters, answers as table, graph and files.
"use strict";
const $ = (id) => document.getElementById(id);
const TOKENS = /(#[^\n]*)|("""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(<[^<>\s]*>)|([?$]\w+)|\b(SELECT|CONSTRUCT|ASK|DESCRIBE|WHERE|PREFIX|BASE|FILTER|OPTIONAL|UNION|MINUS|GRAPH|BIND|VALUES|UNDEF|AS|DISTINCT|REDUCED|GROUP|ORDER|BY|HAVING|LIMIT|OFFSET|ASC|DESC|NOT|IN|EXISTS|FROM|NAMED|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT|STR|LANG|BOUND|IF|COALESCE|REGEX|CONTAINS|LCASE|UCASE)\b/gi;
const CLASSES = ["c", "s", "i", "v", "k"];

function colour() {
  const text = $("text").value, box = $("colours");
  box.replaceChildren();
  let last = 0;
  for (const match of text.matchAll(TOKENS)) {
    box.append(text.slice(last, match.index));
    const span = document.createElement("span");
    span.className = CLASSES[match.slice(1).findIndex((group) => group !== undefined)];
    span.textContent = match[0];
    box.append(span);
    last = match.index + match[0].length;
  }
  box.append(text.slice(last) + "\n");
  box.scrollTop = $("text").scrollTop;
  box.scrollLeft = $("text").scrollLeft;
}

function showParameters() {
  const option = $("shipped").selectedOptions[0], box = $("parameters");
  box.replaceChildren();
  const types = (option.dataset.types || "").split(" ");
  (option.dataset.parameters || "").split(" ").filter(Boolean).forEach((name, i) => {
    const label = document.createElement("label"), input = document.createElement("input");
    label.textContent = name;
    input.name = name;
    input.placeholder = { date: "2018-05-08", entity: "Name oder IRI", class: "Meeting" }[types[i]] || "";
    input.addEventListener("change", fill);
    label.append(input);
    box.append(label);
  });
}

async function fill() {
  const name = $("shipped").value;
  if (!name) return true;
  const values = new URLSearchParams([...$("parameters").querySelectorAll("input")].map((i) => [i.name, i.value]));
  const answer = await (await fetch(`/queries/${encodeURIComponent(name)}?${values}`)).json();
  if (answer.error) { $("status").textContent = answer.error; return false; }
  $("text").value = answer.text;
  $("status").textContent = Object.entries(answer.taken).map(([k, v]) => `${k}: ${v}`).join(", ");
  colour();
  return true;
}

function withPrefixes(text) {
  const declared = new Set([...text.matchAll(/PREFIX\s+([\w-]*):/gi)].map((m) => m[1]));
  return $("prefixes").textContent.split("\n").filter((line) => { const m = line.match(/PREFIX (\w+):/); return m && !declared.has(m[1]); }).join("\n") + "\n" + text;
}

async function run() {
  const started = performance.now(), text = withPrefixes($("text").value);
  $("run").disabled = true;
  $("status").textContent = "…";
  try {
    const response = await fetch("/sparql", { method: "POST", body: text, headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, application/n-triples;q=0.5" } });
    if (!response.ok) { $("status").textContent = await response.text(); $("answer").hidden = true; return; }
    const body = await response.text();
    const answer = response.headers.get("content-type").startsWith("application/n-triples") ? fromTriples(body) : JSON.parse(body);
    show(answer);
    const n = answer.results ? answer.results.bindings.length : 1;
    $("status").textContent = `${n} Zeilen, ${((performance.now() - started) / 1000).toFixed(2)} s`;
  } catch (error) {
    $("status").textContent = `Die Antwort brach ab: ${error.message}`;
  } finally { $("run").disabled = false; }
}

function fromTriples(text) {
  const bindings = [];
  for (const line of text.split("\n")) {
    const m = line.match(/^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)".*) \.$/);
    if (m) bindings.push({ s: { type: "uri", value: m[1] }, p: { type: "uri", value: m[2] }, o: m[3] !== undefined ? { type: "uri", value: m[3] } : { type: "literal", value: JSON.parse(`"${m[4].replace(/\\U([0-9A-F]{8})/g, (_, h) => String.fromCodePoint(parseInt(h, 16)))}"`) } });
  }
  return { head: { vars: ["s", "p", "o"] }, results: { bindings } };
}

function page(value) {
  if (/\/(event)\//.test(value)) return `/event?iri=${encodeURIComponent(value)}`;
  if (/\/(entity|name|local|group)\//.test(value)) return `/entity?iri=${encodeURIComponent(value)}`;
  return null;
}

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  const target = term.type === "uri" && page(term.value);
  if (target) {
    const a = document.createElement("a");
    a.href = target;
    a.textContent = decodeURIComponent(term.value.split("/").pop().replace(/%(?![0-9A-F]{2})/gi, "%25"));
    td.append(a);
  } else td.textContent = term.value;
  return td;
}

const SHOWN = 1000;
function show(answer) {
  const names = answer.head.vars || ["ja/nein"];
  const rows = answer.results ? answer.results.bindings : [{ "ja/nein": { type: "literal", value: answer.boolean ? "ja" : "nein" } }];
  const table = document.createElement("table"), head = table.createTHead().insertRow(), body = table.createTBody();
  for (const name of names) { const th = document.createElement("th"); th.textContent = name; head.append(th); }
  for (const row of rows.slice(0, SHOWN)) { const tr = body.insertRow(); for (const name of names) tr.append(cell(row[name])); }
  $("table").replaceChildren(table);
  if (rows.length > SHOWN) $("table").append(`${rows.length - SHOWN} weitere Zeilen in den Dateien`);
  const quoted = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replace(/"/g, '""')}"`;
  const csv = [names.join(","), ...rows.map((row) => names.map((n) => row[n] ? quoted(row[n].value) : "").join(","))].join("\r\n");
  for (const [id, kind, content] of [["csv", "text/csv", csv], ["json", "application/json", JSON.stringify(answer, null, 1)]]) {
    URL.revokeObjectURL($(id).href);
    $(id).href = URL.createObjectURL(new Blob([content], { type: kind }));
  }
  draw(names, rows.slice(0, 150));
  $("answer").hidden = false;
}

// A simple picture: what stands in one row is joined by lines, laid out on a circle.
function draw(names, rows) {
  const nodes = new Map(), edges = new Set(), NS = "http://www.w3.org/2000/svg";
  const columns = names.length === 3 && names.join() === "s,p,o" ? ["s", "o"] : names.slice(0, 2);
  for (const row of rows) {
    const pair = columns.map((n) => row[n] && row[n].value).filter(Boolean);
    pair.forEach((v) => nodes.set(v, (nodes.get(v) || 0) + 1));
    if (pair.length === 2 && pair[0] !== pair[1]) edges.add(JSON.stringify(pair));
  }
  const svg = document.createElementNS(NS, "svg"), at = new Map();
  svg.setAttribute("viewBox", "-420 -320 840 640");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${nodes.size} Knoten, ${edges.size} Verbindungen; die Tabelle sagt dasselbe`);
  [...nodes.keys()].forEach((v, i) => { const a = (2 * Math.PI * i) / nodes.size; at.set(v, [300 * Math.cos(a), 270 * Math.sin(a)]); });
  const add = (name, attributes, text) => { const e = document.createElementNS(NS, name); for (const k in attributes) e.setAttribute(k, attributes[k]); if (text) e.textContent = text; svg.append(e); };
  for (const edge of edges) { const [a, b] = JSON.parse(edge).map((v) => at.get(v)); add("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }); }
  for (const [v, [x, y]] of at) { add("circle", { cx: x, cy: y, r: 3 + Math.min(nodes.get(v), 9) }); add("text", { x: x + (x < 0 ? -9 : 9), y: y + 4, "text-anchor": x < 0 ? "end" : "start" }, v.split(/[/#]/).pop().slice(0, 28)); }
  $("graph").replaceChildren(svg);
}

document.querySelectorAll("[data-view]").forEach((button) => button.addEventListener("click", () => {
  document.querySelectorAll("[data-view]").forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
  $("table").hidden = button.dataset.view !== "table";
  $("graph").hidden = button.dataset.view !== "graph";
}));
$("text").addEventListener("input", colour);
$("text").addEventListener("scroll", colour);
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(); });
$("run").addEventListener("click", run);
$("shipped").addEventListener("change", async () => { showParameters(); if (await fill()) run(); });
const wanted = new URLSearchParams(location.search).get("name");
if (wanted) { $("shipped").value = wanted; $("shipped").dispatchEvent(new Event("change")); }
colour();
