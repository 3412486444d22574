/**
 * Reads a claim of privacy as people write it: “ε = 8, per day, shuffled batches, tuned on the private data”. It looks for words that
 * are used in the field and understands no sentences; so it says what it read, and the reader may correct it.
 */
import { type Claim, type ClaimedPeriod, NOTHING_SAID } from './claim';
import { NUMBER, plainText, readWritten } from './numbers-in-text';

export interface ReadClaim {
  claim: Claim;
  /** What in the text cannot be meant as it stands, in words for the reader. */
  problems: string[];
  /** Nothing in the text speaks of differential privacy. */
  isNonsense: boolean;
}

/** Longer texts are cut. */
export const MOST_TEXT = 600;

const number = (before: string, after = '') => new RegExp(`${before}(${NUMBER})${after}`, 'giu');
const IS = String.raw`\s*(?:<=|<|=|:|\bof\b|\bis\b|\bat most\b|\bup to\b)?\s*(?:<=|<|=|\bat most\b|\babout\b)?\s*`;

/** `ε`, `ε_max`, `ε0 =`: what follows without a sign of equality is the number itself. */
const EPSILON = number(String.raw`ε\s*(?:_\{?[a-z0-9∞]{1,8}\}?|[a-z0-9∞]{1,4}(?=\s*(?:=|<|:)))?` + IS);
/** `ε between 0.994 and 13.69`: the second number; the first is found as any other. */
const RANGE = new RegExp(
  String.raw`ε\s*(?:is|are|lies?)?\s*(?:between|from|in)\s*[[(]?\s*(${NUMBER})\s*(?:and|to|-|;|, )\s*(${NUMBER})`,
  'giu',
);
const DELTA = number(`δ${IS}`);
const RHO = number(`ρ${IS}`, '(?!\\s*-?\\s*GDP)');
const ZCDP = number('', '\\s*-?\\s*zCDP');
const SIGMA = number(`σ${IS}`);
/** `(2, 1e-5)-DP`, `(ε, δ) = (2, 10^-5)`. The comma between the two is not one within a number. */
const PAIR = new RegExp(
  String.raw`\(\s*([+-]?\d*[.]?\d+|[+-]?\d+,\d+(?=\s*;))\s*[,;]\s*(${NUMBER})\s*\)\s*(?:-?\s*(?:DP|differential|approximate)|(?=$|[.,;\s]))`,
  'giu',
);
const PURE_DP = number('', String.raw`\s*-?\s*(?:DP\b|differential(?:ly)? priva)`);

const PERIODS: readonly (ClaimedPeriod & { pattern: RegExp })[] = [
  ['every six hours', 365 * 4, /(?:per|every|each)\s+(?:six|6)\s+hours?/i],
  ['an hour', 365 * 24, /(?:per|every|each|an?)\s+hour\b|\bhourly\b/i],
  ['a day', 365, /(?:per|every|each|an?)\s+(?:user[- ])?day\b|\bdaily\b|user-day|device-day|\/\s*day\b/i],
  ['a week', 52, /(?:per|every|each|an?)\s+week\b|\bweekly\b|\/\s*week\b/i],
  ['a month', 12, /(?:per|every|each|an?)\s+month\b|\bmonthly\b|user-month|\/\s*month\b/i],
  ['a quarter', 4, /(?:per|every|each|an?)\s+quarter\b|\bquarterly\b/i],
  ['a year', 1, /(?:per|every|each|an?)\s+year\b|\byearly\b|\bannual(?:ly)?\b/i],
  [
    'once and for all',
    1,
    /\bone release\b|\bonce and for all\b|\bin total\b|\btotal budget\b|\blifetime\b|\boverall\b/i,
  ],
].map(([words, perYear, pattern]) => ({ words, perYear, pattern }) as ClaimedPeriod & { pattern: RegExp });

