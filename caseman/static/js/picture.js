// Draws a picture of the page, an SVG, as a PNG of the same size, and offers it to be kept.
// Without this module the link keeps the SVG itself.

function drawn(address) {
  const image = new Image();
  image.src = address;
  return image.decode().then(() => image);
}

function painted(image) {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

async function keep(event) {
  const button = event.currentTarget;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await painted(await drawn(button.dataset.picture)));
  link.download = button.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

for (const button of document.querySelectorAll("button[data-picture]")) {
  button.hidden = false;
  button.addEventListener("click", keep);
}
