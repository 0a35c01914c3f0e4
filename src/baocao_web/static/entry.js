// The entry grid: every cell is kept in this browser as it is typed, and sent as soon as the line allows.

import { evaluate, holds, isOutside, read, show, slip, plain } from "./exact.js";
import { box, button, inputs, nameOf, paragraph, post, refuse, say, section, told } from "./shared.js";
import { MOST_CELLS, answered, count, drop, edit, isMoreThanOne, keep as store, kept, pack, recall, unpack } from "./unsent.js";

const QUIET = 600; // milliseconds after the last key
const LONGEST_WAIT = 30_000;

const computed = new Map([...section.querySelectorAll("[data-computed]")].map((cell) => [cell.dataset.computed, cell]));
const beside = new Map(
  [...section.querySelectorAll("[data-beside]")]
    .map((cell) => [cell.dataset.beside, read(cell.textContent, {}).value])
    .filter(([, value]) => value),
);
const line = document.getElementById("line");

let isSending = false, isStopped = false, isHindered = false, wait = 1_000, timer = 0;
const words = new Map(); // cell → what is to be said of it
const settled = new Map([...inputs].map(([cell, input]) => [cell, input.defaultValue])); // what the server has

function keep() {
  if (!store()) stop(told.words.no_room);
}

function restore() {
  recall();
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
  const waiting = count() + (kept.batch ? Object.keys(kept.batch.cells).length : 0);
  const clashes = Object.keys(kept.conflicts).length;
  let state = "kept", text = told.words.kept;
  if (isStopped) [state, text] = ["stopped", told.words.stopped];
  else if (clashes) [state, text] = ["conflict", say(told.words.clashes, { count: clashes })];
  else if (waiting && (!navigator.onLine || wait > 1_000)) [state, text] = ["offline", say(told.words.offline, { count: waiting })];
  else if (waiting || isSending) [state, text] = ["sending", told.words.sending];
  else if (unread()) [state, text] = ["unread", say(told.words.kept_unread, { count: unread() })];
  if (line.textContent !== (text || "")) line.textContent = text || "";
  line.dataset.state = state;
}

function stop(text) {
  isStopped = true;
  refuse(text);
  tell();
}

function typed(cell) {
  const input = inputs.get(cell);
  if (input.value === settled.get(cell) && !(kept.batch && cell in kept.batch.cells)) drop(cell);
  else edit(cell, input.value);
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
  if (!kept.batch && !pack()) return tell();
  keep();
  const answer = await asked(() => post(told.urls.save, named(kept.batch)));
  if (answer === null) return later(wait);
  if (answer.status === 200) settle(answer.body);
  else {
    unpack();
    keep();
    stop(answer.body && answer.body.refused ? answer.body.refused : told.words.signed_out);
  }
  if (count()) later(0);
  tell();
}

function named({ request, base, cells }) {
  return { request, base, cells };
}

// One call at a time; null where no answer came, and then it is longer until the next one.
async function asked(call) {
  isSending = true;
  tell();
  let answer = null;
  try {
    answer = await call();
  } catch {
    answer = null;
  }
  isSending = false;
  if (answer === null || answer.status >= 500 || answer.status === 429) {
    wait = Math.min(wait * 2, LONGEST_WAIT);
    isHindered = Boolean(answer && answer.body && answer.body.refused);
    if (isHindered) refuse(answer.body.refused);
    return null;
  }
  if (isHindered) refuse("");
  isHindered = false;
  wait = 1_000;
  return answer;
}

function settle(answer) {
  const sent = answered(answer.version);
  for (const cell of Object.keys(sent)) {
    if (cell in answer.beside) clash(cell, cell in kept.edits ? kept.edits[cell] : sent[cell], answer.beside[cell]);
    else if (cell in answer.closed) settled.set(cell, answer.closed[cell]);
    else settled.set(cell, cell in answer.taken ? answer.taken[cell] : sent[cell]);
    if (!(cell in kept.edits) && !(cell in kept.conflicts)) put(cell);
  }
  const closed = Object.keys(answer.closed).length;
  if (closed) refuse(say(told.words.closed, { count: closed }));
  take(answer.others);
  told.version = Math.max(told.version, answer.version);
  if (answer.remarked > told.remarked) dispatchEvent(new Event("baocao:news"));
  keep();
  judge();
}

// What others typed: shown where nobody here is typing, a choice where somebody is.
export function take(cells) {
  for (const [cell, text] of Object.entries(cells)) {
    if (cell in kept.edits && kept.edits[cell] !== text) clash(cell, kept.edits[cell], text);
    else if (!(cell in kept.conflicts)) {
      drop(cell);
      settled.set(cell, text);
      if (inputs.has(cell)) inputs.get(cell).value = text;
      mark(cell, "others");
    } else clash(cell, kept.conflicts[cell].mine, text);
  }
  keep();
  judge();
  tell();
}

