import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { testFolder } from '#agent/testing/test-folder.ts'
import { configFileFault, configFileOf } from './config-file.ts'
import { parsePatroniPostgres, readPatroniPostgres } from './patroni-postgres.ts'

test('the configuration file is where Patroni keeps it, and in the data folder where Patroni names no folder', async () => {
  await using node = await testFolder()
  const config = blankConfig(node.folder)
  const inData = join(config.postgres.dataFolder, 'postgresql.conf')
  const apart = join(node.folder, 'etc', 'postgresql.conf')
  await writeAt(inData)
  await writeAt(apart)
  await writeFile(config.patroni.configFile, 'scope: main\npostgresql: {}\n')
  expect(await configFileOf(config, await readPatroniPostgres(config))).toBe(inData)
  await writeFile(config.patroni.configFile, `postgresql:\n  config_dir: ${dirname(apart)}\n`)
  const patroni = await readPatroniPostgres(config)
  expect(await configFileOf(config, patroni)).toBe(apart)
  expect(await configFileFault(config, patroni)).toBeNull()
  const named = { ...config, postgres: { ...config.postgres, configFile: inData } }
  expect(await configFileOf(named, patroni)).toBe(inData)
})

test('a file of another name is found by it', async () => {
  await using node = await testFolder()
  const config = blankConfig(node.folder)
  await writeAt(join(config.postgres.dataFolder, 'shop.conf'))
  const patroni = await parsePatroniPostgres('postgresql: { config_base_name: shop }')
  expect(await configFileOf(config, patroni)).toBe(join(config.postgres.dataFolder, 'shop.conf'))
})

test('where none is found it is told where it was looked for, and what to do', async () => {
  await using node = await testFolder()
  const config = blankConfig(node.folder)
  const patroni = await parsePatroniPostgres('postgresql: { config_dir: /etc/postgresql/none/main }')
  expect(await configFileFault(config, patroni)).toBe(
    `Postgres' configuration file was not found on alpha: Postgres' user cannot read /etc/postgresql/none/main/postgresql.conf and ${config.postgres.dataFolder}/postgresql.conf. A recovery starts Postgres with that file: name it as config_file under [postgres] in agent.toml there.`,
  )
  expect(await configFileFault(config, null)).toContain('patroni.yml could not be read to see where it is')
  const named = { ...config, postgres: { ...config.postgres, configFile: '/nowhere/postgresql.conf' } }
  expect(await configFileFault(named, patroni)).toMatch(/cannot read \/nowhere\/postgresql\.conf\. /)
})

test.each(['a: [', '- 1', 'scope: main', ''])('%j tells of no Postgres', async (yaml) => {
  expect(await parsePatroniPostgres(yaml)).toBeNull()
})

async function writeAt(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '')
}
