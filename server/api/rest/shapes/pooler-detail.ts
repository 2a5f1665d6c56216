import { z } from 'zod'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'

const text = z.string()
const textOrNull = text.nullable()
const amount = z.number()
const amountOrNull = amount.nullable()

export const poolerDetail: z.ZodType<PoolerDetail> = z.object({
  version: text,
  state: z.enum(['active', 'paused', 'suspended']).nullable(),
  pools: z.array(
    z.object({
      database: text,
      user: text,
      mode: text,
      clientsActive: amount,
      clientsWaiting: amount,
      serversActive: amount,
      serversIdle: amount,
      serversUsed: amount,
      serversTested: amount,
      serversLogin: amount,
      serversBeingCanceled: amount,
      maxWaitSeconds: amount,
    }),
  ),
  databases: z.array(
    z.object({
      name: text,
      host: textOrNull,
      port: amount,
      database: text,
      forceUser: textOrNull,
      poolSize: amount,
      minPoolSize: amount,
      reservePoolSize: amount,
      mode: textOrNull,
      maxConnections: amount,
      currentConnections: amount,
      maxClients: amountOrNull,
      currentClients: amountOrNull,
      isPaused: z.boolean(),
      isDisabled: z.boolean(),
    }),
  ),
  users: z.array(
    z.object({
      name: text,
      mode: textOrNull,
      poolSize: amountOrNull,
      reservePoolSize: amountOrNull,
      maxConnections: amountOrNull,
      currentConnections: amountOrNull,
      maxClients: amountOrNull,
      currentClients: amountOrNull,
    }),
  ),
  clients: z.array(
    z.object({
      user: text,
      database: text,
      state: text,
      address: text,
      port: amount,
      application: textOrNull,
      waitSeconds: amount,
      id: textOrNull,
    }),
  ),
  clientsLeftOut: amount,
  servers: z.array(
    z.object({
      user: text,
      database: text,
      state: text,
      address: text,
      port: amount,
      backendPid: amountOrNull,
      closeNeeded: z.boolean(),
    }),
  ),
  serversLeftOut: amount,
  lists: z.record(text, amount),
  config: z.record(text, text),
  stats: z.array(
    z.object({
      database: text,
      transactions: amount,
      queries: amount,
      receivedBytes: amount,
      sentBytes: amount,
      transactionMicroseconds: amount,
      queryMicroseconds: amount,
      waitMicroseconds: amount,
      serverAssignments: amountOrNull,
    }),
  ),
})
