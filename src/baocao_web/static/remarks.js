// Remarks on cells: a mark with their number at the cell, read and answered in a dialog, by keyboard too.
// What is being written is kept in this browser until it is sent.

import { cells, get, inputs, nameOf, place, post, recalled, refuse, remember, say, section, told } from "./shared.js";

const dialog = document.getElementById("remarks");
const title = document.getElementById("remarks-title");
const thread = document.getElementById("thread");
const form = document.getElementById("say");
const unsaid = document.getElementById("unsaid");
const drafts = recalled(`${place}:remarks`) || {}; // cell → {text, request}
let current = null; // the cell that one was in last
let shown = null; // the cell whose remarks are open

export function begin() {
  marks(told.threads);
}

// Put the marks where remarks are.
export function marks(threads) {
  told.threads = threads;
  for (const [cell, [count, isOpen]] of Object.entries(threads)) {
    const td = cells.get(cell);
    if (!td || !count) continue;
    const mark = td.querySelector(".remark") || made(cell, td);
    mark.textContent = count;
    mark.classList.toggle("unsettled", Boolean(isOpen));
    mark.setAttribute("aria-label", say(isOpen ? told.words.unsettled : told.words.remarks, { count, cell: nameOf(cell) }));
  }
}

function made(cell, td) {
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = "remark";
  mark.addEventListener("click", () => open(cell));
  td.append(mark);
  return mark;
}

// New remarks, shown where their thread is open.
export function add(remarks) {
  for (const one of remarks) if (one.cell === shown && dialog.open) thread.append(item(one));
}

async function open(cell) {
  shown = cell;
  title.textContent = nameOf(cell);
  thread.replaceChildren();
  document.getElementById("cell-history").href = told.urls.remarks.replace(/remarks$/, `cells/${encodeURIComponent(cell)}`);
  if (form) {
    form.elements.text.value = drafts[cell] ? drafts[cell].text : "";
    unsaid.textContent = "";
  }
  if (!dialog.open) dialog.showModal();
  if (form) form.elements.text.focus();
  else title.focus();
  try {
    const answer = await get(`${told.urls.remarks}?cell=${encodeURIComponent(cell)}`);
    if (shown !== cell || !answer.body) return;
    thread.replaceChildren(...answer.body.remarks.map(item));
    if (!answer.body.remarks.length) thread.append(plain(told.words.no_remarks));
  } catch {
    thread.append(plain(told.words.no_line));
  }
}

function plain(text) {
  const made = document.createElement("li");
  made.className = "empty";
  made.textContent = text;
  return made;
}

function item(one) {
  const made = document.createElement("li"), who = document.createElement("span");
  who.className = "soft";
  who.textContent = `${one.by}, ${one.at}`;
  made.append(who, document.createElement("br"), one.text);
  if (one.settled) {
    const note = document.createElement("span");
    note.className = "state done";
    note.textContent = told.words.settled;
    made.append(one.text ? " " : "", note);
  }
  thread.querySelector(".empty")?.remove();
  return made;
}

function draft() {
  const text = form.elements.text.value;
  if (text) drafts[shown] = { text, request: drafts[shown]?.text === text ? drafts[shown].request : crypto.randomUUID() };
  else delete drafts[shown];
  remember(`${place}:remarks`, Object.keys(drafts).length ? drafts : null);
}

async function send(event) {
  event.preventDefault();
  const cell = shown, isSettling = event.submitter?.value === "settle";
  draft();
  const request = drafts[cell] ? drafts[cell].request : crypto.randomUUID();
  const body = { cell, text: form.elements.text.value, settled: isSettling, request };
  let answer = null;
  try {
    answer = await post(told.urls.remarks, body);
  } catch {
    answer = null;
  }
  if (!answer || answer.status !== 200) {
    const why = answer && answer.body && answer.body.refused;
    if (answer && drafts[cell]) drafts[cell].request = crypto.randomUUID(); // what is sent next is another call
    unsaid.textContent = why || (answer && answer.status < 500 ? told.words.signed_out : told.words.remark_kept);
    return;
  }
  delete drafts[cell];
  remember(`${place}:remarks`, Object.keys(drafts).length ? drafts : null);
  if (shown === cell) {
    form.elements.text.value = "";
    unsaid.textContent = "";
  }
  dispatchEvent(new Event("baocao:news"));
}

function openCurrent() {
  if (current) open(current);
  else refuse(told.words.no_cell);
}

section.addEventListener("focusin", (event) => {
  const cell = event.target.name || event.target.closest("td")?.dataset.cell;
  if (cell && cells.has(cell)) current = cell;
});
section.addEventListener("click", (event) => {
  const td = event.target.closest("td[data-cell]");
  if (td) current = td.dataset.cell;
});
document.getElementById("open-remarks").addEventListener("click", openCurrent);
addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.altKey && event.code === "KeyM" && !dialog.open) {
    event.preventDefault();
    openCurrent();
  }
});
document.getElementById("close-remarks").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  shown = null;
  (inputs.get(current) || cells.get(current))?.focus();
});
if (form) {
  form.addEventListener("submit", send);
  form.elements.text.addEventListener("input", draft);
}
