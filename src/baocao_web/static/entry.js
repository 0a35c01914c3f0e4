// The entry grid: every cell is kept in this browser as it is typed, and sent as soon as the line allows.
// A batch that was sent keeps its name until it is answered, so that it is done once however often it is sent.

import { evaluate, holds, isOutside, read, show, slip, plain } from "./exact.js";

const QUIET = 600; // milliseconds after the last key
const LONGEST_WAIT = 30_000;
const MOST_CELLS = 5_000;

const told = JSON.parse(document.getElementById("entry").textContent);
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
Object.assign(told, { words: {}, marks: {}, checks: { computed: [], rules: [], ranges: {}, beside: {} } });
const section = document.querySelector("[data-entry]");
const inputs = new Map([...section.querySelectorAll("input[name]")].map((input) => [input.name, input]));
const computed = new Map([...section.querySelectorAll("[data-computed]")].map((cell) => [cell.dataset.computed, cell]));
const beside = new Map(
  [...section.querySelectorAll("[data-beside]")]
    .map((cell) => [cell.dataset.beside, read(cell.textContent, {}).value])
    .filter(([, value]) => value),
);
const line = document.getElementById("line");
const banner = document.getElementById("banner");
const box = document.getElementById("cell-words");
const place = `baocao:${told.user}:${told.entry}`;

const kept = { edits: {}, batch: null, conflicts: {} };
let version = told.version;
let isSending = false, isStopped = false, wait = 1_000, timer = 0;
const words = new Map(); // cell → what is to be said of it
const settled = new Map([...inputs].map(([cell, input]) => [cell, input.defaultValue])); // what the server has

function say(text, facts = {}) {
  return (text || "").replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

function keep() {
  try {
    const isEmpty = !Object.keys(kept.edits).length && !kept.batch && !Object.keys(kept.conflicts).length;
    if (isEmpty) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(kept));
  } catch {
    stop(told.words.no_room);
  }
}

function restore() {
  let found = null;
  try {
    found = JSON.parse(localStorage.getItem(place));
  } catch {
    return;
  }
  if (!found) return;
  Object.assign(kept, found);
  const texts = { ...(kept.batch ? kept.batch.cells : {}), ...kept.edits };
  for (const [cell, text] of Object.entries(texts)) {
    const input = inputs.get(cell);
    if (input) input.value = text;
    mark(cell, "waiting");
  }
  for (const cell of Object.keys(kept.conflicts)) mark(cell, "conflict");
}

function mark(cell, state) {
  const input = inputs.get(cell);
  if (!input) return;
  input.dataset.state = state;
}

function tell() {
  const count = Object.keys(kept.edits).length + (kept.batch ? Object.keys(kept.batch.cells).length : 0);
  const clashes = Object.keys(kept.conflicts).length;
  let state = "kept", text = told.words.kept;
  if (isStopped) [state, text] = ["stopped", told.words.stopped];
  else if (clashes) [state, text] = ["conflict", say(told.words.clashes, { count: clashes })];
  else if (count && (!navigator.onLine || wait > 1_000)) [state, text] = ["offline", say(told.words.offline, { count })];
  else if (count || isSending) [state, text] = ["sending", told.words.sending];
  if (line.textContent !== (text || "")) line.textContent = text || "";
  line.dataset.state = state;
}

function stop(text) {
  isStopped = true;
  banner.textContent = text;
  banner.hidden = false;
  tell();
}

function typed(cell) {
  const input = inputs.get(cell);
  if (input.value === settled.get(cell) && !(kept.batch && cell in kept.batch.cells)) delete kept.edits[cell];
  else kept.edits[cell] = input.value;
  delete kept.conflicts[cell];
  mark(cell, cell in kept.edits ? "typed" : "kept");
  keep();
  judge();
  later(QUIET);
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
  tell();
}

async function send() {
  if (isSending || isStopped) return;
  if (!kept.batch) {
    const cells = Object.entries(kept.edits).slice(0, MOST_CELLS);
    if (!cells.length) return tell();
    kept.batch = { request: crypto.randomUUID(), base: version, cells: Object.fromEntries(cells) };
    for (const [cell] of cells) delete kept.edits[cell];
    keep();
  }
  isSending = true;
  tell();
  let answer = null;
  try {
    answer = await post(told.urls.save, kept.batch);
  } catch {
    answer = null;
  }
  isSending = false;
  if (answer === null || answer.status >= 500 || answer.status === 429) {
    wait = Math.min(wait * 2, LONGEST_WAIT);
    return later(wait);
  }
  wait = 1_000;
  if (answer.status === 200) settle(answer.body);
  else {
    kept.edits = { ...kept.batch.cells, ...kept.edits };
    kept.batch = null;
    keep();
    stop(answer.body && answer.body.refused ? answer.body.refused : told.words.signed_out);
  }
  if (Object.keys(kept.edits).length) later(0);
  tell();
}

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  return { status: response.status || 401, body: isJson ? await response.json() : null };
}

