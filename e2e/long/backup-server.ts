import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { address, type NodeName, nodes, ports, stanza } from '#lab/addresses.ts'
import { userIds } from '#lab/agent-user.ts'
import { makeCertificate } from '#lab/certificate.ts'
import { inside } from '#lab/namespace.ts'
import { dataFolder, hostFolder, labHome } from '#lab/paths.ts'
import { pgbackrestConfig } from '#lab/pgbackrest.ts'
import { systemEnvironment } from '#lab/run.ts'
import { until } from '../until.ts'

const undo: (() => void | Promise<void>)[] = []

/**
 * Lets the replicas' pgBackRest reach the leader's data, as a backup from a standby needs: the leader runs pgBackRest's own server over TLS, and the
 * replicas are told of it as their pg2.
 */
export async function letReplicasReach(leader: NodeName): Promise<void> {
  const folder = join(labHome(), 'backup-server')
  mkdirSync(folder, { recursive: true })
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const at = { host: address[leader], path: join(folder, 'server.crt'), keyPath: join(folder, 'server.key') }
  await makeCertificate(at)
  const config = join(folder, 'server.conf')
  writeFileSync(config, serverSettings(leader, at))
  const { uid, gid } = userIds('postgres')
  for (const path of [folder, at.path, at.keyPath, config]) chownSync(path, uid, gid)
  await startServer(leader, config)
  for (const node of nodes.filter((each) => each !== leader)) {
    const path = pgbackrestConfig.path(node)
    const before = readFileSync(path, 'utf8')
    undo.push(() => writeFileSync(path, before))
    writeFileSync(path, `${before}${primarySettings(leader, at, config)}`)
  }
}

/** Ends the server and takes back what the replicas were told. */
export async function forgetServer(): Promise<void> {
  for (const act of undo.splice(0).toReversed()) await act()
}

interface Keys {
  path: string
  keyPath: string
}

/** The leader's own settings, and who may come: whoever has the one certificate, for the one stanza. */
function serverSettings(leader: NodeName, { path, keyPath }: Keys): string {
  const settings = [
    `tls-server-address=${address[leader]}`,
    `tls-server-port=${port}`,
    `tls-server-ca-file=${path}`,
    `tls-server-cert-file=${path}`,
    `tls-server-key-file=${keyPath}`,
    `tls-server-auth=${address[leader]}=${stanza}`,
  ]
  return pgbackrestConfig.text(leader).replace('[global]\n', `[global]\n${settings.join('\n')}\n`)
}

/** They go on the section of the stanza, which is the last of the file. */
function primarySettings(leader: NodeName, { path, keyPath }: Keys, config: string): string {
  return [
    `pg2-host=${address[leader]}`,
    'pg2-host-type=tls',
    `pg2-host-port=${port}`,
    `pg2-host-ca-file=${path}`,
    `pg2-host-cert-file=${path}`,
    `pg2-host-key-file=${keyPath}`,
    `pg2-host-config=${config}`,
    `pg2-path=${dataFolder(leader)}`,
    `pg2-port=${ports.postgres}`,
    `pg2-socket-path=${hostFolder(leader)}`,
    '',
  ].join('\n')
}

/** pgBackRest's own choice. */
const port = 8432

async function startServer(leader: NodeName, config: string): Promise<void> {
  const [program = '', ...args] = inside(leader, ['/usr/bin/pgbackrest', `--config=${config}`, 'server'], 'postgres')
  const server = spawn(program, args, { cwd: '/', env: systemEnvironment, stdio: ['ignore', 'inherit', 'inherit'] })
  undo.push(() => end(server))
  await until({ what: `pgBackRest serves on ${leader}`, timeoutMs: 20_000 }, async () => {
    if (isOver(server)) throw new Error(`It ended with exit code ${server.exitCode}.`)
    const socket = connect({ host: address[leader], port })
    await once(socket, 'connect').finally(() => socket.destroy())
    return true
  })
}

async function end(server: ChildProcess): Promise<void> {
  if (isOver(server)) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
