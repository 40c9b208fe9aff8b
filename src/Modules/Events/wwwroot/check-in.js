// The door on a phone; every page works without it. What is scanned while there is no network waits in this browser, with its own id and time, and is sent
// when the network is back. The page has to stay open meanwhile.
const key = `scans:${location.pathname}`;
const kept = () => JSON.parse(localStorage.getItem(key) ?? "[]");
let sending = false;

function keep(lines) {
  if (lines.length) localStorage.setItem(key, JSON.stringify(lines));
  else localStorage.removeItem(key);
  show();
}

function show() {
  const box = document.querySelector("#scans-form textarea[name=Lines]");
  if (!box || !kept().length) return;
  box.value = kept().join("\n");
  document.getElementById("scans").open = true;
}

// The page that the server answers takes the place of this one, without leaving it: leaving it needs a network. Another page than this one (the session is
// over, the form is outdated) is no answer.
async function post(form, submitter) {
  const response = await fetch(location.href, { method: "POST", body: new FormData(form, submitter) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || !page.getElementById("door-form")) return null;
  const main = page.querySelector("main");
  document.querySelector("main").replaceWith(main);
  history.replaceState(null, "", response.url);
  begin();
  return main;
}

async function note(form, submitter) {
  const code = form.elements.Code.value.trim();
  const line = [form.elements.Id.value, code, form.elements.Session?.value ?? "", submitter?.name === "Out" ? "left" : "arrived", new Date().toISOString()];
  try {
    if (!navigator.onLine) throw new Error("no network");
    if (await post(form, submitter)) return;
  } catch {
    // no network, or it broke down on the way: the id makes it one scan, whether it arrived or not
  }
  if (code) keep([...kept(), line.join(";")]);
  form.elements.Id.value = crypto.randomUUID();
  form.elements.Code.value = "";
  form.elements.Code.focus();
}

async function send() {
  const form = document.getElementById("scans-form");
  if (!form || sending || !navigator.onLine || !kept().length) return;
  sending = true;
  try {
    show();
    const answer = await post(form);
    const dealtWith = new Set([...(answer?.querySelectorAll("[data-scan]") ?? [])].map(item => item.dataset.scan));
    keep(kept().filter(line => !dealtWith.has(line)));
  } catch {
    // still no network: they wait
  } finally {
    sending = false;
  }
}

async function watch(button) {
  const [view, detector] = [document.getElementById("camera-view"), new BarcodeDetector({ formats: ["qr_code"] })];
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  view.srcObject = stream;
  view.hidden = false;
  button.hidden = true;
  await view.play();
  const form = document.getElementById("door-form");
  while (view.isConnected) {
    const [found] = await detector.detect(view);
    if (found) {
      form.elements.Code.value = decodeURIComponent(found.rawValue.split("/").pop());
      break;
    }
    await new Promise(requestAnimationFrame);
  }
  for (const track of stream.getTracks()) track.stop();
  view.hidden = true;
  button.hidden = false;
  if (form.isConnected) form.requestSubmit();
}

function begin() {
  const door = document.getElementById("door-form");
  if (!door) return;
  door.addEventListener("submit", event => { event.preventDefault(); note(door, event.submitter); });
  const camera = document.getElementById("camera");
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    camera.hidden = false;
    camera.addEventListener("click", () => watch(camera).catch(() => { camera.hidden = true; }));
  }
  show();
}

begin();
addEventListener("online", send);
send();
