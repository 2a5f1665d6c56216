import type { z } from 'zod'
import type { DcsKeys, EtcdEndpointStatus } from '#domain/snapshot/dcs.ts'
import { LookError } from '../look-error.ts'
import { clearReplyOf, clearTransaction, type ClearOrder, type ClearReply, transactionSchema } from './clear-scope.ts'
import { createEndpointLook } from './endpoint-status.ts'
import { AllFailed, firstAnswer } from './first-answer.ts'
import { later, prefixOf, prefixRange, toKey, type KeyTable } from './key-table.ts'
import { toDcsKeys } from './parse-keys.ts'
import { createEtcdSession, etcdTarget, type EtcdAccess } from './session.ts'
import { StaleEtcdError, StaleGuard } from './stale-guard.ts'
import { watchStream, type WatchOrder } from './watch-stream.ts'
import { type Header, rangeSchema } from './wire.ts'

/** Etcd's answer to a read that needs a majority. */
export interface QuorumProof {
  revision: string
  /** How many keys the scope has and the newest change of one that exists: what a watch must have brought. */
  keyCount: number
  newestModRevision: string
}

/** Patroni's keys over etcd's JSON gateway; goes on to another endpoint by itself when one fails or stays silent. */
export interface EtcdClient {
  /** All keys of a scope by a linearizable read; no key = no such scope. */
  listKeys(namespace: string, scope: string, signal?: AbortSignal): Promise<KeyTable>
  readKeys(namespace: string, scope: string, signal?: AbortSignal): Promise<DcsKeys>
  /** Within 2 s, or there is no quorum as far as can be seen. */
  proveQuorum(namespace: string, scope: string, signal?: AbortSignal): Promise<QuorumProof>
  /** Deletes in one transaction what Patroni keeps of one life of a cluster; done twice it is done once. Thrown at, it may have been done. */
  clearScope(order: ClearOrder, signal?: AbortSignal): Promise<ClearReply>
  endpointStatus(url: string, signal?: AbortSignal): Promise<EtcdEndpointStatus>
  watch(order: Omit<WatchOrder, 'url'>): Promise<void>
  /** The endpoint that answered last and will be asked first. */
  current(): string
}

/** A client for one etcd; `urls` are base addresses and at least one. */
export function createEtcdClient(access: EtcdAccess): EtcdClient {
  const session = createEtcdSession(access)
  const guard = new StaleGuard()
  let order = [...access.urls]

  const askAny = async <T extends { header?: Header }>(
    path: string,
    payload: object,
    schema: z.ZodType<T>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<T> => {
    const deadline = Date.now() + timeoutMs
    const ask = async (url: string, ended: AbortSignal) => {
      const options = { timeoutMs: Math.max(deadline - Date.now(), 100), signal: ended }
      const reply = await session.ask(url, path, payload, schema, options)
      guard.check(reply.header, etcdTarget(url))
      return reply
    }
    try {
      const { place, value } = await firstAnswer(order, ask, { patienceMs: 500, signal })
      if (order[0] !== place) order = [place, ...order.filter((url) => url !== place)]
      return value
    } catch (error) {
      throw error instanceof AllFailed ? noneAnswered(error.errors, guard, timeoutMs) : error
    }
  }

  const range = (namespace: string, scope: string, more: object, timeoutMs: number, signal?: AbortSignal) => {
    const payload = { ...prefixRange(prefixOf(namespace, scope)), ...more }
    return askAny('/v3/kv/range', payload, rangeSchema, timeoutMs, signal)
  }

  const listKeys = async (namespace: string, scope: string, signal?: AbortSignal): Promise<KeyTable> => {
    const reply = await range(namespace, scope, {}, 3_000, signal)
    const keys = (reply.kvs ?? []).flatMap((raw) => toKey(raw, prefixOf(namespace, scope)) ?? [])
    return { keys: new Map(keys.map((key) => [key.name, key])), revision: reply.header?.revision ?? '0' }
  }

  return {
    listKeys,
    async readKeys(namespace, scope, signal) {
      return toDcsKeys(await listKeys(namespace, scope, signal), new Date(), etcdTarget(order[0] ?? ''))
    },
    async proveQuorum(namespace, scope, signal) {
      const newest = { limit: '1', sort_order: 'DESCEND', sort_target: 'MOD', keys_only: true }
      const reply = await range(namespace, scope, newest, 2_000, signal)
      const newestModRevision = (reply.kvs ?? []).reduce((found, key) => later(found, key.mod_revision ?? '0'), '0')
      return { revision: reply.header?.revision ?? '0', keyCount: Number(reply.count ?? 0), newestModRevision }
    },
    async clearScope(wish, signal) {
      return clearReplyOf(await askAny('/v3/kv/txn', clearTransaction(wish), transactionSchema, 10_000, signal))
    },
    endpointStatus: createEndpointLook(session),
    watch: (watchOrder) => watchStream(session, guard, { ...watchOrder, url: order[0] ?? '' }),
    current: () => order[0] ?? '',
  }
}

function noneAnswered(errors: unknown[], guard: StaleGuard, timeoutMs: number): unknown {
  const problems = errors.filter((error) => error instanceof LookError)
  const bug = errors.find((error) => error !== undefined && !(error instanceof LookError))
  if (bug !== undefined) return bug
  if (problems.every((problem) => problem instanceof StaleEtcdError)) guard.forget()
  const [first] = problems
  if (first === undefined || problems.length === 1) return first ?? new LookError('unreachable', 'etcd was not asked.')
  if (problems.every((problem) => problem.kind === 'timeout')) {
    return new LookError(
      'timeout',
      `None of the ${problems.length} etcd endpoints answered a read that needs a majority within ${timeoutMs / 1000} s.`,
    )
  }
  const worst = problems.find((problem) => problem.kind === 'unauthorized' || problem.kind === 'timeout') ?? first
  return new LookError(worst.kind, [...new Set(problems.map((problem) => problem.message))].join(' '))
}
