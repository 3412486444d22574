/** The worker of a cell: the rooms' experiments behind one door. */
import '@/lib/runtime/no-eval';
import { startHost } from '@/lib/runtime/start-host';
import { EXPERIMENTS } from './experiments';

startHost(EXPERIMENTS);
