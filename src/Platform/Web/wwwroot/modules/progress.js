// Long work: replaces the bar by what the server renders for the same page, until the work is done; then loads the page anew.
const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));

for (let bar of document.querySelectorAll("[data-progress]")) follow(bar);

async function follow(bar) {
  for (let pause = 1000; ; pause = Math.min(pause * 1.3, 5000)) {
    await wait(pause);
    if (document.hidden) continue;
    let page;
    try {
      const response = await fetch(location.href, { headers: { accept: "text/html" } });
      if (!response.ok) continue;
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch { continue; }
    const fresh = page.querySelector(`[data-progress="${CSS.escape(bar.dataset.progress)}"]`);
    if (!fresh) { location.reload(); return; }
    bar.replaceWith(fresh);
    bar = fresh;
  }
}
