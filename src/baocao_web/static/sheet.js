// The page of a form: typed into, decided on or read. Each part does its own; this one joins them.

import { cells, inputs, post, refuse, say, section, told, get } from "./shared.js";
import { isSure } from "./sure.js";
import { wander } from "./wandering.js";
import { begin as beginRemarks } from "./remarks.js";
import { begin as beginNews } from "./news.js";

const grid = told.may.enter ? await import("./entry.js") : null;

async function act(event) {
  event.preventDefault();
  const form = event.target;
  if (grid && "withTyped" in form.dataset && grid.unread()) return refuse(say(told.words.kept_unread, { count: grid.unread() }));
  if (!("withCells" in form.dataset) && !(await isSure(doubts(), grid ? grid.blank() : 0))) return;
  const name = form.dataset.request || (form.dataset.request = crypto.randomUUID());
  const body = { version: told.version, request: name };
  const reason = form.querySelector("[name=reason]");
  if (reason) body.reason = reason.value;
  const until = form.querySelector("[name=until]");
  if (until) body.until = until.value;
  if ("withCells" in form.dataset) body.cells = chosen();
  else body.digest = told.digest;
  const answer = grid && "withTyped" in form.dataset ? await grid.submit(form.action, body) : await sent(form.action, body);
  if (!answer) return; // the line is down, or something is in the way: the same call may be made again
  delete form.dataset.request;
  if (answer.status === 200) return location.reload();
  refuse(answer.body && answer.body.refused ? answer.body.refused : told.words.signed_out);
}

// Worked out as one types, or told by the server where nobody types.
function doubts() {
  return grid ? grid.doubted() : [...document.querySelectorAll(".doubts li")].map((each) => each.textContent);
}

async function sent(url, body) {
  try {
    return await post(url, body);
  } catch {
    return refuse(told.words.no_line);
  }
}

// ---- choosing cells to be returned -----------------------------------------------------------------------------

const choosing = document.querySelector("details.choosing");

function chosen() {
  return [...section.querySelectorAll(".pick input:checked")].map((pick) => pick.value);
}

function count() {
  const button = choosing.querySelector("form button"), picked = chosen().length;
  if (!button.dataset.all) button.dataset.all = button.textContent;
  button.textContent = picked ? button.dataset.some.replace("{count}", picked) : button.dataset.all;
  for (const td of cells.values()) td.classList.toggle("picked", Boolean(td.querySelector(".pick input:checked")));
}

if (choosing) {
  choosing.addEventListener("toggle", () => section.classList.toggle("choosing", choosing.open));
  section.addEventListener("change", count);
}

for (const form of document.querySelectorAll("form.act")) form.addEventListener("submit", act);
for (const link of document.querySelectorAll("[data-goto]")) {
  const target = inputs.get(link.dataset.goto);
  if (target && !target.readOnly) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      target.focus();
      target.select();
    });
  }
}

// The rules come by themselves, as a browser keeps them for all forms of one version; typing need not wait for them.
async function learn() {
  try {
    Object.assign(told, (await get(told.urls.rules)).body);
  } catch {
    return setTimeout(learn, 2_000);
  }
  if (grid) grid.begin();
  beginRemarks();
  beginNews(grid);
}

if (!grid) wander();
learn();
