// A moment that nobody has touched shows the clock of the device: day, time and distance from UTC.
// Without this module it shows UTC, and people choose their clock themselves.

function two(number) {
  return String(number).padStart(2, "0");
}

function tell() {
  for (const clock of document.querySelectorAll("select[data-device-clock]")) {
    const stem = clock.id.slice(0, -"clock".length);
    const [day, time] = ["date", "time"].map((part) => document.getElementById(stem + part));
    if (!day || !time || day.value !== day.defaultValue || time.value !== time.defaultValue) continue;
    const now = new Date();
    const ahead = String(-now.getTimezoneOffset());
    if (![...clock.options].some((option) => option.value === ahead)) continue;
    day.value = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    time.value = `${two(now.getHours())}:${two(now.getMinutes())}`;
    clock.value = ahead;
    clock.removeAttribute("data-device-clock");
  }
}

addEventListener("caseman:page", tell);
tell();
