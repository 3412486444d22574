/** The worker of a cell as the site has it (components/worker/worker.ts), with clocks around its parts. */

import { EXPERIMENTS } from '@/components/worker/experiments';
import { startHost } from '@/lib/runtime/start-host';
import { started } from './spans';

startHost(EXPERIMENTS);
started();
