import { z } from 'zod'
import type { DcsKeys, DcsMember } from '#domain/snapshot/dcs.ts'
import { baseUrl, parseUrl } from '../base-url.ts'
import { clean, cleanText } from '../clean-text.ts'
import { parseJson } from '../json.ts'
import { LookError } from '../look-error.ts'
import { flag, lsn, memberName, tags, timeline } from '../patroni/fields.ts'
import { parseConfig } from '../patroni/parse-config.ts'
import { parseHistory } from '../patroni/parse-history.ts'
import { parseTime } from '../patroni/times.ts'
import type { Target } from '../target.ts'
import type { KeyTable } from './key-table.ts'

/** Understands Patroni's keys (dcs/etcd3.py _cluster_from_nodes). A key with a value that makes no sense counts as absent. */
export function toDcsKeys(table: KeyTable, leaderChangedAt: Date, target: Target): DcsKeys {
  const text = (name: string) => table.keys.get(name)?.value ?? null
  const parsed = <T>(name: string, parse: (body: string, target: Target) => T) => attempt(text(name), parse, target)
  const leader = text('leader')
  return {
    leader: leader === null || leader === '' ? null : clean(leader).slice(0, 400),
    leaderChangedAt,
    members: [...table.keys.values()].flatMap((key) => memberOf(key.name, key.value, target)),
    systemIdentifier: text('initialize') ? clean(text('initialize') ?? '').slice(0, 400) : null,
    config: parsed('config', parseConfig),
    optimeLsn: parsed('status', parseStatusKey) ?? toPosition(text('optime/leader')),
    failover: parsed('failover', parseFailover),
    sync: parsed('sync', parseSync),
    history: parsed('history', parseHistory) ?? [],
    revision: table.revision,
  }
}

function memberOf(key: string, value: string, target: Target): DcsMember[] {
  const name = memberName.safeParse(key.startsWith('members/') ? key.slice('members/'.length) : '').data
  if (name === undefined || name.includes('/')) return []
  const raw = attempt(value, (body) => parseJson(body, memberSchema, target), target)
  const connection = parseUrl(raw?.conn_url ?? '')
  const member: DcsMember = {
    name,
    apiUrl: raw?.api_url ? baseUrl(raw.api_url) : null,
    host: connection?.hostname.replace(/^\[|\]$/g, '') || null,
    port: connection === null ? null : Number(connection.port || 5432),
    state: raw?.state ?? 'unknown',
    role: raw?.role === 'master' ? 'primary' : (raw?.role ?? 'unknown'),
    timeline: raw?.timeline ?? null,
    lsn: raw?.xlog_location ?? null,
    tags: raw?.tags ?? {},
    pendingRestart: raw?.pending_restart ?? false,
    pause: raw?.pause ?? false,
    patroniVersion: raw?.version ?? null,
  }
  return [member]
}

const memberSchema = z.object({
  conn_url: cleanText.nullish(),
  api_url: cleanText.nullish(),
  state: cleanText.nullish(),
  role: cleanText.nullish(),
  version: cleanText.nullish(),
  xlog_location: lsn.nullish(),
  timeline,
  tags,
  pause: flag,
  pending_restart: flag,
})

function parseStatusKey(body: string, target: Target): number | null {
  return parseJson(body, z.object({ optime: lsn.nullish() }), target).optime ?? null
}

function toPosition(text: string | null): number | null {
  return text !== null && /^\d{1,16}$/.test(text) ? Number(text) : null
}

// The key stays as `{}` when a switchover is over.
function parseFailover(body: string, target: Target): DcsKeys['failover'] {
  const raw = parseJson(body, failoverSchema, target)
  if (!raw.leader && !raw.member) return null
  return { leader: raw.leader ?? null, candidate: raw.member ?? null, scheduledAt: parseTime(raw.scheduled_at) }
}

const failoverSchema = z.object({
  leader: cleanText.nullish(),
  member: cleanText.nullish(),
  scheduled_at: cleanText.nullish(),
})

function parseSync(body: string, target: Target): DcsKeys['sync'] {
  const raw = parseJson(body, syncSchema, target)
  const names = (raw.sync_standby ?? '').split(',').map((name) => name.trim())
  return { leader: raw.leader ?? null, syncStandbys: names.filter((name) => name !== ''), quorum: raw.quorum ?? null }
}

const syncSchema = z.object({
  leader: cleanText.nullish(),
  sync_standby: cleanText.nullish(),
  quorum: z.number().int().nullish(),
})

function attempt<T>(body: string | null, parse: (body: string, target: Target) => T, target: Target): T | null {
  if (body === null || body === '') return null
  try {
    return parse(body, target)
  } catch (error) {
    if (error instanceof LookError) return null
    throw error
  }
}
