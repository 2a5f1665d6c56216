import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Dynamic pages only: every page is rendered for one signed-in person.
  experimental: { staleTimes: { dynamic: 0 } },
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
