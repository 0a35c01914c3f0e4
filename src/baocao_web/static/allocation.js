// One target over many units: the running sum against the whole, arrows between cells, a column pasted from a workbook.

import { plain, read, show } from "./exact.js";

const grid = document.querySelector("[data-allocation]");
const inputs = [...grid.querySelectorAll("input")];
const words = JSON.parse(document.getElementById("allocation-words").textContent);
const line = document.getElementById("sum");
const banner = document.getElementById("banner");
const FIGURE = /[-\u2212]?\d[\d.]*(?:,\d+)?/;

function say(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

// What a cell counts for: what was typed, else what stands; null for words without a figure.
function amount(input) {
  const typed = input.value.trim();
  if (!typed) return input.dataset.standing ? plain(input.dataset.standing) : [0n, 1n];
  const found = FIGURE.exec(typed);
  const told = found ? read(found[0], {}) : {};
  return told.value || null;
}

function add([a, b], [c, d]) {
  return [a * d + c * b, b * d];
}

function tell() {
  if (!("whole" in grid.dataset)) return;
  let sum = [0n, 1n], unread = 0;
  for (const input of inputs) {
    const value = amount(input);
    if (value) sum = add(sum, value);
    else unread += 1;
  }
  const parts = [`${words.sum} ${show(sum, 6)}`];
  let state = "kept";
  if (grid.dataset.whole) {
    const [a, b] = add(sum, plain(grid.dataset.whole).map((one, at) => (at ? one : -one)));
    const size = show([a < 0n ? -a : a, b], 6);
    if (a > 0n) [state, parts[1]] = [grid.dataset.floor ? "kept" : "conflict", say(words.beyond, { count: size })];
    else if (a < 0n) [state, parts[1]] = ["sending", say(words.left, { count: size })];
    else parts[1] = words.even;
  }
  if (unread) parts.push(say(words.unread, { count: unread }));
  line.textContent = parts.join("; ");
  line.dataset.state = state;
}

function fold(name) {
  return name.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
}

// Units by their names, and by these without the first word: "Phường Thượng Họa" is found by "Thượng Họa".
const named = new Map();
for (const input of inputs) {
  const name = fold(input.dataset.name);
  for (const key of [name, name.replace(/^(dac khu|xa|phuong|thi tran|so|phong|ban) /, "")]) {
    named.set(key, named.has(key) && named.get(key) !== input ? null : input);
  }
}

function paste(event) {
  const rows = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/).map((row) => row.split("\t"));
  if (rows.length === 1 && rows[0].length === 1) return;
  event.preventDefault();
  let at = inputs.indexOf(event.target), lost = 0;
  for (const row of rows) {
    const value = row[row.length - 1].trim();
    const isNamed = row.length > 1 && /\p{L}/u.test(row[row.length - 2]);
    const input = isNamed ? named.get(fold(row[row.length - 2])) : inputs[at++];
    if (input) input.value = value;
    else if (value) lost += 1;
  }
  banner.textContent = lost ? say(words.no_room, { count: lost }) : "";
  banner.hidden = !lost;
  tell();
}

function move(event) {
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = inputs[inputs.indexOf(event.target) + step];
  if (next) {
    next.focus();
    next.select();
  }
}

for (const input of inputs) {
  input.addEventListener("input", tell);
  input.addEventListener("paste", paste);
  input.addEventListener("keydown", move);
}
tell();
