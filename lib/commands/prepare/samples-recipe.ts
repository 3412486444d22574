/**
 * How the sample pictures were made from the packages that brought them. Run once, by hand; the results are committed.
 *
 *     apt-get download python3-skimage python-matplotlib-data gcompris-qt-data tuxpaint-stamps-default
 *     for package in *.deb; do dpkg -x "$package" unpacked; done
 *     npx tsx lib/commands/prepare/samples-recipe.ts unpacked
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';

const FOLDER = resolve(import.meta.dirname, '../../../public/samples');
const unpacked = process.argv[2];
if (!unpacked) throw new Error('Say where the packages are unpacked: samples-recipe.ts FOLDER');

const skimage = join(unpacked, 'usr/lib/python3/dist-packages/skimage/data');
const astronaut = readFileSync(join(skimage, 'astronaut.png'));
const photographer = readFileSync(join(skimage, 'camera.png'));
const admiral = readFileSync(join(unpacked, 'usr/share/matplotlib/mpl-data/sample_data/grace_hopper.jpg'));
const bundle = readFileSync(join(unpacked, 'usr/share/gcompris-qt/rcc/explore_world_music.rcc'));
const band = await pictureInBundle(bundle, 1024, 416);

/** Centres of the four heads on the stage, left to right, in pixels of the 1024 × 416 photo. */
const MUSICIANS = [
  [110, 142],
  [424, 144],
  [668, 140],
  [914, 142],
] as const;

/** A square around one musician. */
function musician(index: 0 | 1 | 2 | 3, side: number): Sharp {
  const [x, y] = MUSICIANS[index];
  return sharp(band).extract({ left: x - side / 2, top: y - side / 2, width: side, height: side });
}

await save('astronaut', sharp(astronaut));
await save('admiral', sharp(admiral));
await save('photographer', sharp(photographer));
await save('cat', sharp(join(skimage, 'chelsea.png')));
await save('coffee', sharp(join(skimage, 'coffee.png')));

const four = [musician(0, 112), musician(1, 112), musician(2, 112), musician(3, 112)];
await save('four-musicians', await sheet(four, 2, 320));
await save(
  'six-people',
  await sheet(
    [
      sharp(astronaut).extract({ left: 90, top: 10, width: 260, height: 260 }),
      musician(2, 104),
      sharp(admiral).extract({ left: 20, top: 10, width: 470, height: 470 }),
      sharp(photographer).extract({ left: 120, top: 50, width: 190, height: 190 }),
      musician(1, 112),
      musician(3, 104),
    ],
    3,
    256,
  ),
);

/** Stamps put where their labels say, on a ground of our own: `left`, `top` and `width` are of what is not transparent. */
interface Stamp {
  file: string;
  /** Number among the 80 COCO classes. */
  classId: number;
  left: number;
  top: number;
  width: number;
}
const SCENE = { width: 640, height: 480 };
const stamps = join(unpacked, 'usr/share/tuxpaint/stamps');

await scene('animals', ground('#9fc4e8', '#dfeaf2', 190, '#8aa35c', '#5f7d3c'), [
  { file: 'animals/mammals/elephant.png', classId: 20, left: 30, top: 130, width: 200 },
  { file: 'animals/mammals/giraffe.png', classId: 23, left: 430, top: 50, width: 185 },
  { file: 'animals/mammals/equines/zebra.png', classId: 22, left: 240, top: 165, width: 180 },
  { file: 'animals/mammals/bears/european-bear.png', classId: 21, left: 25, top: 320, width: 165 },
  { file: 'animals/mammals/bovines/sheep.png', classId: 18, left: 215, top: 330, width: 150 },
  { file: 'animals/mammals/dogs/dog.png', classId: 16, left: 385, top: 300, width: 130 },
  { file: 'animals/birds/duck.png', classId: 14, left: 525, top: 330, width: 100 },
]);
await scene('fire-station', ground('#86b3e0', '#e6eef5', 200, '#9a9a98', '#6f6f70'), [
  { file: 'vehicles/flight/planes/747.png', classId: 4, left: 40, top: 15, width: 230 },
  { file: 'vehicles/emergency/firetruck.png', classId: 7, left: 255, top: 130, width: 360 },
  { file: 'vehicles/masstransit/green_korean_bus.png', classId: 5, left: 25, top: 345, width: 265 },
  { file: 'vehicles/garbagetruck.png', classId: 7, left: 315, top: 320, width: 215 },
  { file: 'people/fireman200b.png', classId: 0, left: 545, top: 280, width: 85 },
  { file: 'people/fireman240a.png', classId: 0, left: 120, top: 170, width: 95 },
]);
await scene('kitchen', ground('#e9dcc6', '#f6efe2', 250, '#c79b66', '#a77a48'), [
  { file: 'household/fridge.svg', classId: 72, left: 20, top: 20, width: 165 },
  { file: 'household/microwave.svg', classId: 68, left: 215, top: 60, width: 220 },
  { file: 'household/dishes/mug.png', classId: 41, left: 480, top: 110, width: 115 },
  { file: 'food/pizza.png', classId: 53, left: 230, top: 245, width: 220 },
  { file: 'food/vegetables/broccoli.png', classId: 50, left: 475, top: 270, width: 135 },
  { file: 'food/fruit/banana.png', classId: 46, left: 40, top: 345, width: 50 },
  { file: 'food/fruit/apple_red.png', classId: 47, left: 120, top: 370, width: 75 },
  { file: 'food/fruit/orange.png', classId: 49, left: 495, top: 405, width: 80 },
]);

