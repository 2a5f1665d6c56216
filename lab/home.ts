import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hosts, nodes } from './addresses.ts'
import { userIds } from './agent-user.ts'
import { env } from './env.ts'
import { LabError } from './failure.ts'
import { haproxyConfig } from './haproxy.ts'
import { patroniConfig, patronictlText } from './patroni.ts'
import { dataFolder, homeMarker, homeRecord, hostFolder, labHome, paths, recordedHome, runFolder } from './paths.ts'
import { pgbackrestConfig, pgbackrestFolder } from './pgbackrest.ts'
import { pgbouncerConfig, userlist } from './pgbouncer.ts'
import { settleRepositories } from './repositories.ts'
import { keptRestPassword } from './rest-password.ts'
import { makeS3Certificate, s3Certificate } from './s3-certificate.ts'

/** Makes the lab's folder with every server's configuration. What is there already stays. */
export async function prepareHome(): Promise<void> {
  if (recordedHome() === null) recordHome(claimHome())
  for (const folder of [paths.logs(), paths.repository(), ...hosts.map(hostFolder), ...nodes.map(pgbackrestFolder)])
    makeFolder(folder)
  const restPassword = settleRestPassword()
  settleRepositories()
  if (!existsSync(s3Certificate.path())) await makeS3Certificate()
  for (const node of nodes) {
    writeConfig(patroniConfig.path(node), patroniConfig.text(node, restPassword))
    writeConfig(pgbackrestConfig.path(node), pgbackrestConfig.text(node))
    writeConfig(pgbouncerConfig.path(node), pgbouncerConfig.text(node))
    writeConfig(userlist.path(node), userlist.text())
  }
  writeConfig(haproxyConfig.path(), haproxyConfig.text())
  writeConfig(paths.patronictl(), patronictlText(restPassword))
}

/** The REST password is settled when the lab is made: members and patronictl must agree on it. */
export function refuseOtherRestPassword(): void {
  if (isMade() && env.restPassword !== null && env.restPassword !== keptRestPassword()) {
    throw new LabError('This lab was made with another REST password: run "npm run lab -- down" before "up".')
  }
}

/** Forgets the servers' data, for a bootstrap that was cut short. */
export function forgetData(): void {
  for (const host of hosts) rmSync(dataFolder(host), { recursive: true, force: true })
  rmSync(paths.repository(), { recursive: true, force: true })
  makeFolder(paths.repository())
}

export function removeHome(): void {
  if (existsSync(join(labHome(), homeMarker))) rmSync(labHome(), { recursive: true, force: true })
  rmSync(runFolder, { recursive: true, force: true })
}

function claimHome(): string {
  const wanted = labHome()
  try {
    return claim(wanted)
  } catch (error) {
    if (env.home !== null || error instanceof LabError) throw error
    return claim('/tmp/matriarch-lab')
  }
}

function claim(home: string): string {
  if (home.length > 80)
    throw new LabError(`${home} is too long for the sockets in it: choose a shorter MATRIARCH_LAB_HOME.`)
  mkdirSync(home, { recursive: true, mode: 0o755 })
  const isForeign = readdirSync(home).length > 0 && !existsSync(join(home, homeMarker))
  if (isForeign) throw new LabError(`${home} holds files that are not the lab's: choose another MATRIARCH_LAB_HOME.`)
  writeFileSync(join(home, homeMarker), 'This folder belongs to the Matriarch lab and goes away with it.\n')
  return home
}

function recordHome(home: string): void {
  mkdirSync(runFolder, { recursive: true })
  writeFileSync(homeRecord, `${home}\n`)
}

function settleRestPassword(): string | null {
  if (isMade() || env.restPassword === null) return keptRestPassword()
  writeConfig(paths.restPassword(), env.restPassword)
  return env.restPassword
}

function isMade(): boolean {
  return existsSync(paths.patronictl())
}

function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  giveToPostgres(folder)
}

function writeConfig(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text, { mode: 0o600 })
  giveToPostgres(file)
}

function giveToPostgres(path: string): void {
  const { uid, gid } = userIds('postgres')
  chownSync(path, uid, gid)
}
