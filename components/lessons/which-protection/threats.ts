/**
 * Threats and what answers them: for every pair a verdict, its reason, and a case in which the control fails or falls short.
 *
 * Verdicts speak of one control by itself, rightly used. `yes`: it is made for this threat. `partly`: it makes the threat harder or
 * smaller, or needs something beside it. `no`: it leaves the threat as it was.
 */

export type Verdict = 'yes' | 'partly' | 'no';

export const CONTROLS = [
  {
    id: 'governance',
    name: 'Data privacy',
    text: 'Law and governance: consent, a stated purpose, no more data than needed, deletion, contracts, audits.',
  },
  {
    id: 'security',
    name: 'Data security',
    text: 'Encryption on disk and wire, passwords and access rights, firewalls, logs.',
  },
  {
    id: 'federated',
    name: 'Federated learning',
    text: 'Data stays on the devices; what they send to the server are updates of a model.',
  },
  {
    id: 'dp',
    name: 'Differential privacy',
    text: 'A trusted server holds the data and adds noise to everything that it releases, within a budget.',
  },
  {
    id: 'federated-dp',
    name: 'Federated + DP',
    text: 'Updates are clipped on the device, noised, and added up so that nobody sees a single one.',
  },
] as const;

export type ControlId = (typeof CONTROLS)[number]['id'];

export interface LiveCell {
  lesson: string;
  cell: string;
}

export interface Judgement {
  verdict: Verdict;
  reason: string;
  /** A case in which it is not enough; for a `no`, one that shows why. */
  counterExample: string;
  /** A cell of this site that shows it. */
  live?: LiveCell;
}

export interface Threat {
  id: string;
  name: string;
  judgements: Record<ControlId, Judgement>;
}

const LINKAGE: LiveCell = { lesson: 'what-dp-promises', cell: 'linkage' };
const NEIGHBOURS: LiveCell = { lesson: 'what-dp-promises', cell: 'neighbours' };
const BUDGET: LiveCell = { lesson: 'what-dp-promises', cell: 'budget' };
const ROC: LiveCell = { lesson: 'what-dp-promises', cell: 'roc' };
const YOUR_REPORT: LiveCell = { lesson: 'telemetry', cell: 'your-report' };
const ASK: LiveCell = { lesson: 'a-budget-across-runs', cell: 'ask' };
const ONE_PATIENT: LiveCell = { lesson: 'healthcare', cell: 'one-patient' };
const MEMBERSHIP: LiveCell = { lesson: 'attacks', cell: 'membership' };
const CANARIES: LiveCell = { lesson: 'attacks', cell: 'canaries' };
const RECONSTRUCT: LiveCell = { lesson: 'attacks', cell: 'reconstruct' };
const PEEK: LiveCell = { lesson: 'federated-learning', cell: 'peek' };
const SECURE_SUM: LiveCell = { lesson: 'federated-learning', cell: 'secure-agg' };
const ROUNDS: LiveCell = { lesson: 'federated-learning', cell: 'rounds' };

