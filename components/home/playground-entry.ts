/** The two sliders of the home page as one thing that can be embedded and presented: no lesson's cell, but named like one. */
export const PLAYGROUND = {
  lesson: 'home',
  id: 'playground',
  title: 'Two sliders: noise and ε',
  summary:
    'Put noise on a picture until a detector loses its faces; set ε, and see what private training costs.',
} as const;

/** Its right half is a cell of its own. */
export const EPSILON_CELL = { id: 'epsilon', title: 'ε on a training' } as const;

/** For the frames of its cells. */
export const PLAYGROUND_TITLES: Readonly<Record<string, string>> = {
  [PLAYGROUND.id]: 'Noise on a picture',
  [EPSILON_CELL.id]: EPSILON_CELL.title,
};