const UNITS = [
  ['household', /\bhouse-?holds?\b/i],
  [
    'person',
    /\b(?:user|person|people|individual|member|patient|customer|client|student|citizen)s?[- ]?(?:level|day|month)?\b/i,
  ],
  ['device', /\b(?:device|phone|browser)s?[- ]?(?:level|day)?\b/i],
  [
    'event',
    /\b(?:event|action|report|visit|trip|click|query|message)s?[- ]?level\b|\bper (?:event|action|report|visit|trip|click|message|query|donation)\b/i,
  ],
  [
    'record',
    /\b(?:example|record|row|sample|image|picture|sequence|document|tuple)s?[- ]?level\b|\bper (?:example|record|row|sample|image|picture|sequence|document)\b/i,
  ],
] as const;

const MODELS = [
  ['shuffled-reports', /\bshuffle(?:r)? model\b|\bshuffled reports\b|\bshuffling of reports\b/i],
  ['local', /\blocal(?:ly)?\b(?! minim)|\bLDP\b|\bon[- ]device (?:noise|random)/i],
  ['federated', /\bfederated\b|\bDP-?FTRL\b|\bDP-?FedAvg\b|\bsecure aggregation\b/i],
  ['central', /\bcentral(?:ly)?\b|\btrusted (?:curator|server)\b|\bglobal model\b/i],
] as const;

const SAMPLINGS = [
  ['poisson', /\bpoisson\b/i],
  [
    'shuffled',
    /\bshuffl\w*\s+(?:mini-?)?(?:batch|lot|data|example|epoch|order)\w*|\b(?:mini-?)?(?:batch|lot)\w*\s+(?:are|were|is|was)?\s*(?:shuffl\w*|fixed)|\bfixed[- ]size (?:batch|lot)\w*|\breshuffl\w*|\bshuffled\b/i,
  ],
  ['none', /\b(?:no|without) (?:sub-?)?sampling\b|\bfull[- ]batch\b|\bDP-?FTRL\b/i],
] as const;

const NOT_TUNED =
  /\b(?:not|never|un)[- ]?tuned\b|\bno tuning\b|\btuned? on (?:the )?(?:public|proxy|synthetic|other|held-?out public)\b|\btun\w+ (?:privately|with dp)\b|\bpublic data for tuning\b/i;
const TUNED =
  /\btun(?:ed|ing)\b|\bgrid search\b|\bhyper-?parameter (?:search|sweep)|\bsweep\b|\bbest of \d|\bcherry/i;

const TRIES = [
  number(String.raw`\bbest of\s+`),
  number(
    '',
    String.raw`\s+(?:settings|configurations|trials|tries|runs|candidates|models|hyper-?parameter)\b`,
  ),
];
const PER_PERSON = [
  number(
    String.raw`\b(?:up to|at most|with|each (?:with|has))?\s*`,
    String.raw`\s+(?:records|examples|rows|images|pictures|samples|sequences|events|reports|donations|documents|messages)\s+(?:per|a|an|each|for each|for every|from each|of each)\s*(?:user|person|patient|device|member|individual|day)?`,
  ),
  number(String.raw`\bk\s*=\s*`),
  number(
    String.raw`(?:user|person|patient|device|member|individual)s?\s+(?:may |can |with )?(?:have|has|hold|contribute|give)?s?\s*(?:up to|at most)?\s*`,
    String.raw`\s+(?:records|examples|rows|images|pictures|samples|sequences|events|reports|documents)`,
  ),
];
const LOT = [number(String.raw`\b(?:batch|lot)[- ]size${IS}`), number(String.raw`\b(?:batches|lots) of\s+`)];
const DATASET = [
  number(String.raw`\b(?:n|N)\s*=\s*`),
  number(
    '',
    String.raw`\s+(?:training )?(?:examples|records|images|people|users|rows)\b(?!\s+(?:per|a|an|each|for)\b)`,
  ),
];
const EPOCHS = [number('', String.raw`\s+epochs?\b`), number(String.raw`\bepochs${IS}`)];

const all = (pattern: RegExp, text: string, whole = false): number[] =>
  [...text.matchAll(pattern)]
    .map((match) => readWritten(match[1]!, whole))
    .filter((value) => !Number.isNaN(value));

function firstWhole(patterns: readonly RegExp[], text: string): number | null {
  for (const pattern of patterns) {
    const found = all(pattern, text, true).find((value) => Number.isSafeInteger(value) && value >= 1);
    if (found !== undefined) return found;
  }
  return null;
}

