/** The current detection as a Python notebook for Ultralytics, with the same noise. */
import { type PythonSettings, pythonExample } from '@/lib/detection/python';
import { writeIpynb } from '../ipynb';

/** @returns the text of an .ipynb file */
export function ultralyticsNotebook(settings: PythonSettings, link: string): string {
  return writeIpynb(
    [
      {
        kind: 'markdown',
        source: `# Noise on pixels, with Ultralytics

Made by Epsilon Playground from these settings: ${link}

Put **${settings.picture}** beside this notebook. Noise is the same in distribution, not pixel by pixel. Noise on the input of a trained network is *input perturbation*: it is not DP training, and at useful strengths its ε per pixel means little.`,
      },
      { kind: 'code', source: '%pip install --quiet ultralytics pillow numpy' },
      { kind: 'code', source: pythonExample(settings).trimEnd() },
    ],
    { language: 'python', metadata: { link } },
  );
}
