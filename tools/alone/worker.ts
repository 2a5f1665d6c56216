import { ensurePrismaClient } from '../console/prisma-client.ts'

// A fresh checkout has no client of the store yet; the worker itself is then run without what translates it.
ensurePrismaClient()
await import('../build-worker.ts')