const firstOf = <Id extends string>(list: readonly (readonly [Id, RegExp])[], text: string): Id | null =>
  list.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

/** Never throws, whatever the text. */
export function readClaim(written: string): ReadClaim {
  const text = plainText(written.slice(0, MOST_TEXT));
  const problems: string[] = [];
  const pairs = [...text.matchAll(PAIR)].map(([, epsilon, delta]) => ({
    epsilon: readWritten(epsilon!),
    delta: readWritten(delta!),
  }));
  const withoutPairs = text.replace(PAIR, ' ');

  const ranges = [...withoutPairs.matchAll(RANGE)].flatMap(([, low, high]) => [
    readWritten(low!),
    readWritten(high!),
  ]);
  const epsilons = [...pairs.map(({ epsilon }) => epsilon), ...ranges, ...all(EPSILON, withoutPairs)];
  if (epsilons.length === 0) epsilons.push(...all(PURE_DP, withoutPairs));
  const epsilon = largest('ε', epsilons, problems, (value) =>
    value < 0
      ? `ε = ${value} is below 0, which no ε can be.`
      : value === Number.POSITIVE_INFINITY
        ? 'An infinite ε promises nothing.'
        : null,
  );
  const delta = largest(
    'δ',
    [...pairs.map((pair) => pair.delta), ...all(DELTA, withoutPairs)],
    problems,
    (value) =>
      value < 0
        ? `δ = ${value} is below 0, which no probability can be.`
        : value >= 1
          ? `δ = ${value} promises nothing: everything may be given away with certainty.`
          : null,
  );
  const rho = largest('ρ', [...all(RHO, withoutPairs), ...all(ZCDP, withoutPairs)], problems, (value) =>
    value > 0 && value < Number.POSITIVE_INFINITY ? null : `ρ = ${value} is not above 0.`,
  );
  const sigma = all(SIGMA, withoutPairs).find((value) => value > 0 && value < 1e6) ?? null;
  const period = PERIODS.find(({ pattern }) => pattern.test(text));
  const tuned = NOT_TUNED.test(text) ? 'elsewhere' : TUNED.test(text) ? 'private-data' : null;

  const claim: Claim = {
    ...NOTHING_SAID,
    ...{ epsilon, delta, rho, noiseMultiplier: sigma },
    period: period ? { words: period.words, perYear: period.perYear } : null,
    unit: firstOf(
      UNITS,
      PER_PERSON.reduce((rest, pattern) => rest.replace(pattern, ' '), text),
    ),
    recordsPerPerson: firstWhole(PER_PERSON, text),
    model: firstOf(MODELS, text),
    sampling: firstOf(SAMPLINGS, text),
    tuning: tuned,
    tries: firstWhole(TRIES, text),
    relation: /\b(?:replace|substitut|change|swap)[- ]?(?:one|a record)?|\bbounded dp\b/i.test(text)
      ? 'replace'
      : /\badd(?:ed|ing)?[- ](?:or|\/)[- ]?remov|\badd\/remove|\bunbounded dp\b/i.test(text)
        ? 'add-or-remove'
        : null,
    lotSize: firstWhole(LOT, text),
    datasetSize: firstWhole(DATASET, text),
    epochs: firstWhole(EPOCHS, text),
  };
  if (/\banonymous|anonymi[sz]ed\b/i.test(text) && epsilon === null && rho === null)
    problems.push('“Anonymous” is a word, not a bound. Differential privacy has an ε.');
  const isNonsense =
    epsilon === null && rho === null && problems.length === 0 && !/[εδρ]|\bDP\b|differential/i.test(text);
  return { claim, problems, isNonsense };
}

/** Of several, the one that promises least; what cannot be meant becomes a problem. */
function largest(
  name: string,
  values: readonly number[],
  problems: string[],
  wrong: (value: number) => string | null,
): number | null {
  const lawful = values.filter((value) => {
    const problem = wrong(value);
    if (problem !== null) problems.push(problem);
    return problem === null;
  });
  if (lawful.length === 0) return null;
  const most = Math.max(...lawful);
  if (new Set(lawful).size > 1)
    problems.push(`Several ${name} are named. The largest is taken: ${name} = ${most}.`);
  return most;
}