// Whether a call is under way, so that what is read beside it may be older than its answer.
export function isBusy() {
  return isSending || kept.batch !== null;
}

function clash(cell, mine, theirs) {
  settled.set(cell, theirs);
  drop(cell);
  if (mine === theirs) return;
  kept.conflicts[cell] = { mine, theirs };
  mark(cell, "conflict");
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
  for (const [cell, td] of computed) td.classList.toggle("doubted", words.has(cell));
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
  if ("returned" in inputs.get(cell).dataset) box.append(paragraph(told.words.returned));
  for (const text of words.get(cell) || []) box.append(paragraph(text));
  for (const one of told.checks.computed) {
    if (words.has(one.cell) && JSON.stringify(one.formula).includes(JSON.stringify(["cell", cell]))) {
      for (const text of words.get(one.cell)) box.append(paragraph(`${nameOf(one.cell)}: ${text}`));
    }
  }
  const both = kept.conflicts[cell];
  if (!both) return;
  box.append(paragraph(say(told.words.clash, both)));
  box.append(button(say(told.words.mine, both), () => choose(cell, both.mine)));
  box.append(button(say(told.words.theirs, both), () => choose(cell, both.theirs)));
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
  if (event.key === "Escape" && !input.readOnly) {
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
    return refuse(say(told.words.too_many, { limit: MOST_CELLS }));
  }
  const [row, column] = at(input);
  let outside = 0;
  block.forEach((cells, down) =>
    cells.forEach((cell, right) => {
      const target = inputAt(row + down, column + right);
      if (!target || target.readOnly) {
        outside += cell.trim() ? 1 : 0;
        return;
      }
      target.value = cell.trim();
      typed(target.name);
    }),
  );
  refuse(outside ? say(told.words.outside, { count: outside }) : "");
}

// What the rules doubt as the form stands, each with the name of its cell.
export function doubted() {
  return [...words].flatMap(([cell, texts]) => texts.map((text) => `${nameOf(cell)}: ${text}`));
}

export function unread() {
  return [...inputs.values()].filter((input) => input.hasAttribute("aria-invalid")).length;
}

export function blank() {
  return [...inputs.values()].filter((input) => !input.readOnly && !input.value.trim()).length;
}

// ---- handing on -----------------------------------------------------------------------------------------------

// Submit with what is typed last, in one call; the answer, or null where there is none or something is in the way.
export async function submit(url, body) {
  clearTimeout(timer);
  while (isSending) await new Promise((go) => setTimeout(go, 50));
  for (let tries = 0; isMoreThanOne() && tries < 3; tries += 1) await send(); // what was lost on its way comes first
  if (isMoreThanOne()) return refuse(told.words.not_sent);
  const clashes = Object.keys(kept.conflicts).length;
  if (clashes) return refuse(say(told.words.clashes, { count: clashes }));
  if (!kept.batch) pack();
  if (kept.batch && !kept.batch.with) kept.batch.with = body.request;
  keep();
  const typed = kept.batch ? { typed: named(kept.batch) } : {};
  const request = kept.batch ? kept.batch.with : body.request;
  const answer = await asked(() => post(url, { ...body, version: told.version, request, ...typed }));
  if (answer === null) return isHindered ? null : refuse(told.words.no_line);
  if (answer.body && answer.body.saved) settle(answer.body.saved);
  else if (answer.status !== 200) unpack();
  keep();
  tell();
  return answer;
}

section.addEventListener("input", (event) => inputs.has(event.target.name) && typed(event.target.name));
section.addEventListener("change", () => later(QUIET / 2)); // who submits next takes it along
section.addEventListener("keydown", key);
section.addEventListener("paste", paste);
section.addEventListener("focusin", explain);
section.addEventListener("focusout", (event) => {
  const cell = event.target.name;
  const isWaiting = cell in kept.edits || cell in kept.conflicts || (kept.batch && cell in kept.batch.cells);
  if (inputs.has(cell) && !isWaiting) event.target.value = settled.get(cell); // as the server writes it
});
addEventListener("online", () => {
  wait = 1_000;
  later(0);
});
addEventListener("offline", tell);
addEventListener("pagehide", keep);

export function begin() {
  judge();
  tell();
}

restore();
for (const [cell, input] of inputs) if (input.value !== settled.get(cell) && !input.dataset.state) typed(cell);
later(0);
