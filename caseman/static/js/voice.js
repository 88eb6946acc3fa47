// Records a voice into the file field beside it: only on a press, never longer than allowed, and
// nothing leaves the page before the form is sent. Where a browser cannot record, the field stays.

const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const BITS_PER_SECOND = 32000;
let recorder = null;

const canRecord = () => isSecureContext && navigator.mediaDevices && "MediaRecorder" in window;
const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
const part = (box, name) => box.querySelector(`[data-${name}]`);
const fieldOf = (box) => document.getElementById(box.dataset.voice);

function offer() {
  if (!canRecord()) return;
  for (const box of document.querySelectorAll("[data-voice]")) {
    box.hidden = false;
    // The phone's own recorder is not needed here; a file made before may be chosen instead.
    fieldOf(box).removeAttribute("capture");
  }
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-voice]");
  if (!box) return;
  if (event.target.closest("[data-record]")) record(box);
  else if (event.target.closest("[data-stop]")) recorder?.stop();
  else if (event.target.closest("[data-discard]")) discard(box);
});

document.addEventListener("change", (event) => {
  const box = event.target.type === "file" && document.querySelector(`[data-voice="${CSS.escape(event.target.id)}"]`);
  if (box) play(box);
});

async function record(box) {
  if (recorder) return;
  part(box, "record").disabled = true;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const mimeType = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
    recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
  } catch {
    for (const track of stream?.getTracks() || []) track.stop();
    say(box, box.dataset.failed);
    return show(box, "record");
  }
  const pieces = [];
  const longest = Number(box.dataset.longest);
  const begun = Date.now();
  const clock = setInterval(() => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    part(box, "clock").textContent = `${minutes(seconds)} / ${minutes(longest)}`;
    if (seconds >= longest || !box.isConnected) recorder?.stop();
  }, 250);
  recorder.addEventListener("dataavailable", (event) => event.data.size && pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(clock);
    for (const track of stream.getTracks()) track.stop();
    const kind = recorder.mimeType.split(";")[0];
    recorder = null;
    if (box.isConnected) keep(box, new Blob(pieces, { type: kind }), kind);
  });
  recorder.start();
  say(box, box.dataset.recording);
  show(box, "stop");
  part(box, "stop").focus();
}

function keep(box, sound, kind) {
  const held = new DataTransfer();
  held.items.add(new File([sound], `voice.${kind.split("/")[1]}`, { type: kind }));
  fieldOf(box).files = held.files;
  play(box);
  say(box, box.dataset.recorded);
  part(box, "discard").focus();
}

function discard(box) {
  fieldOf(box).value = "";
  play(box);
  say(box, box.dataset.discarded);
  part(box, "record").focus();
}

// What stands in the field, to be listened to before it is sent.
function play(box) {
  const audio = box.querySelector("audio");
  const [file] = fieldOf(box).files;
  if (audio.src) URL.revokeObjectURL(audio.src);
  audio.hidden = !file;
  if (file) audio.src = URL.createObjectURL(file);
  else audio.removeAttribute("src");
  part(box, "clock").textContent = "";
  show(box, file ? "discard" : "record");
}

function show(box, name) {
  for (const each of ["record", "stop", "discard"]) part(box, each).hidden = each !== name;
  part(box, "record").disabled = false;
}

function say(box, words) {
  box.querySelector("[role='status']").textContent = words;
}

addEventListener("caseman:page", offer);
offer();
