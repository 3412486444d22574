/** `npm run build:public` begins with it: a site that others are to link to is not built without its address. */
import { siteAddress } from '@/lib/notebook/site-address';

try {
  if (siteAddress('/') === null) throw new Error('SITE_URL is missing: where will the site stand?');
} catch (error) {
  console.error(
    `${error instanceof Error ? error.message : error}\nFor example: SITE_URL=https://your.site npm run build:public\nCards, oEmbed answers and the sitemap name whole addresses. For a site that is only opened, npm run build is enough.`,
  );
  process.exit(1);
}
