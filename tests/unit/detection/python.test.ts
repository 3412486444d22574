import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { NOISE_KINDS, type PythonSettings, pythonExample } from '@/lib/detection';

const settings: PythonSettings = {
  picture: 'bus.jpg',
  width: 640,
  height: 480,
  kind: 'gaussian',
  scale: 0.1,
  seed: 7,
  confidence: 0.25,
  inputSize: 640,
  checkpoint: 'yolo26n.pt',
};

const python = spawnSync('python3', ['--version']).status === 0;
const parseAll = (programs: readonly string[]) =>
  spawnSync('python3', ['-c', 'import ast, json, sys; [ast.parse(each) for each in json.load(sys.stdin)]'], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
  });

describe('the same in Python', () => {
  it('is the text’s example: YOLO26, noise 0.1, the count of detections', () => {
    expect(pythonExample(settings)).toBe(`import numpy as np
from PIL import Image, ImageOps
from ultralytics import YOLO

picture = ImageOps.exif_transpose(Image.open("bus.jpg"))
if picture.mode.startswith("I"):  # 16 bits a pixel: the upper eight
    picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
picture = picture.convert("RGBA")  # what is transparent shows as white
paper = Image.new("RGBA", picture.size, "white")
picture = Image.alpha_composite(paper, picture).convert("RGB")
# Disturbed at the size that the page shows, whatever the file has.
picture = picture.resize((640, 480), Image.Resampling.BILINEAR)
image = np.asarray(picture, dtype=np.float32) / 255

rng = np.random.default_rng(7)
noisy = np.clip(image + rng.normal(0, 0.1, image.shape), 0, 1)

model = YOLO("yolo26n.pt")
noisy_picture = Image.fromarray((255 * noisy).round().astype(np.uint8))
results = model(noisy_picture, imgsz=640, rect=False, conf=0.25)
print(len(results[0].boxes), "detections")
`);
  });

  it('looks for the chosen classes alone', () => {
    expect(pythonExample({ ...settings, classes: [0, 16] })).toContain('conf=0.25, classes=[0, 16])');
    expect(pythonExample({ ...settings, classes: null })).toBe(pythonExample(settings));
  });

  it('follows every setting', () => {
    const program = pythonExample({
      ...settings,
      picture: 'me & "you".png',
      scale: 0.30000000000000004,
      seed: 12,
      confidence: 0.4,
      inputSize: 320,
      checkpoint: 'yolo11s.pt',
    });
    for (const part of [
      '"me & \\"you\\".png"',
      'rng.normal(0, 0.3,',
      'default_rng(12)',
      'imgsz=320',
      'conf=0.4',
      '"yolo11s.pt"',
    ])
      expect(program).toContain(part);
  });

  it('names the kind’s own measure', () => {
    const of = (kind: PythonSettings['kind']) => pythonExample({ ...settings, kind });
    expect(of('laplace')).toContain('rng.laplace(0, 0.1 / np.sqrt(2), image.shape)');
    expect(of('uniform')).toContain('0.1 * np.sqrt(3) * rng.uniform(-1, 1, image.shape)');
    expect(of('salt-and-pepper')).toContain('rank < 0.1 / 2');
    expect(of('blur')).toContain('GaussianBlur(3.2)');
    expect(of('pixelation')).toContain('side = 9');
    expect(of('jpeg')).toContain('quality=90');
  });

  it('draws nothing where nothing is drawn', () => {
    expect(pythonExample({ ...settings, scale: 0 })).toContain('\nnoisy = image\n');
    for (const kind of ['blur', 'pixelation', 'jpeg'] as const)
      expect(pythonExample({ ...settings, kind })).not.toContain('rng');
    expect(pythonExample({ ...settings, scale: 0 })).not.toContain('rng');
  });

  it.skipIf(!python)('is valid Python for every kind and any file name', () => {
    const names = ['a.jpg', 'C:\\new\\u.png', "o'brien \n\u2028.jpg", '写真 📷.png'];
    const { status, stderr } = parseAll(
      NOISE_KINDS.flatMap(({ kind }) =>
        names.map((picture) => pythonExample({ ...settings, kind, picture })),
      ),
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('exists for every kind, and says the severity’s own parameters', () => {
    for (const { kind } of NOISE_KINDS)
      expect(pythonExample({ ...settings, kind, scale: 0.5 })).toMatch(/\nnoisy = /);
    const fog = pythonExample({ ...settings, kind: 'fog', scale: 1 });
    expect(fog).toContain('fog = 3 * plasma(1024, 1.4)');
    expect(pythonExample({ ...settings, kind: 'snow', scale: 0 })).toContain('noisy = image');
  });
});
