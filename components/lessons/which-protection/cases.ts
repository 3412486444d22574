/** Cases to decide: which protection answers which threat. Each option has its reason. */

export interface Scenario {
  id: string;
  title: string;
  text: string;
  options: readonly { label: string; reason: string; correct?: true }[];
}

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'keyboard',
    title: 'A keyboard',
    text: 'A maker of keyboards wants to know which emoji are frequent. It does not want to be able to know what any one person types, not even if its servers are seized.',
    options: [
      {
        label: 'Encrypt the reports on the way and on the disk.',
        reason:
          'Somebody who seizes the servers with their keys can read them. Encryption keeps outsiders out; here the maker itself must not know.',
      },
      {
        label: 'Local differential privacy: each phone randomises its own report.',
        correct: true,
        reason:
          'What reaches the server is deniable already. With millions of phones the frequencies can still be estimated.',
      },
      {
        label: 'A trusted server that adds noise before publishing.',
        reason: 'It would publish privately and still hold every raw report.',
      },
    ],
  },
  {
    id: 'hospitals',
    title: 'Five hospitals',
    text: 'Five hospitals want one model that spots tumours. By law, patients’ data must not leave a hospital. The finished model will be published.',
    options: [
      {
        label: 'Federated learning is enough: the data never leaves.',
        reason:
          'It keeps the first rule. But the published model can have memorised a patient, wherever the data lay.',
      },
      {
        label: 'Remove the names, and pool the data.',
        reason: 'The data would leave, and without names it can be linked to people again.',
      },
      {
        label: 'Federated learning, and DP-SGD with the patient as the unit inside each hospital.',
        correct: true,
        reason:
          'The first keeps the data in place, the second bounds what the published model tells about any one patient.',
      },
    ],
  },
  {
    id: 'laptop',
    title: 'A laptop on a train',
    text: 'A researcher travels with a table of patients on a laptop. It may be stolen.',
    options: [
      {
        label: 'Encrypt the disk; even better, leave the table at home.',
        correct: true,
        reason: 'A case for data security, and for the rule to keep no more than one needs.',
      },
      {
        label: 'Train on it with a small ε only.',
        reason: 'Then the models are private. The table on the disk has no noise in it.',
      },
      {
        label: 'Have the patients consent to it.',
        reason: 'Consent makes the use lawful. It does not stop the thief.',
      },
    ],
  },
  {
    id: 'census',
    title: 'A census',
    text: 'An office publishes millions of tables about the same people. Each one was checked: no cell with fewer than three people.',
    options: [
      {
        label: 'That is safe: nobody can be seen in a group of three.',
        reason:
          'Tables can be subtracted from each other and solved like equations. Enough exact answers give the data back (Dinur and Nissim, 2003).',
      },
      {
        label: 'Publish them only to those who sign a contract.',
        reason: 'This lessens who sees them. It does not bound what they can compute.',
      },
      {
        label: 'Add noise to all tables, from one budget for all of them.',
        correct: true,
        reason:
          'Only a bound on all releases together speaks about all releases together. The price is in the numbers, and it can be stated.',
      },
    ],
  },
  {
    id: 'insurer',
    title: 'An insurer',
    text: 'A private study (ε = 0.5) finds that people who sleep badly fall ill more often. An insurer now asks you about your sleep. What did differential privacy do for you?',
    options: [
      {
        label: 'It kept its promise; whether the insurer may ask is for the law to say.',
        correct: true,
        reason:
          'The same study without you would have found the same. Uses are governed by rules, and that is data privacy.',
      },
      {
        label: 'It failed: I am worse off because of the study.',
        reason:
          'You would be just as badly off if you had stayed out. The finding is about people, not about your data.',
      },
      {
        label: 'A smaller ε would have prevented it.',
        reason:
          'Only with so much noise that nobody can find out anything. With less noise the finding stays.',
      },
    ],
  },
  {
    id: 'tuning',
    title: 'The hundredth model',
    text: 'A team trains one hundred models at ε = 1 each on the same patients, keeps the best and throws away the rest. It publishes: “trained with ε = 1”.',
    options: [
      {
        label: 'Right: only one model was published.',
        reason: 'Which one is best was decided by looking at all of them. The choice is a release too.',
      },
      {
        label: 'Wrong: by default all hundred count, and their cost adds up.',
        correct: true,
        reason:
          'Added up it is ε = 100; tighter accounting says less. Choosing can also be made private by itself, at a few times the cost of one run (Liu and Talwar, 2019).',
      },
      {
        label: 'Wrong: it should be 1/100.',
        reason: 'Trying more can only tell more.',
      },
    ],
  },
  {
    id: 'gradients',
    title: 'A curious server',
    text: 'Phones train a model together and send their updates encrypted to a server, which decrypts and averages them. Its owner is curious.',
    options: [
      {
        label: 'The updates are encrypted, so the owner sees nothing.',
        reason: 'They are encrypted on the way. The server has to decrypt them to average them.',
      },
      {
        label: 'Updates are only numbers: nothing to worry about.',
        reason: 'From an update with one picture behind it, the picture can be computed.',
      },
      {
        label:
          'Secure aggregation, so that only the sum can be read, and noise so that the sum tells little about one phone.',
        correct: true,
        reason:
          'One hides the single updates, the other bounds what the sum gives away. Each alone leaves a gap.',
      },
    ],
  },
  {
    id: 'blur',
    title: 'A noisy photograph',
    text: 'A newspaper adds strong random noise to the pixels of a face and prints the picture. “This is differential privacy”, says the editor.',
    options: [
      {
        label:
          'Only if the noise was chosen for how much a whole picture can differ, and then little would be seen.',
        correct: true,
        reason:
          'Where one picture is all the data, its neighbours are all other pictures: hiding which it is hides the picture.',
      },
      {
        label: 'Yes: noise was added at random.',
        reason:
          'Noise is an ingredient. The promise needs a bound on what one person can change, and noise to match it: a whole face changes nearly all pixels.',
      },
      {
        label: 'No: differential privacy is for tables only.',
        reason: 'It is for any computation on data. What matters are the neighbours.',
      },
    ],
  },
];

export const NO_CHOICES = '-'.repeat(SCENARIOS.length);

/** The options chosen; what cannot be read is none. */
export function readChoices(text: string): (number | null)[] {
  return SCENARIOS.map(({ options }, i) => {
    const chosen = /^\d$/.test(text[i] ?? '') ? Number(text[i]) : null;
    return chosen !== null && chosen < options.length ? chosen : null;
  });
}

export const writeChoices = (choices: readonly (number | null)[]): string =>
  choices.map((choice) => (choice === null ? '-' : String(choice))).join('');
