import { ensurePrismaClient } from './console/prisma-client.ts'

ensurePrismaClient()
const { runConsole } = await import('./console/run-console.ts')
await runConsole()
