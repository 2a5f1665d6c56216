import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

// A job starts the program twice, and with a cluster down each start is waited for.
test.each(['jobs/run-job.ts', 'run-verb-here.ts'])('%s loads nothing that a short job does not need', async (entry) => {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(fileURLToPath(import.meta.url)),
    bundle: true,
    platform: 'node',
    minify: true,
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  expect(kept).toContain(entry)
  // The schemas with methods take longer to load than all the rest; `zod/mini` checks the same.
  expect(kept.filter((path) => /\/zod\/v4\/classic\/|\/fastify\/|\/@peculiar\//.test(path))).toEqual([])
})
