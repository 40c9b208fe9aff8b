// Comfort for the office; every page works without it.
const form = element => element.closest("form");

// "/" puts the cursor into the one search box, unless somebody is typing.
document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-focus-key='/']");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// In a list j and k go from row to row, and so do the arrows once a row has the focus; Enter opens it.
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, summary, [contenteditable]")) return;
  const rows = [...document.querySelectorAll(".table-list tbody .rowname a")];
  const at = rows.indexOf(document.activeElement);
  const step = event.key === "j" || (event.key === "ArrowDown" && at >= 0) ? 1 : event.key === "k" || (event.key === "ArrowUp" && at >= 0) ? -1 : 0;
  if (!step || !rows.length) return;
  event.preventDefault();
  rows[Math.min(Math.max(at < 0 ? 0 : at + step, 0), rows.length - 1)].focus();
});

// Only one menu is open, and Escape or a click beside it closes it.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A form is sent once: the second click on a slow line does nothing. The server refuses a second submission as well.
// A form that opens a window of its own leaves this page as it is.
document.addEventListener("submit", event => {
  if (event.target.method !== "post" || event.target.target === "_blank") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const sent of document.querySelectorAll("form[data-sent]")) delete sent.dataset.sent;
});

// Leaving a page with typed and unsent text asks first.
let typed = false;
document.addEventListener("input", event => { if (form(event.target)?.method === "post") typed = true; });
document.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", event => { if (typed) event.preventDefault(); });

// A file dropped on the zone is chosen.
for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  zone.addEventListener("dragover", event => event.preventDefault());
  zone.addEventListener("drop", event => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// A select that filters applies itself.

// Printing is the browser's.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
