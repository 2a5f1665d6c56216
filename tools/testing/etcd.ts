import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, listening } from './ports.ts'

export interface TestEtcd extends AsyncDisposable {
  /** Client addresses in the order of the names etcd-1, etcd-2, ... */
  urls: string[]
  processes: ChildProcess[]
}

/** This machine's etcd with so many members on the loopback, on data that is gone at the end of the `await using` block. */
export async function startTestEtcd(size: number, options: readonly string[] = []): Promise<TestEtcd> {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-etcd-'))
  const members = []
  for (let n = 1; n <= size; n++) {
    members.push({ name: `etcd-${n}`, port: await freePort(), peer: `http://127.0.0.1:${await freePort()}` })
  }
  const cluster = members.map(({ name, peer }) => `${name}=${peer}`).join(',')
  const processes = members.map(({ name, port, peer }) => {
    const url = `http://127.0.0.1:${port}`
    const words = ['--name', name, '--data-dir', join(folder, name), '--log-level', 'error', '--unsafe-no-fsync']
    const places = ['--listen-client-urls', url, '--advertise-client-urls', url, '--listen-peer-urls', peer]
    const first = ['--initial-advertise-peer-urls', peer, '--initial-cluster', cluster]
    return spawn('/usr/bin/etcd', [...words, ...places, ...first, ...options], { stdio: 'ignore' })
  })
  const ended = processes.map((child) => new Promise((resolve) => child.once('exit', resolve).once('error', resolve)))
  await Promise.all(members.map(({ port }) => untilHealthy(port)))
  return {
    urls: members.map(({ port }) => `http://127.0.0.1:${port}`),
    processes,
    async [Symbol.asyncDispose]() {
      for (const child of processes) child.kill('SIGKILL')
      await Promise.all(ended)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** It listens before it knows a leader, and answers nothing until then. */
async function untilHealthy(port: number): Promise<void> {
  await listening(port, 'etcd')
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(5_000) }).catch(
      () => null,
    )
    if (answer?.ok) return
    await sleep(50)
  }
  throw new Error(`etcd on port ${port} did not become healthy within 60 s.`)
}