function settle(answer) {
  const sent = kept.batch.cells;
  kept.batch = null;
  version = answer.version;
  for (const cell of Object.keys(sent)) {
    if (cell in answer.beside) {
      kept.conflicts[cell] = { mine: sent[cell], theirs: answer.beside[cell] };
      settled.set(cell, answer.beside[cell]);
      if (!(cell in kept.edits)) mark(cell, "conflict");
      continue;
    }
    settled.set(cell, cell in answer.taken ? answer.taken[cell] : sent[cell]);
    if (!(cell in kept.edits)) put(cell);
  }
  for (const [cell, text] of Object.entries(answer.others)) {
    settled.set(cell, text);
    if (!(cell in kept.edits) && !(cell in kept.conflicts)) put(cell, "others");
  }
  keep();
  judge();
}

function put(cell, state = "kept") {
  const input = inputs.get(cell);
  if (!input) return;
  if (document.activeElement !== input) input.value = settled.get(cell);
  mark(cell, state);
}

// ---- what the figures come to -------------------------------------------------------------------------------

function judge() {
  const values = new Map(beside);
  words.clear();
  for (const [cell, input] of inputs) {
    const found = read(input.value, told.marks);
    if (found.value) values.set(cell, found.value);
    input.toggleAttribute("aria-invalid", Boolean(found.fault));
    if (found.fault) input.setAttribute("aria-invalid", "true");
    if (found.fault) doubt(cell, told.words.unread);
  }
  const valueOf = (cell) => values.get(cell) ?? null;
  for (const one of told.checks.computed) {
    const value = evaluate(one.formula, valueOf);
    if (value) values.set(one.cell, value);
    const cell = computed.get(one.cell);
    if (cell) cell.textContent = value ? show(value) : "";
  }
  for (const [cell, range] of Object.entries(told.checks.ranges)) {
    const value = valueOf(cell);
    if (value && isOutside(value, range)) doubt(cell, say(told.words.range, { value: show(value), range: between(range) }));
  }
  for (const [cell, others] of Object.entries(told.checks.beside)) {
    const value = valueOf(cell), likened = others.map(valueOf).filter(Boolean);
    const found = value && slip(value, likened);
    if (found) {
      const facts = { value: show(value), beside: show(likened[0]), times: show([found.times, 1n]) };
      doubt(cell, say(found.isMore ? told.words.slip : told.words.small, facts));
    }
  }
  for (const rule of told.checks.rules) {
    const found = holds(rule, valueOf);
    if (found && !found.holds) {
      const facts = { rule: rule.words[told.language === "en" ? 1 : 0], left: show(found.left), right: show(found.right) };
      doubt(rule.cell, say(told.words.identity, facts));
    }
  }
  for (const [cell, input] of inputs) input.classList.toggle("doubted", words.has(cell) && !input.hasAttribute("aria-invalid"));
  explain();
}

function between([low, high]) {
  const ends = [low, high].map((end) => (end === null ? null : show(plain(end))));
  if (ends[0] === null) return say(told.words.to, { high: ends[1] });
  return ends[1] === null ? say(told.words.from, { low: ends[0] }) : ends.join(" – ");
}

function doubt(cell, text) {
  words.set(cell, [...(words.get(cell) || []), text]);
}

// What is to be said of the cell that one is in, and the choice where two have typed.
function explain() {
  const cell = document.activeElement && document.activeElement.name;
  box.replaceChildren();
  if (!cell || !inputs.has(cell)) return;
  for (const text of words.get(cell) || []) box.append(paragraph(text));
  const clash = kept.conflicts[cell];
  if (!clash) return;
  box.append(paragraph(say(told.words.clash, clash)));
  box.append(button(say(told.words.mine, clash), () => choose(cell, clash.mine)));
  box.append(button(say(told.words.theirs, clash), () => choose(cell, clash.theirs)));
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function button(text, work) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the cell keeps its place
  made.addEventListener("click", work);
  return made;
}

