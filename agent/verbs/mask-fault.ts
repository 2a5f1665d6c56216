import { lstat, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { isCode } from '#agent/durable.ts'

/** Where an administrator's units lie, and where systemd puts what masks a unit. */
const unitFolder = '/etc/systemd/system'

/**
 * Why Patroni's service cannot be masked, with what to write into agent.toml instead; null where nothing speaks against it. Where the unit itself lies in
 * /etc, as Ansible and pip's users put it, systemctl does not overwrite it, and a mask in /run would be overruled by it.
 */
export async function maskFault(
  { node, patroni: { service } }: Pick<AgentConfig, 'node' | 'patroni'>,
  folder = unitFolder,
): Promise<string | null> {
  const unit = maskedUnit(service.mask)
  if (unit === null) return null
  const file = join(folder, unit)
  if (!(await isInTheWay(file))) return null
  const [program = 'systemctl'] = service.mask
  const words = (verb: string) => `${verb === 'disable' ? 'mask' : 'unmask'} = ["${program}", "${verb}", "${unit}"]`
  return `Patroni's service on ${node} cannot be masked, because its unit lies in ${file} itself. So that nobody starts Patroni during a recovery, write into agent.toml there, under [patroni.service]: ${words('disable')} and ${words('enable')}; then write its sudo rules anew and restart the agent.`
}

/** What systemctl is to mask; null where another program is called. */
function maskedUnit(words: readonly string[]): string | null {
  const [program = '', ...rest] = words
  const [verb, unit] = rest.filter((word) => !word.startsWith('-'))
  if (basename(program) !== 'systemctl' || verb !== 'mask' || unit === undefined) return null
  return /\.[a-z]+$/.test(unit) ? unit : `${unit}.service`
}

async function isInTheWay(file: string): Promise<boolean> {
  try {
    const isLink = (await lstat(file)).isSymbolicLink()
    // Masked it is already.
    return !isLink || (await readlink(file)) !== '/dev/null'
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return false
    throw error
  }
}
