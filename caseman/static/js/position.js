// "Use my position": fills latitude, longitude and accuracy from the device. Browsers allow it only
// over TLS or on the machine itself; elsewhere the button stays hidden and people type.

function offer() {
  if (!isSecureContext || !navigator.geolocation) return;
  for (const button of document.querySelectorAll("button[data-position]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-position]");
  if (!button) return;
  const status = button.parentElement.querySelector("[data-position-status]");
  status.textContent = button.dataset.asking;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const metres = Math.ceil(coords.accuracy);
      const values = [coords.latitude.toFixed(6), coords.longitude.toFixed(6), metres];
      button.dataset.position.split(" ").forEach((id, index) => fill(id, values[index]));
      status.textContent = button.dataset.found.replace("{m}", metres);
    },
    () => {
      status.textContent = button.dataset.failed;
    },
    { enableHighAccuracy: true, timeout: 30000, maximumAge: 0 },
  );
});

function fill(id, value) {
  const input = document.getElementById(id);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

addEventListener("caseman:page", offer);
offer();
