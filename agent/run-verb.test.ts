import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { runVerb } from './run-verb.ts'
import { blankConfig } from './testing/built-agent.ts'
import { testFolder } from './testing/test-folder.ts'

test.each(['log-tail', 'pgbackrest-backup'])('%s is refused where the node forbids its family', async (verb) => {
  await using node = await testFolder()
  const configFile = join(node.folder, 'agent.toml')
  await writeFile(configFile, '', { mode: 0o644 })
  const said: string[] = []
  const code = await runVerb({
    verb,
    configFile,
    readConfig: () => ({ ...blankConfig(node.folder), vetoed: ['logs', 'backup'] }),
    input: Readable.from([Buffer.from('{}\n')]),
    say: (line) => said.push(line),
  })
  expect(code).toBe(1)
  expect(said.join('\n')).toContain('"code":"vetoed"')
})
