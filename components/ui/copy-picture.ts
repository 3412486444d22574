/**
 * Puts a picture into the clipboard. To be called within the click, with the picture still under way: some browsers allow it only then.
 * @throws if the picture cannot be made, or with what to do where copying pictures is not allowed
 */
export async function copyPicture(png: Promise<Blob>, instead: string): Promise<void> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  } catch {
    await png;
    throw new Error(`Copying a picture is not allowed here. ${instead}`);
  }
}

export function canvasToPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser could not write the picture.'))),
      'image/png',
    );
  });
}
