/** Whether a cell of this page is at a run, or prepares one. */
const RUNNING = '[data-state="running"], [data-state="preparing"]';

export const isRunning = (): boolean => document.querySelector(RUNNING) !== null;
