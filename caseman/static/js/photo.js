// Small previews of the photographs just chosen, drawn on a canvas: nothing leaves the page and the
// file itself is not touched. A format the browser cannot draw is named instead.

const EDGE = 240;

document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches("input[type='file'][data-preview]")) return;
  const place = document.querySelector(`[data-previews="${CSS.escape(input.id)}"]`);
  if (!place) return;
  place.replaceChildren();
  for (const file of input.files) place.append(await preview(file));
});

async function preview(file) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const name = document.createElement("bdi");
  name.textContent = file.name;
  caption.append(name);
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.setAttribute("aria-hidden", "true");
    image.close();
    figure.append(canvas);
  } catch {
    figure.className = "preview-none";
  }
  figure.append(caption);
  return figure;
}
