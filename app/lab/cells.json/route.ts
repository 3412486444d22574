import { NOTEBOOK_TITLES } from '@/components/lab/cells';

export const dynamic = 'force-static';

/** For commands that read the build: the titles of all cells, by their names. */
export const GET = () => Response.json(NOTEBOOK_TITLES);
