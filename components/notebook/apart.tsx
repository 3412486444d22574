'use client';

import {
  Activity,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { whenNear } from '@/components/ui/use-near';

/** Rings once, for good. */
interface Alarm {
  /** As `use` reads a promise: once it is fulfilled its turn is not waited for, so that a touch is answered at once. */
  rung: Promise<void> & { status?: 'pending' | 'fulfilled'; value?: undefined };
  ring(): void;
}

function makeAlarm(): Alarm {
  let resolve = () => {};
  const rung: Alarm['rung'] = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    rung,
    ring() {
      rung.status = 'fulfilled';
      resolve();
    },
  };
}

const never = () => () => {};

/** Makes React put off what is below, while that is still the server's HTML. What a reader's own doing brings is drawn at once. */
function UntilWoken({ alarm, awake, children }: { alarm: Alarm; awake(): void; children: ReactNode }) {
  const asServed = useSyncExternalStore(
    never,
    () => false,
    () => typeof window !== 'undefined',
  );
  if (asServed) use(alarm.rung as Promise<void>);
  useEffect(awake, [awake]);
  return children;
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

/** What a reader does to a part: each wakes it before React looks who is to hear of it. */
const TOUCHES = ['pointerover', 'pointerdown', 'touchstart', 'focusin', 'keydown', 'click'] as const;

/**
 * A part of a page that wakes by itself, when it is near, when there is time or when it is touched; until then it is there to be read: what the
 * server made, without scripts of its own. A page of five cells that all wake at once cannot be scrolled for a second on a slow phone.
 *
 * `Activity`, and not `Suspense`, whose server puts a large part behind a script. Nothing here may change while the part sleeps: React
 * would throw away the server's HTML and draw it anew.
 */
export function Apart({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [alarm] = useState(makeAlarm);
  // Said on the element itself: drawn by React, it would change while the part sleeps.
  const awake = useCallback(() => place.current?.setAttribute('data-apart', 'awake'), []);
  useEffect(() => {
    const element = place.current;
    if (!element || alarm.rung.status === 'fulfilled') return;
    // A link's settings are taken up by the cells that know them; and what is on the screen is not to wait for an observer.
    if (location.hash !== '' || isOnScreen(element)) return alarm.ring();
    // At the window, which hears of everything before the document does, where React listens.
    const touched = (event: Event) => {
      if (event.target instanceof Node && element.contains(event.target)) alarm.ring();
    };
    for (const type of TOUCHES) addEventListener(type, touched, { capture: true, passive: true });
    const stopListening = () => {
      for (const type of TOUCHES) removeEventListener(type, touched, { capture: true });
    };
    const stopWatching = whenNear(element, () => {
      stopListening();
      alarm.ring();
    });
    return () => {
      stopListening();
      stopWatching();
    };
  }, [alarm]);
  return (
    <div ref={place} data-apart="">
      <Activity mode="visible">
        <UntilWoken alarm={alarm} awake={awake}>
          {children}
        </UntilWoken>
      </Activity>
    </div>
  );
}