/** A sky over land, each from one colour to another. */
function ground(sky: string, haze: string, horizon: number, land: string, near: string): string {
  const { width, height } = SCENE;
  const fade = (id: string, from: string, to: string) =>
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>${fade('sky', sky, haze)}${fade('land', land, near)}</defs>
    <rect width="${width}" height="${horizon}" fill="url(#sky)"/>
    <rect y="${horizon}" width="${width}" height="${height - horizon}" fill="url(#land)"/></svg>`;
}

/** The picture, and its labels: exactly where the stamps are. None of them has a face that a face detector would see. */
async function scene(name: string, background: string, parts: readonly Stamp[]): Promise<void> {
  const { width, height } = SCENE;
  const layers: { input: Buffer; left: number; top: number }[] = [];
  const labels: string[] = [];
  for (const { file, classId, left, top, width: across } of parts) {
    const trimmed = await sharp(join(stamps, file)).ensureAlpha().trim({ threshold: 1 }).png().toBuffer();
    const { data, info } = await sharp(trimmed)
      .resize({ width: across, kernel: 'lanczos3' })
      .png()
      .toBuffer({ resolveWithObject: true });
    layers.push({ input: data, left, top });
    const numbers = [
      (left + info.width / 2) / width,
      (top + info.height / 2) / height,
      info.width / width,
      info.height / height,
    ];
    labels.push(`${classId} ${numbers.map((value) => value.toFixed(4)).join(' ')}`);
    if (left + info.width > width || top + info.height > height)
      throw new Error(`${file} reaches out of ${name}: ${left + info.width}, ${top + info.height}.`);
  }
  const picture = await sharp(Buffer.from(background)).composite(layers).png().toBuffer();
  await save(name, sharp(picture).removeAlpha());
  writeFileSync(join(FOLDER, `labels/coco/${name}.txt`), `${labels.join('\n')}\n`);
  writeFileSync(join(FOLDER, `labels/faces/${name}.txt`), '');
}

/** Squares side by side, so many a row. */
async function sheet(parts: Sharp[], columns: number, side: number): Promise<Sharp> {
  const tiles = await Promise.all(
    parts.map(async (part, index) => ({
      input: await part.resize(side, side, { kernel: 'lanczos3' }).toColourspace('srgb').png().toBuffer(),
      left: (index % columns) * side,
      top: Math.floor(index / columns) * side,
    })),
  );
  const rows = Math.ceil(parts.length / columns);
  const blank = { width: columns * side, height: rows * side, channels: 3, background: '#000' } as const;
  return sharp(await sharp({ create: blank }).composite(tiles).png().toBuffer());
}

/** JPEG in sRGB, without the original's metadata. */
async function save(name: string, picture: Sharp): Promise<void> {
  const { size } = await picture
    .toColourspace('srgb')
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: true })
    .toFile(join(FOLDER, `${name}.jpg`));
  console.log(`${name}.jpg ${size} bytes`);
}

/** The first WebP picture of the given size inside a Qt resource bundle, where files lie one after another. */
async function pictureInBundle(bytes: Buffer, width: number, height: number): Promise<Buffer> {
  for (let at = bytes.indexOf('RIFF'); at >= 0; at = bytes.indexOf('RIFF', at + 4)) {
    if (bytes.toString('latin1', at + 8, at + 12) !== 'WEBP') continue;
    const picture = bytes.subarray(at, at + 8 + bytes.readUInt32LE(at + 4));
    const found = await sharp(picture).metadata();
    if (found.width === width && found.height === height) return picture;
  }
  throw new Error(`The bundle holds no WebP picture of ${width} × ${height}.`);
}
