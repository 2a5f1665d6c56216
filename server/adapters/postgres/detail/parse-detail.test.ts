import { expect, test } from 'vitest'
import { LookError } from '../../look-error.ts'
import { detailOf, parseDetail } from './parse-detail.ts'

const target = { who: 'pg-node-1', system: 'Postgres', address: '10.0.1.10:5432' }

const sender = {
  pid: 1,
  application: 'pg-node-2',
  address: '10.0.1.11',
  state: 'streaming',
  syncState: 'async',
  slot: 'pg_node_2',
  sent: 1_000,
  write: 900,
  flush: 900,
  replay: 1_200,
  writeLagSeconds: null,
  flushLagSeconds: 0.25,
  replayLagSeconds: null,
  replyAgeSeconds: 1,
}

const slot = {
  name: 'left',
  type: 'physical',
  database: null,
  active: false,
  temporary: false,
  walStatus: 'lost',
  safeBytes: null,
  restart: null,
  xminAge: null,
  conflicting: null,
  invalidationReason: null,
}

const archiver = {
  mode: 'on',
  command: 'pgbackrest archive-push %p',
  library: '',
  archivedCount: 3,
  failedCount: 1,
  lastArchivedWal: '000000010000000000000001',
  lastArchivedAt: '2026-11-25T10:00:00.123456+02:00',
  lastFailedWal: null,
  lastFailedAt: null,
}

const document = {
  inRecovery: false,
  startedAt: '2026-11-25T08:00:00+00:00',
  configuredAt: '2026-11-25T08:00:00+00:00',
  written: 1_000,
  received: null,
  replayed: null,
  replayPaused: null,
  senders: [sender],
  receiver: null,
  slots: [slot],
  archiver,
  ready: 2,
  connections: { clients: 5, walSenders: 1, max: 100, reserved: 3, waitingOnLock: 0, waitingOnSync: 0 },
  sessions: [],
  longSessions: [],
  waits: [],
  involved: [],
  databases: [],
  horizon: { sessions: null, slots: null, prepared: null, standbys: null },
  checkpoints: {
    timed: 1,
    requested: 2,
    writeMilliseconds: 1_500,
    syncMilliseconds: 20,
    buffersWritten: 7,
    lastAt: 'infinity',
  },
  walBytesTotal: null,
}

function read(more: object = {}) {
  const parsed = parseDetail({ detail: { ...document, ...more } }, target)
  return detailOf(parsed, { version: 150_000, settings: {}, sizes: null })
}

test('lag is never negative, and no time is known where bytes are behind and Postgres tells none', () => {
  expect(read().senders[0]).toMatchObject({
    sentLagBytes: 0,
    writeLagBytes: 100,
    writeLagSeconds: null,
    flushLagSeconds: 0.25,
    replayLagBytes: 0,
    replayLagSeconds: 0,
  })
})

test('of a sender that has told nothing yet nothing is known', () => {
  const blank = { ...sender, state: null, sent: null, write: null, flush: null, replay: null, flushLagSeconds: null }
  expect(read({ senders: [blank] }).senders[0]).toMatchObject({
    state: 'unknown',
    replayLagBytes: null,
    replayLagSeconds: null,
  })
})

test('a slot without a position retains what is not known', () => {
  expect(read().slots[0]).toMatchObject({ walStatus: 'lost', retainedBytes: null })
})

test('a standby that replays out of the archive has a position, and no receiver is not zero', () => {
  const standby = read({ inRecovery: true, written: null, replayed: 700, replayPaused: false })
  expect(standby).toMatchObject({
    lsn: 700,
    receiver: { status: null, receivedLsn: null, replayedLsn: 700, lastMessageAgeSeconds: null },
    archiver: null,
  })
  expect(standby.senders[0]).toMatchObject({ sentLagBytes: 0 })
})

test('archiving fails while its newest try did', () => {
  expect(read().archiver).toMatchObject({
    isFailing: false,
    readyCount: 2,
    lastArchivedAt: new Date('2026-11-25T08:00:00.123Z'),
  })
  const failed = { ...archiver, lastFailedAt: '2026-11-25T08:00:01+00:00' }
  expect(read({ archiver: failed }).archiver).toMatchObject({ isFailing: true })
  expect(read({ archiver: { ...archiver, command: '(disabled)', library: null } }).archiver).toMatchObject({
    command: null,
  })
  expect(read({ archiver: { ...archiver, command: '', library: 'basic_archive' } }).archiver?.command).toBe(
    'basic_archive',
  )
})

test('milliseconds become seconds, and a moment that no calendar has is unknown', () => {
  expect(read().checkpoints).toEqual({
    timed: 1,
    requested: 2,
    writeSeconds: 1.5,
    syncSeconds: 0.02,
    buffersWritten: 7,
    lastAt: null,
  })
})

test('a statement keeps its lines and nothing that garbles a page', () => {
  const who = { pid: 1, user: 'a', database: 'b', application: null, address: null, state: 'active', waitEvent: null }
  const more = { backendStart: '2026-11-25T08:00:00+00:00', transactionSeconds: 1, querySeconds: 1, stateSeconds: 1 }
  const query = 'select 1,\n\t2\u0000\u001B[31m'
  const [session] = read({ longSessions: [{ ...who, ...more, query }] }).longSessions
  expect(session).toMatchObject({ application: '', query: 'select 1,\n\t2\uFFFD\uFFFD[31m' })
})

test.each([undefined, {}, { detail: { ...document, connections: null } }, { detail: { ...document, slots: [{}] } }])(
  'what is no such document (%#) is refused with the member',
  (row) => {
    expect(() => parseDetail(row, target)).toThrow(LookError)
    expect(() => parseDetail(row, target)).toThrow('pg-node-1')
  },
)
