import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // Nothing here is a picture to be made smaller: the address that would fetch and decode one is not there.
  images: { unoptimized: true },
  // Types are checked once, by `npm run check`: a start of the console does not wait for them.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Every page is rendered for one signed-in person, and shows what is true now.
    staleTimes: { dynamic: 0 },
    // Fewer, larger files: small ones compress worse, and a first page is weighed gzipped.
    turbopackChunking: { minChunkSize: 120_000, maxMergeChunkSize: 400_000 },
  },
  // Native bindings and drivers stay outside the bundle.
  serverExternalPackages: [
    'pg',
    '@node-rs/argon2',
    '@dbos-inc/dbos-sdk',
    '@prisma/client',
    '@prisma/adapter-pg',
    'pino',
  ],
  devIndicators: false,
}

export default config
