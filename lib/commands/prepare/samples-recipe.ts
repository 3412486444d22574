/**
 * How the sample pictures were made from the packages that brought them. Run once, by hand; the results are committed.
 *
 *     apt-get download python3-skimage python-matplotlib-data gcompris-qt-data
 *     for package in *.deb; do dpkg -x "$package" unpacked; done
 *     npx tsx lib/commands/prepare/samples-recipe.ts unpacked
 */
import { readFileSync } from 'node:fs';
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