export const THREATS: readonly Threat[] = [
  {
    id: 'theft',
    name: 'A thief copies the database from the server',
    judgements: {
      governance: {
        verdict: 'partly',
        reason: 'What was never collected, or was deleted in time, cannot be stolen. What is there can.',
        counterExample:
          'A clinic keeps to every rule and deletes after ten years. The thief comes in the ninth.',
      },
      security: {
        verdict: 'yes',
        reason: 'This is what it is made for: without the key an encrypted disk is noise.',
        counterExample: 'The thief has an administrator’s password, and the database is opened for them.',
      },
      federated: {
        verdict: 'partly',
        reason:
          'There is no central database of raw data to copy. The model and the devices are still there.',
        counterExample:
          'One of the hospitals that train together is broken into. Its own data lies there in the clear.',
      },
      dp: {
        verdict: 'no',
        reason: 'The noise is in what the server releases. The table that it is computed from has none.',
        counterExample: 'Every statistic of an office was private. The thief takes the table behind them.',
      },
      'federated-dp': {
        verdict: 'partly',
        reason:
          'Nothing raw lies on the server; what it holds is noised. The devices hold their own data as before.',
        counterExample: 'A stolen phone, unlocked, shows its own photographs.',
      },
    },
  },
  {
    id: 'network',
    name: 'Somebody listens on the network',
    judgements: {
      governance: {
        verdict: 'no',
        reason: 'A contract changes nothing about what crosses a wire.',
        counterExample: 'All have consented to the transfer. It is sent in the clear, and read on the way.',
      },
      security: {
        verdict: 'yes',
        reason: 'Encryption in transit is made for this.',
        counterExample: 'The times and sizes of messages stay visible: who sends, how much and when.',
      },
      federated: {
        verdict: 'partly',
        reason: 'Raw data does not travel. Updates do, and they speak of the data.',
        counterExample:
          'From the gradient of one picture, the picture can be computed back (Zhu, Liu and Han, 2019).',
        live: RECONSTRUCT,
      },
      dp: {
        verdict: 'no',
        reason: 'With a trusted server the noise comes at the end. The raw data has crossed the wire before.',
        counterExample: 'A survey is published with noise; its answers were sent to the office in the clear.',
      },
      'federated-dp': {
        verdict: 'partly',
        reason:
          'A masked update looks like random numbers to anybody who listens. The keys for the masks must be agreed on over a channel that is secured otherwise.',
        counterExample: 'Somebody in the middle swaps the keys while they are agreed on, and reads along.',
        live: SECURE_SUM,
      },
    },
  },
  {
    id: 'purpose',
    name: 'Data is used for something that nobody agreed to',
    judgements: {
      governance: {
        verdict: 'yes',
        reason: 'A stated purpose that binds is exactly this promise, and it has courts.',
        counterExample: 'The rule is broken in secret, and nobody audits.',
      },
      security: {
        verdict: 'no',
        reason: 'It keeps out those who may not read. The person who misuses the data here may read it.',
        counterExample: 'The advertising department has a valid password for the patients’ table.',
      },
      federated: {
        verdict: 'partly',
        reason: 'The data is not in the company’s hands. What is trained on it next still is.',
        counterExample:
          'The next update of the app trains a model of who is pregnant, on the device, as before.',
      },
      dp: {
        verdict: 'no',
        reason: 'It bounds what is told about one person, whatever the question is for.',
        counterExample:
          'A private model prices insurance by postcode. Each patient’s data is protected; nobody had agreed to this use.',
      },
      'federated-dp': {
        verdict: 'partly',
        reason: 'As with federated learning alone. A budget bounds how much is learnt, not what for.',
        counterExample: 'Private, decentralised, and still a model of something that nobody had agreed to.',
      },
    },
  },
  {
    id: 'membership',
    name: 'A published figure or model gives away who is in the data',
    judgements: {
      governance: {
        verdict: 'partly',
        reason: 'A review can forbid risky tables. It cannot tell what a network has memorised.',
        counterExample: 'Two harmless averages, one before and one after somebody was hired, give their pay.',
        live: NEIGHBOURS,
      },
      security: {
        verdict: 'no',
        reason: 'The model is published on purpose: everybody may read it.',
        counterExample:
          'A model behind the best firewall answers a paying customer, and is surer of those it was trained on.',
        live: MEMBERSHIP,
      },
      federated: {
        verdict: 'no',
        reason: 'The model is trained on the same data and remembers it alike, wherever it lay.',
        counterExample:
          'A keyboard trained without ever collecting a message can complete somebody’s card number.',
        live: CANARIES,
      },
      dp: {
        verdict: 'yes',
        reason:
          'This is the promise. In training, clipping and noise bound what one person can change, and with it how far a network can memorise them.',
        counterExample:
          'At ε = 10 the odds may grow 22,026-fold. Such a promise is kept easily and means little.',
        live: ROC,
      },
      'federated-dp': {
        verdict: 'yes',
        reason: 'The same, with a whole client (all that is on one device) as the unit.',
        counterExample:
          'One hospital is one client: a single patient is covered at up to twice the ε of the client, but a model that hides whole hospitals learns little from five.',
        live: ROUNDS,
      },
    },
  },
  {
    id: 'linkage',
    name: 'A file without names is joined with another source',
    judgements: {
      governance: {
        verdict: 'partly',
        reason:
          'Law can forbid the join. In the European Union, data that can be put back to a person with further information remains personal data for whoever can reasonably get at that information. The join works all the same.',
        counterExample: 'The person who downloads the file lives where that law does not reach.',
        live: LINKAGE,
      },
      security: {
        verdict: 'no',
        reason: 'The file was handed out on purpose, and the other source is public.',
        counterExample: 'No lock is broken: both files were downloaded from their publishers.',
        live: LINKAGE,
      },
      federated: {
        verdict: 'partly',
        reason:
          'No file of records is handed out. What the model says can still be combined with other sources.',
        counterExample: 'The attacker knows a patient’s age and postcode, and asks the model for the rest.',
      },
      dp: {
        verdict: 'yes',
        reason: 'The bound holds whatever else the attacker knows, today or in ten years.',
        counterExample:
          'Beside the private tables somebody publishes the file itself. The promise is about one release, not about all that is in the world.',
        live: LINKAGE,
      },
      'federated-dp': {
        verdict: 'yes',
        reason: 'The same: the promise does not depend on what the attacker knows beside the release.',
        counterExample: 'A client also uploads a backup of its photographs elsewhere, without any noise.',
      },
    },
  },
  {
    id: 'server',
    name: 'The people who run the server read the data',
    judgements: {
      governance: {
        verdict: 'partly',
        reason: 'Contracts, audits and fines deter. The server can still look.',
        counterExample: 'An employee looks up a neighbour, and is dismissed a year later.',
      },
      security: {
        verdict: 'partly',
        reason: 'Access rights and logs limit who on the inside sees what. Somebody holds the keys.',
        counterExample: 'The administrator who set up the encryption.',
      },
      federated: {
        verdict: 'partly',
        reason: 'The server sees updates instead of data, and one update can show what it came from.',
        counterExample:
          'A client with a single picture sends its gradient. The server computes the picture back.',
        live: PEEK,
      },
      dp: {
        verdict: 'no',
        reason:
          'With a trusted server it holds all the data: that is what “trusted” means. Local DP, where each device adds the noise, trusts nobody.',
        counterExample: 'The server publishes private statistics, and sells the raw table.',
        live: YOUR_REPORT,
      },
      'federated-dp': {
        verdict: 'yes',
        reason: 'The server sees a noised sum and no single update.',
        counterExample:
          'The server runs most of the clients itself and subtracts what they sent: the sum is now about one person. Only noise that is enough without those clients helps.',
        live: SECURE_SUM,
      },
    },
  },
  {
    id: 'again',
    name: 'Somebody asks again and again, or trains model after model',
    judgements: {
      governance: {
        verdict: 'partly',
        reason: 'A board can refuse the tenth study. It has no measure of what nine have told.',
        counterExample: 'Each of the nine was harmless by itself.',
      },
      security: {
        verdict: 'no',
        reason:
          'Every question is allowed. A limit on their rate slows them down and does not know what they tell together.',
        counterExample: 'One question a day for a year, each with a valid password.',
        live: BUDGET,
      },
      federated: {
        verdict: 'no',
        reason:
          'Each round is another question to the same data, and nothing bounds what they tell together.',
        counterExample: 'The server follows one client’s updates over a thousand rounds.',
        live: PEEK,
      },
      dp: {
        verdict: 'yes',
        reason: 'Costs add up by known rules, and a budget ends the questions.',
        counterExample:
          'Two departments hold the same data, each with a ledger of its own. The people in it have lost both budgets.',
        live: ASK,
      },
      'federated-dp': {
        verdict: 'yes',
        reason: 'The same for rounds: an accountant adds them up.',
        counterExample: 'The app is installed anew and counts from zero, though the person is the same.',
        live: ASK,
      },
    },
  },
  {
    id: 'inference',
    name: 'A true finding about everybody is turned against you',
    judgements: {
      governance: {
        verdict: 'partly',
        reason:
          'Law can forbid the use: an insurer may not be allowed to ask. It cannot make the finding unknown.',
        counterExample: 'A use that no law has thought of yet.',
      },
      security: {
        verdict: 'no',
        reason: 'The finding is published, as it should be.',
        counterExample: 'A study on smoking and cancer is printed in a journal.',
      },
      federated: {
        verdict: 'no',
        reason: 'Finding such things out is what the model is for.',
        counterExample: 'The model has learnt that people who type like you buy more. It knows how you type.',
      },
      dp: {
        verdict: 'no',
        reason:
          'This is by design: a finding that comes out the same with and without you is not about your data. Differential privacy lets statistics be learnt.',
        counterExample:
          'A study finds that smoking causes cancer. A smoker’s insurance costs more now, whether they were in the study or not (Dwork and Roth, 2014).',
      },
      'federated-dp': {
        verdict: 'no',
        reason:
          'As with differential privacy alone: it protects your data, not against what is true of everybody.',
        counterExample: 'The same model of the same habit, learnt privately.',
        live: ONE_PATIENT,
      },
    },
  },
  {
    id: 'poison',
    name: 'A participant sends false data, to spoil the model',
    judgements: {
      governance: {
        verdict: 'no',
        reason: 'A rule against it notices nothing.',
        counterExample: 'All participants signed. One was lying.',
      },
      security: {
        verdict: 'partly',
        reason: 'It keeps strangers out. The participant is not a stranger.',
        counterExample: 'A valid account, and false data.',
      },
      federated: {
        verdict: 'no',
        reason: 'It makes the attack easier: nobody looks at the data behind an update.',
        counterExample: 'One client multiplies its update by a thousand, and the average is what it wants.',
      },
      dp: {
        verdict: 'partly',
        reason:
          'The bound on what one person can change is also a bound on the harm that one person can do (Ma, Zhu and Hsu, 2019). With many false examples the bound is void.',
        counterExample: 'A tenth of all examples are false. Nothing in ε speaks of so many at once.',
      },
      'federated-dp': {
        verdict: 'partly',
        reason: 'Clipping shortens long updates. But under secure aggregation nobody can see who it was.',
        counterExample: 'Fifty clients of one owner send small, false updates, round after round.',
      },
    },
  },
];

export const PAIRS = THREATS.flatMap((threat) => CONTROLS.map((control) => ({ threat, control })));

/** One letter for each pair, row by row: `y`, `p`, `n`, or `-` where nothing has been said. */
export const LETTERS: Readonly<Record<Verdict, string>> = { yes: 'y', partly: 'p', no: 'n' };
export const NO_ANSWERS = '-'.repeat(PAIRS.length);

/** Reads a string of letters; anything else is no answer, and what is missing too. */
export function readAnswers(text: string): (Verdict | null)[] {
  const verdicts: Record<string, Verdict> = { y: 'yes', p: 'partly', n: 'no' };
  return PAIRS.map((_, i) => (Object.hasOwn(verdicts, text[i] ?? '') ? verdicts[text[i]!]! : null));
}

export const writeAnswers = (answers: readonly (Verdict | null)[]): string =>
  answers.map((answer) => (answer === null ? '-' : LETTERS[answer])).join('');

export const verdictAt = (index: number): Judgement => {
  const { threat, control } = PAIRS[index]!;
  return threat.judgements[control.id];
};
