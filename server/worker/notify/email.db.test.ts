import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EmailSettings } from '#domain/alerts/notify/channel.ts'
import { tlsFile } from '#server/adapters/testing/local-server.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import { dismissNotification, retryNotification } from '#server/store/notifications/log.ts'
import { readUndelivered } from '#server/store/notifications/undelivered.ts'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './deliver.ts'
import { testChannel } from './test-channel.ts'
import { Bench } from './testing/bench.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-notify-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

interface Mail {
  text: string
  isSecure: boolean
  /** Whom it was taken for. */
  to: string[]
}

interface Options {
  /** What is answered to recipients: to each by its address, or to all; nothing = they are accepted. */
  refuse?: number | Record<string, number>
  withTls: boolean
  isImplicit?: boolean
  user?: string
  /** What whoever signs in rightly is refused with. */
  refuseSignIn?: number
}

async function serveMail(options: Options) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    secure: options.isImplicit ?? false,
    key: tlsFile('key.pem'),
    cert: tlsFile('good.pem'),
    disabledCommands: options.withTls ? [] : ['STARTTLS'],
    authOptional: options.user === undefined,
    onAuth: ({ username, password }, _, done) => {
      if (options.refuseSignIn) done(refusal(options.refuseSignIn))
      else if (username === options.user && password === 'letmein') done(null, { user: username })
      else done(new Error('no'))
    },
    onRcptTo({ address }, _, done) {
      const code = typeof options.refuse === 'object' ? options.refuse[address] : options.refuse
      done(code === undefined ? null : refusal(code))
    },
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk) => (text += String(chunk)))
      stream.on('end', () => {
        mails.push({ text, isSecure: session.secure, to: session.envelope.rcptTo.map(({ address }) => address) })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { mails, port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

const refusal = (responseCode: number) => Object.assign(new Error('not now'), { responseCode })

const mail = (port: number, change: Partial<EmailSettings> = {}): EmailSettings => ({
  kind: 'email',
  host: '127.0.0.1',
  port,
  security: 'starttls',
  isPlainAllowed: false,
  user: null,
  from: 'matriarch@example.org',
  to: ['dba@example.org'],
  zone: 'Europe/Zurich',
  caPem: tlsFile('ca.pem'),
  ...change,
})

test.for([
  { name: 'STARTTLS', change: {}, isImplicit: false },
  { name: 'TLS', change: { security: 'tls' as const }, isImplicit: true },
])('mail goes over $name, signed in, in one thread', async ({ change, isImplicit }) => {
  await using store = await openTestStore()
  await using server = await serveMail({ withTls: true, isImplicit, user: 'ada' })
  const bench = await new Bench(store, keys).open(mail(server.port, { ...change, user: 'ada' }), 'letmein')
  const alert = bench.alert()
  await bench.keep('began', alert)
  await deliverOnOne(bench.worker())
  await bench.end(alert)
  await bench.pass()
  await deliverOnOne(bench.worker())
  expect(await bench.rows()).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
  const [first, second] = server.mails
  expect(first?.isSecure).toBe(true)
  expect(first?.text).toContain('Subject: [FIRING][critical] main/some-replication')
  expect(first?.text).toContain('Auto-Submitted: auto-generated')
  const root = /^Message-ID: (<.*>)/im.exec(first?.text ?? '')?.[1] ?? '?'
  expect(second?.text).toContain('Subject: [RESOLVED][critical] main/some-replication')
  expect(second?.text).toContain(`In-Reply-To: ${root}`)
})

test('mail is not sent without TLS unless somebody said so; 4xx is tried again, 5xx is not', async () => {
  await using store = await openTestStore()
  await using plain = await serveMail({ withTls: false })
  const bench = await new Bench(store, keys).open(mail(plain.port))
  await bench.keep('began', bench.alert())
  await deliverOnOne(bench.worker())
  expect(plain.mails).toHaveLength(0)
  expect(await bench.rows()).toMatchObject([{ state: 'waiting', attempts: 1 }])
  await store.pool.query('update channel set settings = $1', [JSON.stringify(mail(plain.port, { security: 'none' }))])
  await bench.pass()
  await deliverOnOne(bench.worker())
  expect(plain.mails).toMatchObject([{ isSecure: false }])
  for (const [refuse, state] of [
    [451, 'waiting'],
    [550, 'dead'],
  ] as const) {
    await using server = await serveMail({ withTls: false, refuse })
    await store.pool.query('update channel set settings = $1', [
      JSON.stringify(mail(server.port, { security: 'none' })),
    ])
    await bench.keep('began', bench.alert({ subject: `at ${refuse}` }))
    await deliverOnOne(bench.worker())
    expect((await bench.rows())[0]).toMatchObject({ state, attempts: 1 })
    await store.pool.query(`update notification set state = 'dropped' where state = 'waiting'`)
  }
})

test('a server that cannot let anybody sign in for now is asked again; one that refuses who signs in is not', async () => {
  await using store = await openTestStore()
  const options: Options = { withTls: true, user: 'ada' }
  await using server = await serveMail(options)
  const bench = await new Bench(store, keys).open(mail(server.port, { user: 'ada' }), 'letmein')
  await bench.keep('began', bench.alert())
  for (const code of [454, 421]) {
    options.refuseSignIn = code
    await bench.pass()
    await deliverOnOne(bench.worker())
    const problem = expect.stringContaining(`does not let it sign in now: code ${code}`)
    expect(await bench.rows()).toMatchObject([{ state: 'waiting', problem }])
  }
  options.refuseSignIn = 535
  await bench.pass()
  await deliverOnOne(bench.worker())
  const problem = expect.stringContaining('refuses to let it sign in: code 535')
  expect(await bench.rows()).toMatchObject([{ state: 'dead', problem }])
})

/** A bench that mails Ada, Ben and Cyd over a server that refuses whom `options.refuse` names. */
async function openList(store: Store, refuse: Record<string, number>) {
  const options = { withTls: true, refuse }
  const server = await serveMail(options)
  const to = ['ada', 'ben', 'cyd'].map((name) => `${name}@example.org`)
  const bench = await new Bench(store, keys).open(mail(server.port, { to }))
  const send = async () => {
    await bench.pass()
    await deliverOnOne(bench.worker())
  }
  return {
    bench,
    send,
    options,
    /** Whom each mail was taken for. */
    told: () => server.mails.map((each) => each.to.map((address) => address.replace('@example.org', '')).join()),
    dead: async () => (await readUndelivered(store.pool, bench.clusterId)).dead,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

test('whom a server refuses for now is sent it again, alone, and then the end as all others are', async () => {
  await using store = await openTestStore()
  await using list = await openList(store, { 'ben@example.org': 450 })
  const { bench, send, options, told } = list
  const alert = bench.alert()
  await bench.keep('began', alert)
  await send()
  const problem = expect.stringContaining('took it for others, but not for ben@example.org (code 450)')
  expect(await bench.rows()).toMatchObject([{ state: 'waiting', attempts: 1, problem }])
  // What is told of something else meanwhile goes to all, and not with it.
  await bench.keep('began', bench.alert({ subject: 'other' }))
  await send()
  expect(told()).toEqual(['ada,cyd', 'ada,cyd'])
  options.refuse = {}
  await send()
  await send()
  expect(told().slice(2)).toEqual(['ben'])
  expect(await bench.rows()).toMatchObject([
    { state: 'sent', problem: null },
    { state: 'sent', problem: null },
  ])
  await bench.end(alert)
  await send()
  expect(told().slice(3)).toEqual(['ada,ben,cyd'])
})

test('an address that a server refuses for good is named and counts until a mail reaches all, or it is dismissed', async () => {
  await using store = await openTestStore()
  await using list = await openList(store, { 'ben@example.org': 550 })
  const { bench, send, options, told, dead } = list
  const alert = bench.alert()
  await bench.keep('began', alert)
  await send()
  await send()
  expect(told()).toEqual(['ada,cyd'])
  const problem = expect.stringContaining('took it for others, but not for ben@example.org (code 550)')
  const [partly] = await bench.rows()
  expect(partly).toMatchObject({ state: 'sent', sentAt: expect.any(Date), problem })
  expect(await dead()).toBe(1)
  // Tried again by hand, it goes to whom it has not reached; over meanwhile, its end is told all the same.
  expect(await retryNotification(store.pool, partly?.id ?? 0)).toBe(true)
  await bench.end(alert)
  await send()
  expect((await bench.rows()).map(({ state, kind }) => `${kind} ${state}`)).toEqual(['resolve sent', 'trigger sent'])
  expect(told()).toEqual(['ada,cyd', 'ada,cyd'])
  expect(await dead()).toBe(2)
  options.refuse = {}
  expect(await retryNotification(store.pool, partly?.id ?? 0)).toBe(true)
  await send()
  expect((await bench.rows())[1]).toMatchObject({ state: 'sent', problem: null })
  expect(told().slice(2)).toEqual(['ben'])
  expect(await dead()).toBe(0)
  options.refuse = { 'cyd@example.org': 550 }
  await bench.keep('began', bench.alert({ subject: 'other' }))
  await send()
  expect(await dead()).toBe(1)
  expect(await dismissNotification(store.pool, (await bench.rows())[0]?.id ?? 0, 'Ada')).toBe(true)
  expect(await dead()).toBe(0)
})

test('of three, one is reached, one refused for good and one for now: that one is asked for an hour, and none is lost', async () => {
  await using store = await openTestStore()
  await using list = await openList(store, { 'ben@example.org': 550, 'cyd@example.org': 450 })
  const { bench, send, options, told } = list
  await bench.keep('began', bench.alert())
  await send()
  expect(await bench.rows()).toMatchObject([{ state: 'waiting' }])
  options.refuse = { 'ben@example.org': 550 }
  await send()
  expect(told()).toEqual(['ada', 'cyd'])
  expect(await bench.rows()).toMatchObject([
    { state: 'sent', problem: expect.stringContaining('took it for others, but not for ben@example.org (code 550)') },
  ])
  options.refuse = { 'ben@example.org': 450 }
  await bench.keep('began', bench.alert({ subject: 'other' }))
  for (let n = 0; n < 19; n += 1) await send()
  expect((await bench.rows())[0]).toMatchObject({ state: 'waiting', attempts: 19 })
  await send()
  const problem = expect.stringContaining('did not take it for ben@example.org (code 450)')
  expect((await bench.rows())[0]).toMatchObject({ state: 'sent', problem })
  expect(told()).toEqual(['ada', 'cyd', 'ada,cyd'])
})

test('a test that does not reach all says whom it did not; a channel that names others by then has nobody left', async () => {
  await using store = await openTestStore()
  await using list = await openList(store, { 'ben@example.org': 450 })
  const { bench, send, told } = list
  const tested = await testChannel(bench.worker(), { channelId: bench.channelId, by: 'Ada' })
  expect(tested).toMatchObject({ isAccepted: false, answer: expect.stringContaining('but not for ben@example.org') })
  await bench.keep('began', bench.alert())
  await send()
  await store.pool.query(`update channel set settings = settings || '{"to": ["dan@example.org"]}'`)
  await send()
  expect((await bench.rows())[0]).toMatchObject({ state: 'sent', response: expect.stringContaining('Nobody is left') })
  expect(told()).toEqual(['ada,cyd', 'ada,cyd'])
})
