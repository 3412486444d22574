import { defineParameters, number, text } from '@/lib/notebook';

/** Claims to begin with, of the kinds that one meets. */
export const EXAMPLE_CLAIMS: readonly { name: string; text: string }[] = [
  { name: 'A vendor', text: 'ε = 8, per day, shuffled batches, tuned on the private data' },
  { name: 'A mobility report', text: 'ε = 2.64 per user-day, Laplace noise, central model' },
  {
    name: 'A paper on training',
    text: '(ε, δ) = (3, 10^-5)-DP, example-level, σ = 0.8, batch size 600, n = 60,000, 10 epochs, shuffled batches',
  },
  { name: 'A keyboard', text: 'ρ = 0.81 zCDP, device-level, federated with DP-FTRL, δ = 10^-10' },
  { name: 'Telemetry', text: 'local ε = 4 for each report, two reports a day' },
  { name: 'An advertisement', text: 'All data is fully anonymised with military-grade differential privacy' },
];

/** A claim, and what to suppose where it is silent. */
export const claimParameters = defineParameters({
  claimText: text({
    label: 'The claim',
    key: 'claim',
    help: 'What somebody says of their privacy, pasted or typed.',
    maxLength: 600,
    default: EXAMPLE_CLAIMS[0]!.text,
  }),
  claimRecords: number({
    label: 'Records of one person',
    key: 'krec',
    help: 'How many records, examples or reports one person may have in the data, where the claim does not say it.',
    min: 1,
    max: 1000,
    scale: 'log',
    integer: true,
    default: 10,
  }),
  claimTries: number({
    label: 'Runs that were tried',
    key: 'ktries',
    help: 'How many runs the settings were chosen from, where the claim does not say it.',
    min: 1,
    max: 1000,
    scale: 'log',
    integer: true,
    default: 20,
  }),
});
