import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostName } from './addresses.ts'
import { env } from './env.ts'

/** Machine-wide traces of the running lab: the addresses allow one lab a machine, whatever its home is. */
export const runFolder = '/run/matriarch-lab'
export const homeRecord = join(runFolder, 'home')

/** Only a folder with this file in it is ever removed. */
export const homeMarker = '.matriarch-lab'

export function labHome(): string {
  return recordedHome() ?? env.home ?? '/var/lib/matriarch-lab'
}

export function recordedHome(): string | null {
  try {
    return readFileSync(homeRecord, 'utf8').trim() || null
  } catch {
    return null
  }
}

export function hostFolder(host: HostName): string {
  return join(labHome(), host)
}

export function dataFolder(host: HostName): string {
  return join(hostFolder(host), 'data')
}

export function patroniConfigFile(host: HostName): string {
  return join(hostFolder(host), 'patroni.yml')
}

export function pgbackrestConfigFile(host: HostName): string {
  return join(hostFolder(host), 'pgbackrest.conf')
}

export function logFile(host: HostName, server: string): string {
  return join(labHome(), 'logs', `${host}-${server}.log`)
}

export const paths = {
  logs: () => join(labHome(), 'logs'),
  agent: () => join(labHome(), 'agent'),
  repository: () => join(labHome(), 'backups'),
  repositories: () => join(labHome(), 'repositories'),
  patronictl: () => join(labHome(), 'patronictl.yml'),
  restPassword: () => join(labHome(), 'rest-password'),
  provisioned: () => join(labHome(), 'provisioned'),
}
