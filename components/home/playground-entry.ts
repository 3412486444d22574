/** The two sliders of the home page as one thing that can be embedded and presented: no lesson's cell, but named like one. */
export const PLAYGROUND = {
  lesson: 'home',
  id: 'playground',
  title: 'Two sliders: noise and ε',
  summary:
    'Put noise on a picture until a detector loses its faces; set ε, and see what private training costs.',
} as const;
