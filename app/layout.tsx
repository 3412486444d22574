import 'katex/dist/katex.min.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Chrome, Main } from '@/components/site/chrome';
import { SiteFooter } from '@/components/site/footer';
import { SiteHeader } from '@/components/site/header';
import { Offline } from '@/components/site/offline';
import { THEME_SCRIPT } from '@/components/site/theme-script';
import { cardImage, SITE_CARD } from '@/lib/notebook/site-address';

const DESCRIPTION =
  'See differential privacy at work: move a slider and a detector in your own browser loses its boxes; move ε and a real private training run starts.';
const picture = cardImage(SITE_CARD);

export const metadata: Metadata = {
  title: { default: 'Epsilon Playground', template: '%s · Epsilon Playground' },
  description: DESCRIPTION,
  ...(picture === null
    ? {}
    : {
        openGraph: {
          siteName: 'Epsilon Playground',
          type: 'website',
          images: [picture],
        },
        twitter: { card: 'summary_large_image', images: [picture] },
      }),
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f9' },
    { media: '(prefers-color-scheme: dark)', color: '#12181f' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-theme="light" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, needed before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body className="antialiased">
        <Chrome>
          <SiteHeader />
        </Chrome>
        <Main>{children}</Main>
        <Chrome>
          <SiteFooter />
          <Offline />
        </Chrome>
      </body>
    </html>
  );
}
