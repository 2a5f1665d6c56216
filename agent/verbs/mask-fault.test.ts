import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { testFolder } from '#agent/testing/test-folder.ts'
import { maskFault } from './mask-fault.ts'

test('a unit that lies in /etc itself cannot be masked, and it is said what to write', async () => {
  await using etc = await testFolder()
  await writeFile(join(etc.folder, 'patroni.service'), '[Service]\n')
  expect(await maskFault(masking(['/usr/bin/systemctl', 'mask', 'patroni']), etc.folder)).toBe(
    `Patroni's service on alpha cannot be masked, because its unit lies in ${etc.folder}/patroni.service itself. So that nobody starts Patroni during a recovery, write into agent.toml there, under [patroni.service]: mask = ["/usr/bin/systemctl", "disable", "patroni.service"] and unmask = ["/usr/bin/systemctl", "enable", "patroni.service"]; then write its sudo rules anew and restart the agent.`,
  )
  expect(await maskFault(masking(['systemctl', 'mask', '--runtime', 'patroni.service']), etc.folder)).not.toBeNull()
})

test('one that is linked from elsewhere cannot be either', async () => {
  await using etc = await testFolder()
  await symlink('/opt/patroni/patroni.service', join(etc.folder, 'patroni.service'))
  expect(await maskFault(masking(['systemctl', 'mask', 'patroni']), etc.folder)).toContain('cannot be masked')
})

test('a unit of a package, a masked one, one of a template, and programs of ones own are no fault', async () => {
  await using etc = await testFolder()
  const systemctl = masking(['systemctl', 'mask', 'patroni'])
  expect(await maskFault(systemctl, etc.folder)).toBeNull()
  await writeFile(join(etc.folder, 'patroni@.service'), '')
  expect(await maskFault(masking(['systemctl', 'mask', 'patroni@16-main']), etc.folder)).toBeNull()
  await symlink('/dev/null', join(etc.folder, 'patroni.service'))
  expect(await maskFault(systemctl, etc.folder)).toBeNull()
  await writeFile(join(etc.folder, 'other.service'), '')
  expect(await maskFault(masking(['/usr/bin/systemctl', 'disable', 'other']), etc.folder)).toBeNull()
  expect(await maskFault(masking(['/opt/mask', 'mask', 'other']), etc.folder)).toBeNull()
  expect(await maskFault(masking([]), etc.folder)).toBeNull()
})

function masking(mask: string[]) {
  const config = blankConfig('/srv/x')
  return { ...config, patroni: { ...config.patroni, service: { ...config.patroni.service, mask } } }
}
