/** How often something that plays by itself may be drawn: on a slow processor less often, so that the page can be used meanwhile. */

/** Of the processor's time, at most, where a picture takes longer than a frame. */
const SHARE = 0.2;
/** Milliseconds that drawing may take on the way to every frame. */
const CHEAP = 12;
/** Milliseconds after which there is another picture all the same: what plays is over in a few seconds. */
const MOST_REST = 350;

export class Pace {
  private asked: number | null = null;
  private rest = 0;

  /** Whether it is time for the next picture; then it is taken to be asked for. @param now in ms, as `performance.now` says it */
  due(now: number): boolean {
    if (this.asked !== null && now - this.asked < this.rest) return false;
    this.asked = now;
    return true;
  }

  /** The picture that was asked for stands. */
  drawn(now: number): void {
    if (this.asked === null) return;
    const took = now - this.asked;
    this.rest = took <= CHEAP ? 0 : Math.min(MOST_REST, took / SHARE);
  }
}
