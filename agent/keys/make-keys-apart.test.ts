import { fileURLToPath } from 'node:url'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '#agent/testing/test-folder.ts'
import { openKeys } from './keys.ts'
import { keysMadeBy } from './make-keys-apart.ts'

const main = [
  process.execPath,
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(import.meta.resolve('#agent/main.ts')),
]

test(
  'the first start has its keys made by another process, and every later one finds them',
  { timeout: 60_000 },
  async () => {
    await using held = await testFolder()
    const [state, configFile] = [join(held.folder, 'state'), join(held.folder, 'agent.toml')]
    await mkdir(state)
    const lines = [
      'node = "pg-1"',
      `state_folder = "${state}"`,
      'listen = { host = "127.0.0.1", port = 1 }',
      'postgres = { data_folder = "/nowhere", bin_folder = "/nowhere" }',
      'pgbackrest = { stanza = "main" }',
      'patroni = { config_file = "/nowhere" }',
    ]
    await writeFile(configFile, lines.join('\n'))
    const make = keysMadeBy([...main, '--config', configFile], {})
    const made = await openKeys(state, 'pg-1', make)
    expect((await readdir(state)).toSorted()).toEqual(['identity.key', 'tls.pem'])
    const unwanted = () => Promise.reject(new Error('They are there already.'))
    expect(await openKeys(state, 'pg-1', unwanted)).toEqual(made)
  },
)

test('keys that cannot be made are told with the reason', { timeout: 60_000 }, async () => {
  await using held = await testFolder()
  const make = keysMadeBy([...main, '--config', join(held.folder, 'none.toml')], {})
  await expect(openKeys(held.folder, 'pg-1', make)).rejects.toThrow(/could not make its keys in .*none\.toml/s)
})
