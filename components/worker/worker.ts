/** The worker of a cell: the rooms' experiments behind one door. */
import { startHost } from '@/lib/runtime/start-host';
import { EXPERIMENTS } from './experiments';

startHost(EXPERIMENTS);
