import type { MetadataRoute } from 'next';

export const dynamic = 'force-static';

const BASE = process.env.BASE_PATH ?? '';

/** What a browser needs to install the site as an app. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Epsilon Playground',
    short_name: 'Epsilon',
    description: 'Interactive notebooks that show differential privacy at work, in your own browser.',
    id: `${BASE}/`,
    start_url: `${BASE}/`,
    scope: `${BASE}/`,
    display: 'standalone',
    background_color: '#f6f7f9',
    theme_color: '#1746c7',
    icons: [
      { src: `${BASE}/icons/icon.svg`, sizes: 'any', type: 'image/svg+xml' },
      { src: `${BASE}/icons/icon-192.png`, sizes: '192x192', type: 'image/png' },
      { src: `${BASE}/icons/icon-512.png`, sizes: '512x512', type: 'image/png' },
    ],
  };
}
