import { SANDBOX_PAGE } from '@/lib/sandbox/sandbox-page';

export const dynamic = 'force-static';

/** Below `/embed/`, for code runs in other people's pages too. */
export const GET = () =>
  new Response(SANDBOX_PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
