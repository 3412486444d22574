/** Two arrows round a circle: there is another side to it. */
export const TurnSign = () => (
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor">
    <path d="M2.5 8a5.5 5.5 0 0 1 9.6-3.7M13.5 8a5.5 5.5 0 0 1-9.6 3.7" strokeWidth="1.5" />
    <path d="M12.4 1.6v3h-3M3.6 14.4v-3h3" strokeWidth="1.5" />
  </svg>
);
