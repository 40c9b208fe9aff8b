// Passkeys: asks the server what is expected, lets the browser answer, and sends the answer with the form around it.
// Where the browser cannot, the forms stay hidden and the password does as before.
const able = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

for (const note of able ? document.querySelectorAll("[data-passkey-unable]") : []) note.hidden = true;
for (const place of able ? document.querySelectorAll("[data-passkey]") : []) {
  place.hidden = false;
  const form = place.querySelector("form");
  form.addEventListener("submit", event => {
    event.preventDefault();
    answer(place, form).then(
      credential => {
        form.elements.Credential.value = JSON.stringify(credential);
        form.submit();
      },
      () => {
        // Cancelled, timed out, or this device has none: said beside the button, and the form may be sent again.
        delete form.dataset.sent;
        place.querySelector("[data-passkey-error]").hidden = false;
      });
  });
}

async function answer(place, form) {
  const token = form.elements.__RequestVerificationToken;
  const question = new URLSearchParams({ [token.name]: token.value });
  if (form.elements.Code) question.set("Code", form.elements.Code.value); // whoever is not signed in yet has the code of an invitation
  const response = await fetch(place.dataset.options, { method: "POST", body: question });
  if (!response.ok) throw new Error(`${response.status}`);
  const options = await response.json();
  return place.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}
