import { ensurePrismaClient } from '../console/prisma-client.ts'

// A fresh checkout has no client of the store yet, which the worker's modules need to be loaded at all.
ensurePrismaClient()
await import('#server/worker.ts')
