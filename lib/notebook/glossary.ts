/** The words of the field, each in a sentence or two, for a person who meets it for the first time. */

export interface GlossaryEntry {
  name: string;
  text: string;
}

export const GLOSSARY = {
  epsilon: {
    name: 'ε (epsilon)',
    text: 'The bound on the privacy loss, in nats. Whether one person takes part changes the probability of any set of outcomes by at most a factor of e to the ε, up to δ. Smaller is more private. It is no percentage and no scale of safety: 0.1 is not ten times safer than 1.',
  },
  delta: {
    name: 'δ (delta)',
    text: 'At most so much probability may fall outside the factor of e to the ε, for any set of outcomes. It is not the chance that everything leaks, but a promise with δ does not exclude that. So it must be far smaller than one in the number of people.',
  },
  neighbours: {
    name: 'Neighbouring data sets',
    text: 'Two data sets that differ in one person’s data. Here: one has an example that the other lacks (add or remove one).',
  },
  gradient: {
    name: 'Gradient',
    text: 'The direction in which the weights should move to lower the loss, as one example or many see it, and how strongly.',
  },
  clipping: {
    name: 'Clipping',
    text: 'Shortening a gradient to a length C where it is longer, with its direction kept. It bounds what one example can do.',
  },
  'noise-multiplier': {
    name: 'Noise multiplier σ',
    text: 'The standard deviation of the noise divided by the clip C. With the sampling rate and the number of steps it decides ε.',
  },
  'poisson-sampling': {
    name: 'Poisson sampling',
    text: 'Each example joins a lot with the same probability, independently of all others. The size of the lot is therefore random.',
  },
  accountant: {
    name: 'Accountant',
    text: 'The calculation that adds up the privacy loss of many steps into one ε. A tighter accountant proves a smaller ε for the same noise.',
  },
  recall: {
    name: 'Recall',
    text: 'Of the things that are there, the share that is found.',
  },
  precision: {
    name: 'Precision',
    text: 'Of the things that are found, the share that is there.',
  },
  iou: {
    name: 'Overlap (IoU)',
    text: 'Intersection over union: the area that two boxes share, divided by the area that they cover together. 1 is the same box; from 0.5 on a box usually counts as found.',
  },
  'average-precision': {
    name: 'Average precision',
    text: 'The area under the curve of precision against recall, as the confidence is lowered from 1 to 0: a detector’s quality without having to choose a threshold.',
  },
  'mean-average-precision': {
    name: 'Mean average precision (mAP50, mAP50-95)',
    text: 'Average precision, averaged over the classes, from 0 to 1. The usual score of a detector: it rewards a detector that finds all things, is sure of them, and puts its boxes in the right place. With 50, a box counts from an overlap of 0.5; with 50-95, ten overlaps from 0.5 to 0.95 are averaged, so that boxes must also sit tight.',
  },
  confidence: {
    name: 'Confidence',
    text: 'The detector’s own score for a box, from 0 to 1. Boxes under the threshold are not shown. It is not a probability, unless the detector is calibrated.',
  },
  detection: {
    name: 'Object detection',
    text: 'Finding things in a picture: for each a box around it, a class (“face”, “car”) and a confidence.',
  },
  yolo: {
    name: 'YOLO (You Only Look Once)',
    text: 'A family of detectors that find all boxes in one pass over the picture, instead of looking at one region after another (Redmon et al., 2016). They are fast enough for video. YOLO26 of Ultralytics is one; this site can load it.',
  },
  suppression: {
    name: 'Non-maximum suppression (NMS)',
    text: 'Of several boxes that overlap nearly completely, keeping only the one with the highest confidence. It uses the detector’s output alone, so it costs no privacy.',
  },
  seed: {
    name: 'Seed',
    text: 'A number from which a whole stream of random numbers follows. Anybody who knows it can repeat the draw, so it protects nobody.',
  },
  sensitivity: {
    name: 'Sensitivity of a test',
    text: 'Of those who have the disease, the share that the test finds. Not to be mixed up with the sensitivity of a query, which is how much one person can change it.',
  },
  specificity: {
    name: 'Specificity',
    text: 'Of those who do not have the disease, the share that the test clears.',
  },
  calibration: {
    name: 'Calibration',
    text: 'Whether probabilities mean what they say: of all cases given 80 %, eight in ten should turn out so.',
  },
  'cross-validation': {
    name: 'Cross-validation',
    text: 'Parting the data into k folds and training k models, each tested on the fold that it has not seen. Every person takes part in k − 1 of the models.',
  },
  'membership-inference': {
    name: 'Membership inference',
    text: 'Finding out from a trained model whether an example was in its training data.',
  },
  'shadow-model': {
    name: 'Shadow model',
    text: 'A model that an attacker trains like the one under attack, on data of their own, to learn how models treat what they have seen.',
  },
  'roc-curve': {
    name: 'ROC curve',
    text: 'For each threshold of a test: the share of true cases found (TPR) against the share of false alarms (FPR). The area under it, AUC, is 0.5 for guessing and 1 for a perfect test.',
  },
  advantage: {
    name: 'Advantage',
    text: 'The share of members that an attack finds, minus its share of false alarms. 0 for guessing, 1 for certainty.',
  },
  canary: {
    name: 'Canary',
    text: 'A made-up example put into the training data on purpose, to measure whether a model remembers it.',
  },
  'local-dp': {
    name: 'Local differential privacy',
    text: 'Each person randomises their own data before it leaves their device. Whatever is sent is at most e to the ε times as likely under any true value as under any other, so nobody has to trust the collector.',
  },
  'randomised-response': {
    name: 'Randomised response',
    text: 'An answer that is the truth with a known probability and chosen by chance otherwise. One answer proves little; the frequencies of many can be recovered.',
  },
  memoisation: {
    name: 'Memoisation',
    text: 'Remembering a randomised answer and sending the same one every time, so that repeated questions do not average the noise away.',
  },
  'heavy-hitter': {
    name: 'Heavy hitter',
    text: 'A value that more people have than a limit says. Under local privacy it can be found only if its estimate stands out of the noise.',
  },
  'differential-privacy': {
    name: 'Differential privacy (DP)',
    text: 'A promise about a computation on people’s data: whatever comes out is nearly as likely with any one person’s data as without it. ε and δ say how nearly.',
  },
  'pure-dp': {
    name: 'Pure and approximate DP',
    text: 'Pure: δ is 0, and the bound with ε holds for every outcome. Approximate: up to δ of probability may fall outside it. Laplace noise gives the first, Gaussian noise only the second.',
  },
  mechanism: {
    name: 'Mechanism',
    text: 'A computation that uses randomness: the same data can give different outcomes, each with its probability. Without it, only an answer that never changes is differentially private.',
  },
  'query-sensitivity': {
    name: 'Sensitivity of a query',
    text: 'How far adding or removing any one person can move an exact answer, over all data there could be. The noise has to match it. A count of people has sensitivity 1; the sensitivity of a mean of unbounded numbers is infinite.',
  },
  laplace: {
    name: 'Laplace noise',
    text: 'Random noise with a sharp peak and a tail that falls off exponentially. With a scale of the sensitivity divided by ε it gives pure ε-DP (Dwork, McSherry, Nissim and Smith, 2006).',
  },
  'discrete-laplace': {
    name: 'Discrete Laplace noise',
    text: 'Laplace noise on whole numbers, also called two-sided geometric. A published count with it leaks nothing through the last bits of a number.',
  },
  gaussian: {
    name: 'Gaussian noise',
    text: 'Random noise in the shape of a bell. It suits many numbers at once, as in a gradient, and composes well. It has no pure ε, only (ε, δ).',
  },
  odds: {
    name: 'Odds',
    text: 'How much likelier one thing is than the other: a probability of 75 % is odds of 3 to 1. Whatever an ε-private answer says, it multiplies anybody’s odds that you took part by at most e to the ε.',
  },
  'trade-off': {
    name: 'Trade-off function (f-DP)',
    text: 'The fewest people in the data that an attacker can miss, at each rate of false alarms. One minus it is the attacker’s best ROC curve. It says more than any one pair of ε and δ (Dong, Roth and Su, 2022).',
  },
  gdp: {
    name: 'Gaussian DP (GDP)',
    text: 'The promise that telling two neighbouring data sets apart is at least as hard as telling a bell curve at 0 from one at μ, both of width (standard deviation) 1.',
  },
  audit: {
    name: 'Audit',
    text: 'Attacking one’s own mechanism many times, and computing from the attacker’s success how large ε must at least be. It can show that a claim is false, but never that it is true.',
  },
  memorisation: {
    name: 'Memorisation',
    text: 'A model has memorised an example if it behaves noticeably differently on it for having seen it, in a way that others like it would not have taught it.',
  },
  reconstruction: {
    name: 'Reconstruction',
    text: 'Computing back the data itself from what was published. Too many answers that are too exact always allow it (Dinur and Nissim, 2003).',
  },
  'gradient-inversion': {
    name: 'Gradient inversion',
    text: 'Computing a picture back from the gradient that it caused. It is easiest where few examples are behind a gradient.',
  },
  'exponential-mechanism': {
    name: 'Exponential mechanism',
    text: 'A private way to choose: each candidate is named with a probability that grows exponentially with its score, so that good ones are likely and no single person decides (McSherry and Talwar, 2007).',
  },
  linkage: {
    name: 'Linkage attack',
    text: 'Joining a file without names to another source by what both say, such as postcode, birth and sex, so that the names come back.',
  },
  'quasi-identifier': {
    name: 'Quasi-identifier',
    text: 'A column that names nobody by itself, and together with others singles somebody out.',
  },
  'k-anonymity': {
    name: 'k-anonymity',
    text: 'A file in which each combination of quasi-identifiers occurs at least k times. It is a property of a file, not of how it was made: groups with one diagnosis give it away, and several such files can be combined (Sweeney, 2002; Machanavajjhala et al., 2007).',
  },
  pseudonymisation: {
    name: 'Pseudonymisation',
    text: 'Replacing names by numbers or other signs. Anybody who has the key, or links the rest, gets them back.',
  },
  anonymisation: {
    name: 'Anonymisation',
    text: 'Changing data so that nobody in it can be identified any more. In law: by means that are reasonably likely to be used (GDPR, recital 26). Removing names is not enough. Differential privacy asks for more: it holds whatever else anybody knows.',
  },
  'central-dp': {
    name: 'Central differential privacy',
    text: 'One trusted server holds all the data and adds noise to what it releases. Far more exact than local DP, if the server deserves the trust.',
  },
  'input-perturbation': {
    name: 'Input perturbation',
    text: 'Adding noise to the data itself, before anything is computed from it. It is private if the noise matches how far one input can differ from any other; local DP is the strict form.',
  },
  'output-perturbation': {
    name: 'Output perturbation',
    text: 'Computing exactly and adding noise to the result.',
  },
  'dp-sgd': {
    name: 'DP-SGD',
    text: 'Training by gradient descent in which each example’s gradient is clipped and noise is added to their sum, in every step, so that the model is differentially private (Abadi et al., 2016).',
  },
  sgd: {
    name: 'Stochastic gradient descent (SGD)',
    text: 'Training in small steps: look at a few examples drawn at random, move the weights a little so that the loss on them falls, repeat.',
  },
  'sampling-rate': {
    name: 'Sampling rate q',
    text: 'The probability with which one example joins a step of training. Who is not drawn is not touched: the smaller q, the smaller ε.',
  },
  amplification: {
    name: 'Amplification by sampling',
    text: 'A mechanism that runs on a secret random sample is more private than the same one on everybody.',
  },
  shuffling: {
    name: 'Shuffling',
    text: 'Mixing the reports of many people, so that nobody knows whose is whose. It makes a much smaller central ε out of a local one, with a δ above 0. The shuffler must be trusted. Shuffling the examples of a training in batches is something else: it does not have the ε of Poisson sampling.',
  },
  composition: {
    name: 'Composition',
    text: 'What several releases from the same data promise together. In the simplest count ε and δ add up; tighter accountants prove a smaller total. Answers about groups without a common person cost only the largest ε (parallel composition).',
  },
  'post-processing': {
    name: 'Post-processing',
    text: 'Whatever is computed from a private result alone is as private as the result: rounding it, drawing it, publishing it twice. Looking at the data again is something else.',
  },
  'group-privacy': {
    name: 'Group privacy',
    text: 'What ε promises to one person, it promises k-fold to k people at once: their joint data moves the odds by at most e to the kε. A family of five has five times the ε. (With δ above 0, that grows too, and faster.)',
  },
  'unit-of-privacy': {
    name: 'Unit of privacy',
    text: 'What one “neighbour” adds or removes: a picture, a person with all their pictures, a device, a hospital. An ε without its unit says nothing.',
  },
  rdp: {
    name: 'Rényi DP (RDP)',
    text: 'An accountant that measures the privacy loss by Rényi divergences, which add up exactly over steps, and turns the sum into ε and δ at the end (Mironov, 2017).',
  },
  pld: {
    name: 'Privacy loss distribution (PLD)',
    text: 'An accountant that follows the whole distribution of the privacy loss through all steps. As tight as the grid on which it computes.',
  },
  'privacy-loss': {
    name: 'Privacy loss',
    text: 'The logarithm of how much likelier an outcome is with one data set than with its neighbour. ε bounds it, up to δ.',
  },
  budget: {
    name: 'Privacy budget',
    text: 'The ε that all releases from some data may cost together. Low: more noise, stronger protection. High: more useful answers. What is spent does not come back.',
  },
  filter: {
    name: 'Privacy filter',
    text: 'A rule that holds a budget even if each next question is chosen after seeing the last answers: it stops before the budget is exceeded (Rogers et al., 2016).',
  },
  odometer: {
    name: 'Privacy odometer',
    text: 'A count of what has been spent so far that is proved at every moment, even if each next question is chosen after seeing the last answers. It costs more than a filter. The ledger of this site has none.',
  },
  ledger: {
    name: 'Ledger',
    text: 'The books of this browser: every release, written down before it happens, with what it cost.',
  },
  utility: {
    name: 'Utility',
    text: 'How useful a private result still is: its accuracy, or how close it comes to the exact answer.',
  },
  'federated-learning': {
    name: 'Federated learning',
    text: 'Training one model on data that stays on many devices: each computes an update at home, a server averages the updates. By itself it promises nothing about what the updates and the model give away.',
  },
  fedavg: {
    name: 'Federated averaging (FedAvg)',
    text: 'The usual form of federated learning: each client trains for a while by itself, and the server averages the weights (McMahan et al., 2017).',
  },
  'client-level-dp': {
    name: 'Client-level DP',
    text: 'Differential privacy whose unit is a whole client, with everything it holds, rather than one record: with its clipped update or without it, what comes out must be nearly as likely. A single record is then protected at up to twice the ε, because changing it replaces the client.',
  },
  'secure-aggregation': {
    name: 'Secure aggregation',
    text: 'Adding up numbers of many devices so that the server sees only the sum: each adds masks that cancel in it (Bonawitz et al., 2017). The sum itself may still tell something, if no noise is in it.',
  },
  encryption: {
    name: 'Encryption',
    text: 'Making data unreadable without a key. It protects on the way and on the disk, and not from those who hold the key.',
  },
  'data-privacy': {
    name: 'Data privacy',
    text: 'The rules about personal data: who may collect it, for what, how long, with which rights of those it is about. Laws, contracts and those who watch over them.',
  },
  'data-security': {
    name: 'Data security',
    text: 'Keeping data from those who may not have it: encryption, passwords, access rights, firewalls.',
  },
  unlearning: {
    name: 'Machine unlearning',
    text: 'Taking one person out of a trained model on request, by training again or by something that comes to the same. It is not differential privacy: before the request the model may have given them away, and the two models compared may do so, too.',
  },
  telemetry: {
    name: 'Telemetry',
    text: 'Reports that devices send home about how they are used.',
  },
  epoch: {
    name: 'Epoch',
    text: 'As many steps of training as it takes to have looked at every example once on average.',
  },
  overfitting: {
    name: 'Overfitting',
    text: 'A model that is better on the examples it was trained on than on others like them. It makes attacks easier, but a model that does not overfit can still give somebody away.',
  },
  'pairwise-mask': {
    name: 'Pairwise mask',
    text: 'Random numbers that two clients share: one adds them to its message, the other subtracts them. Each message looks like noise, and in the sum they cancel.',
  },
  zcdp: {
    name: 'Zero-concentrated DP (zCDP)',
    text: 'A promise by one number ρ, which adds up over releases. Gaussian noise of multiplier σ has ρ = 1/(2σ²). It bounds all Rényi divergences at once: that of order α is at most ρα. With a δ it becomes an ε; the 2020 census of the United States was planned with it.',
  },
  'user-level-dp': {
    name: 'User-level DP',
    text: 'The unit of privacy is a person with all of their records, however many there are. It asks for a bound on what all of them together can change: one record that stands for the person, or one gradient of all that is clipped once.',
  },
  'parallel-composition': {
    name: 'Parallel composition',
    text: 'Questions about groups that share nobody cost together what the most expensive of them costs: a person stands in one group, so adding or removing them changes one answer.',
  },
  'private-selection': {
    name: 'Private selection',
    text: 'Publishing only the best of many private tries. With a fixed number of tries that can cost as much as all of them. If a secret coin decides how many there are, it costs two or three times what one try costs.',
  },
  'report-noisy-max': {
    name: 'Report noisy max',
    text: 'Adds noise to the score of each candidate and names the one with the largest. The noisy scores stay secret, so only one choice is paid for.',
  },
  'dp-ftrl': {
    name: 'DP-FTRL',
    text: 'Private training without secret sampling: the noise of a round is partly taken back in later rounds, so that little of it is left in the sum of all updates, which is what a model has learnt. Phones are trained in this way, because nobody can draw them by Poisson sampling.',
  },
  'synthetic-data': {
    name: 'Synthetic data',
    text: 'Made-up records that resemble real ones in what was measured. They are private only if what they were made from was measured privately, and they know nothing that was not measured.',
  },
  'natural-frequencies': {
    name: 'Natural frequencies',
    text: 'A chance told as people: “39 of 100” and not “odds of 0.64”. People judge it better. Of an ε this site says how many of 1,000 who took part the best attacker picks out.',
  },
  'privacy-label': {
    name: 'Privacy label',
    text: 'What one must know of a private release, in one place and always in the same order: what is protected, from whom, how much, by which noise, over which releases, and what is not covered.',
  },
  'post-hoc-choice': {
    name: 'Choosing after looking',
    text: 'Settings that were chosen because of earlier results on the same data. The choice itself tells something about the people in them, and is not in an ε that counts the last run alone.',
  },
} as const satisfies Record<string, GlossaryEntry>;

export type GlossaryKey = keyof typeof GLOSSARY;

/** Words that were explained twice, by the key that is gone. Links and notebooks that name it still find their word. */
export const FORMER_KEYS: Readonly<Record<string, GlossaryKey>> = {
  map: 'mean-average-precision',
  'client-level': 'client-level-dp',
};

/** The word that a link means, if there is one. */
export function glossaryKey(id: string): GlossaryKey | null {
  if (Object.hasOwn(GLOSSARY, id)) return id as GlossaryKey;
  return Object.hasOwn(FORMER_KEYS, id) ? FORMER_KEYS[id]! : null;
}