function choose(cell, text) {
  inputs.get(cell).value = text;
  delete kept.conflicts[cell];
  typed(cell);
  inputs.get(cell).focus();
}

// ---- moving and pasting ---------------------------------------------------------------------------------------

const rows = [...section.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td, th")]);

function at(input) {
  const cell = input.closest("td"), row = rows.findIndex((cells) => cells.includes(cell));
  return [row, rows[row].indexOf(cell)];
}

function inputAt(row, column) {
  return rows[row] && rows[row][column] ? rows[row][column].querySelector("input") : null;
}

function move(input, down, right) {
  let [row, column] = at(input);
  for (;;) {
    row += down;
    column += right;
    if (!rows[row] || column < 0 || (right && !rows[row][column])) return;
    const next = inputAt(row, column);
    if (next) {
      next.focus();
      next.select();
      return;
    }
  }
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

function key(event) {
  const input = event.target;
  if (!inputs.has(input.name) || event.isComposing) return;
  if (event.key === "Escape") {
    input.value = settled.get(input.name);
    typed(input.name);
    return;
  }
  const step = STEPS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const isWhole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  if (event.key === "ArrowLeft" && !isWhole && input.selectionStart > 0) return;
  if (event.key === "ArrowRight" && !isWhole && input.selectionEnd < input.value.length) return;
  event.preventDefault();
  const [down, right] = event.key === "Enter" && event.shiftKey ? [-1, 0] : step;
  move(input, down, right);
}

function paste(event) {
  const input = event.target;
  const text = event.clipboardData.getData("text/plain");
  if (!inputs.has(input.name) || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((each) => each.split("\t"));
  if (block.reduce((count, each) => count + each.length, 0) > MOST_CELLS) {
    banner.textContent = say(told.words.too_many, { limit: MOST_CELLS });
    banner.hidden = false;
    return;
  }
  const [row, column] = at(input);
  let outside = 0;
  block.forEach((cells, down) =>
    cells.forEach((cell, right) => {
      const target = inputAt(row + down, column + right);
      if (!target) {
        outside += cell.trim() ? 1 : 0;
        return;
      }
      target.value = cell.trim();
      typed(target.name);
    }),
  );
  banner.textContent = outside ? say(told.words.outside, { count: outside }) : "";
  banner.hidden = !outside;
}

// ---- handing on -----------------------------------------------------------------------------------------------

async function act(event) {
  event.preventDefault();
  const form = event.target;
  while (isSending) await new Promise((go) => setTimeout(go, 50));
  if (Object.keys(kept.edits).length || kept.batch) {
    await send();
    if (Object.keys(kept.edits).length || kept.batch) return refuse(told.words.not_sent);
  }
  if (Object.keys(kept.conflicts).length) return refuse(say(told.words.clashes, { count: Object.keys(kept.conflicts).length }));
  const body = { version, request: form.dataset.request || (form.dataset.request = crypto.randomUUID()) };
  const reason = form.querySelector("[name=reason]");
  if (reason) body.reason = reason.value;
  let answer;
  try {
    answer = await post(form.action, body);
  } catch {
    return refuse(told.words.no_line);
  }
  if (answer.status === 200) return location.reload();
  delete form.dataset.request;
  refuse(answer.body && answer.body.refused ? answer.body.refused : told.words.signed_out);
}

function refuse(text) {
  banner.textContent = text;
  banner.hidden = false;
  banner.scrollIntoView({ block: "nearest" });
}

section.addEventListener("input", (event) => inputs.has(event.target.name) && typed(event.target.name));
section.addEventListener("change", () => later(0));
section.addEventListener("keydown", key);
section.addEventListener("paste", paste);
section.addEventListener("focusin", explain);
for (const form of document.querySelectorAll("form.act")) form.addEventListener("submit", act);
addEventListener("online", () => {
  wait = 1_000;
  later(0);
});
addEventListener("offline", tell);
addEventListener("pagehide", keep);

// The rules come by themselves, as a browser keeps them for all forms of one version; typing need not wait for them.
async function learn() {
  try {
    Object.assign(told, await (await fetch(told.urls.rules)).json());
  } catch {
    return setTimeout(learn, 2_000);
  }
  judge();
  tell();
}

restore();
for (const [cell, input] of inputs) if (input.value !== settled.get(cell) && !input.dataset.state) typed(cell);
later(0);
learn();
