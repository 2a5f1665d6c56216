import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { belowFloor } from './advisories/below-floor.ts'
import { root } from './console/root.ts'

// Known advisories against what is installed, from files alone: a closed network has no registry to ask.
const table = z
  .object({ floors: z.record(z.string(), z.object({ floor: z.string(), why: z.string() })) })
  .parse(JSON.parse(readFileSync(join(root, 'tools/advisories.json'), 'utf8')))
const lock = z
  .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))

const faults = belowFloor(lock.packages, table.floors)
for (const fault of faults) console.error(fault)
process.exit(faults.length === 0 ? 0 : 1)
