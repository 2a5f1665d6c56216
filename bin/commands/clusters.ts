import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { ClusterConfig, ClusterSecretName } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import { verdictOrder } from '#domain/judgement/verdict.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import type { Exit } from '../exit.ts'
import { printJson, printLines, printTable } from '../print.ts'
import { printCluster } from '../print-cluster.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import type { ClusterShape } from '../shapes.ts'
import { waitForEnd } from '../wait.ts'

/** `clusters add|list|show|remove`. */
export function addClusterCommands(program: Command, exit: Exit): void {
  const clusters = program.command('clusters').description('the clusters this console looks at')
  addAdd(clusters)
  clusters
    .command('list')
    .description('all clusters, worst first')
    .option('--json', 'print an array of what `show` prints')
    .action(async ({ json }: { json?: boolean }) => {
      const found = await eachCluster()
      if (json) printJson(found)
      else {
        const rows = found.map(({ name, verdict, leader, members, sentence }) => [
          name,
          verdict,
          leader ?? '-',
          String(members.length),
          sentence,
        ])
        printTable(['cluster', 'verdict', 'leader', 'members', 'in words'], rows)
      }
    })
  clusters
    .command('show <cluster>')
    .description('one cluster: verdict, members, forecast, findings')
    .option('--json', 'print {name, verdict, sentence, leader, members, forecast, findings, backupFinding}')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const cluster = await get<ClusterShape>(pathOf(name))
      if (json) printJson(cluster)
      else printCluster(cluster)
    })
  addRemove(clusters, exit)
}

interface RemoveOptions extends ApprovalOptions {
  yes?: boolean
  reason: string
  json?: boolean
}

function addRemove(clusters: Command, exit: Exit): void {
  withApproval(clusters.command('remove <cluster>').description('forget a cluster; it goes on running'))
    .option('--yes', 'do it; without it the plan is printed')
    .option('--reason <text>', 'why, for the audit log', 'removed by command line')
    .option('--json', 'print the cluster as it was, or the request that waits for approval; without --yes the plan')
    .action(async (name: string, options: RemoveOptions) => {
      const cluster = await get<ClusterShape>(pathOf(name))
      if (!options.yes) {
        const plan = await get<RemovalPlan>(`${pathOf(name)}/removal/plan`)
        if (options.json) printJson(plan)
        else printPlan(plan)
        throw new UsageError(`Nothing was done. Add --yes to remove ${cluster.name} from this console.`)
      }
      const body = { confirmName: cluster.name, reason: options.reason, ...approvalIn(options) }
      const asked = await change<Operation>('DELETE', pathOf(name), body, { 'idempotency-key': randomUUID() })
      const last = await waitForEnd(asked)
      exit.code = exitOfOperation(last.state)
      if (last.state !== 'succeeded') printOperation(last, options.json ?? false)
      else if (options.json) printJson(cluster)
      else printLines([`${cluster.name} is no longer looked at.`])
    })
}

interface AddOptions {
  name: string
  patroni: string
  etcd?: string
  haproxy?: string
  patroniUser?: string
  patroniPasswordFile?: string
  etcdUser?: string
  etcdPasswordFile?: string
  haproxyUser?: string
  haproxyPasswordFile?: string
  postgresUser?: string
  postgresPasswordFile?: string
  poolerPort?: string
  label?: string[]
  ca?: string
  json?: boolean
}

function addAdd(clusters: Command): void {
  clusters
    .command('add')
    .description('register a cluster; its members are found from one address')
    .requiredOption('--name <name>', 'name in this console')
    .requiredOption('--patroni <urls>', 'REST address of a member, or several with commas')
    .option('--etcd <urls>', 'etcd addresses, with commas')
    .option('--haproxy <url>', 'statistics page of HAProxy')
    .option('--patroni-user <user>', 'user of the REST interface')
    .option('--patroni-password-file <file>', 'file that holds its password')
    .option('--etcd-user <user>', 'user of etcd')
    .option('--etcd-password-file <file>', 'file that holds its password')
    .option('--haproxy-user <user>', 'user of the statistics page')
    .option('--haproxy-password-file <file>', 'file that holds its password')
    .option('--postgres-user <user>', 'user for looks by SQL')
    .option('--postgres-password-file <file>', 'file that holds its password')
    .option('--pooler-port <port>', 'port of the pooler beside each member')
    .option('--ca <file>', 'certificate authority, PEM')
    .option('--label <label...>', 'labels')
    .option('--json', 'print the cluster')
    .action(async (options: AddOptions) => {
      const cluster = await change<ClusterConfig>('POST', '/clusters', draftOf(options))
      if (options.json) printJson(cluster)
      else {
        const urls = cluster.endpoints.patroniUrls
        printLines([`${cluster.name} is looked at now, through ${urls.join(', ')}.`])
      }
    })
}

function draftOf(options: AddOptions) {
  const secrets: Partial<Record<ClusterSecretName, string>> = {}
  const keep = (name: ClusterSecretName, file: string | undefined) => {
    if (file !== undefined) secrets[name] = readText(file).replace(/\r?\n$/, '')
  }
  keep('patroni-password', options.patroniPasswordFile)
  keep('etcd-password', options.etcdPasswordFile)
  keep('haproxy-password', options.haproxyPasswordFile)
  keep('postgres-password', options.postgresPasswordFile)
  return {
    name: options.name,
    labels: options.label ?? [],
    patroniUrls: listOf(options.patroni),
    patroniUser: options.patroniUser ?? null,
    caPem: options.ca === undefined ? null : readText(options.ca),
    etcdUrls: listOf(options.etcd ?? ''),
    etcdUser: options.etcdUser ?? null,
    haproxyUrl: options.haproxy ?? null,
    haproxyUser: options.haproxyUser ?? null,
    postgresUser: options.postgresUser ?? null,
    poolerPort: options.poolerPort === undefined ? null : Number(options.poolerPort),
    secrets,
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

const atOnce = 8

// The list of the fleet has less of each cluster than the one that is asked for by name.
async function eachCluster(): Promise<ClusterShape[]> {
  const names = (await get<{ name: string }[]>('/clusters')).map(({ name }) => name)
  const found: ClusterShape[] = []
  for (let from = 0; from < names.length; from += atOnce) {
    found.push(...(await Promise.all(names.slice(from, from + atOnce).map((name) => get<ClusterShape>(pathOf(name))))))
  }
  return found.toSorted(
    (a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) || a.name.localeCompare(b.name),
  )
}

function pathOf(name: string): string {
  return `/clusters/${encodeURIComponent(name)}`
}
