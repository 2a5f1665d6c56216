import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText } from './canonical-text.ts'
import { checkExport, type ExportChecks, type KeptCheckpoint } from './check-export.ts'
import { type Checkpoint, checkpointText } from './checkpoint.ts'
import { checkpointLine, linkLine } from './export-lines.ts'
import { type ChainLink, chainStart } from './link.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const publicKey = spki(privateKey)

test('a whole export is proven, with the hash of its last record', async () => {
  const links = chain(7)
  expect(await check(exported(links))).toMatchObject({
    ok: true,
    records: 7,
    head: links[6]?.hash,
    checkpoints: 0,
  })
  expect(await check(exported(links, [checkpoint(links, 3), checkpoint(links, 7)]))).toMatchObject({
    ok: true,
    checkpoints: 2,
  })
  expect(await check(exported([]))).toMatchObject({ ok: true, records: 0 })
})

const tampering: [string, (links: ChainLink[]) => ChainLink[], number][] = [
  [
    'a changed text',
    (links) =>
      links.map((each) => (each.seq === 4 ? { ...each, canonical: each.canonical.replace('Ada', 'Eve') } : each)),
    4,
  ],
  [
    'a changed text with a hash made anew',
    (links) =>
      links.map((each) =>
        each.seq === 4 ? rehashed({ ...each, canonical: each.canonical.replace('Ada', 'Eve') }) : each,
      ),
    5,
  ],
  ['a removed record', (links) => links.filter(({ seq }) => seq !== 5), 5],
  ['two that changed places', (links) => [1, 2, 4, 3, 5].flatMap((seq) => links[seq - 1] ?? []), 3],
  ['a record put in twice', (links) => links.flatMap((each) => (each.seq === 2 ? [each, each] : [each])), 3],
]

test.each(tampering)('%s is found', async (_, tamper, firstBad) => {
  const proof = await check(exported(tamper(chain(7))))
  expect(proof).toMatchObject({ ok: false, firstBad })
  expect(proof).toHaveProperty('sentence', expect.stringContaining(`record ${firstBad} is the first`))
})

test('a cut tail is found by whoever saw the chain reach further, and not without', async () => {
  const links = chain(7)
  const short = links.slice(0, 5)
  expect(await check(exported(short))).toMatchObject({ ok: true, records: 5 })
  const kept = { ...checkpoint(links, 7), by: 'pg-node-2' }
  expect(await check(exported(short), [kept])).toEqual({
    ok: false,
    firstBad: 6,
    sentence:
      'The audit log is not whole: record 6 is the first that is wrong; pg-node-2 saw the chain reach record 7, so its end was cut off.',
  })
  expect(await check(exported(short, [checkpoint(links, 7)]))).toMatchObject({ ok: false, firstBad: 6 })
})

test('a chain made anew from a record on is found by a checkpoint behind it', async () => {
  const links = chain(9)
  const forged = chain(9, (seq) => (seq >= 5 ? 'Eve' : 'Ada'))
  expect(await check(exported(forged))).toMatchObject({ ok: true })
  const kept = [checkpoint(links, 3), checkpoint(links, 8)].map((each) => ({ ...each, by: 'pg-node-1' }))
  const proof = await check(exported(forged), kept)
  expect(proof).toMatchObject({ ok: false, firstBad: 4 })
  expect(proof).toHaveProperty('sentence', expect.stringContaining('between'))
})

test('it is told from where the key of the signatures is known', async () => {
  const links = chain(3)
  const lines = exported(links, [checkpoint(links, 3)])
  const fingerprint = `SHA256:${sha256(publicKey)}`
  const kept = [{ ...checkpoint(links, 2), by: 'pg-node-1' }]
  const keyOf = async (witnessed: KeptCheckpoint[], given: string | null) => {
    const proof = await checkExport(lines, { witnessed, publicKey: given }, checks)
    return proof.ok ? proof.key : proof.sentence
  }
  expect(await keyOf([], null)).toEqual({ fingerprint, knownFrom: 'export' })
  expect(await keyOf(kept, null)).toEqual({ fingerprint, knownFrom: 'witness' })
  for (const given of [publicKey, fingerprint, `${fingerprint}=`])
    expect(await keyOf([], given)).toEqual({ fingerprint, knownFrom: 'given key' })
  for (const given of ['SHA256:', 'SHA256:abc', spki(generateKeyPairSync('ed25519').privateKey)])
    expect(await keyOf(kept, given)).toBe(
      'The export proves nothing. Its checkpoints are signed by another key than the one given.',
    )
})

test('what cannot prove anything says so', async () => {
  const links = chain(3)
  expect(await check([])).toMatchObject({ ok: false, firstBad: null })
  expect(await check(exported(links).slice(1))).toMatchObject({ ok: false, firstBad: null })
  expect(await check(exported(links, [], false))).toMatchObject({ ok: false, firstBad: null })
  const other = generateKeyPairSync('ed25519').privateKey
  const foreign = { ...checkpoint(links, 3, other), by: 'pg-node-2' }
  expect(await check(exported(links), [foreign])).toMatchObject({ ok: false, firstBad: null })
  expect(await check(exported(links, [foreign]))).toMatchObject({ ok: false, firstBad: null })
  expect(await checkExport(exported(links), { witnessed: [], publicKey: spki(other) }, checks)).toMatchObject({
    firstBad: null,
  })
})

test('any one changed character of any record is found, at that record or the next', async () => {
  const links = chain(6)
  const lines = exported(links)
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(),
      fc.string({ minLength: 1, maxLength: 1 }),
      async (n, at, by) => {
        const line = lines[n] ?? ''
        const place = at % line.length
        const changed = line.slice(0, place) + by + line.slice(place + 1)
        fc.pre(changed !== line)
        const proof = await check(lines.with(n, changed))
        const found = proof.ok ? 'nothing' : (proof.firstBad ?? n)
        expect([n, n + 1]).toContain(found)
      },
    ),
    { numRuns: 500 },
  )
})

const checks: ExportChecks = {
  sha256,
  fingerprintOf: (spkiText) => `SHA256:${sha256(spkiText)}`,
  isSigned: (text, signature, key) =>
    verify(
      null,
      Buffer.from(text),
      createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
      Buffer.from(signature, 'base64'),
    ),
}

function check(lines: string[], witnessed: KeptCheckpoint[] = []) {
  return checkExport(lines, { witnessed, publicKey: null }, checks)
}

function exported(links: ChainLink[], checkpoints: Checkpoint[] = [], isWhole = true): string[] {
  const head = { matriarch: 'audit', version: 1, exportedAt: '2026-03-01T00:00:00Z', publicKey, isWhole }
  return [JSON.stringify(head), ...checkpoints.map(checkpointLine), ...links.map(linkLine)]
}

function chain(length: number, nameAt: (seq: number) => string = () => 'Ada'): ChainLink[] {
  const links: ChainLink[] = []
  for (let seq = 1; seq <= length; seq++) {
    const canonical = canonicalText({
      seq,
      at: `2026-03-01T00:00:0${seq}.000000Z`,
      actorId: null,
      actorName: nameAt(seq),
      actorKind: 'user',
      action: 'switchover.request',
      target: 'main "é"',
      clusterId: null,
      clusterName: 'main',
      reason: 'kernel\nupdate',
      outcome: 'requested',
      operationId: null,
      detail: `{"n": ${seq}}`,
    })
    const previousHash = links.at(-1)?.hash ?? chainStart.hash
    links.push(rehashed({ seq, canonical, previousHash, hash: '' }))
  }
  return links
}

function rehashed(link: ChainLink): ChainLink {
  return { ...link, hash: sha256(link.previousHash + link.canonical) }
}

function checkpoint(links: ChainLink[], seq: number, key: KeyObject = privateKey): Checkpoint {
  const end = { seq, hash: links[seq - 1]?.hash ?? '', at: '2026-03-01T00:01:00Z' }
  return { ...end, signature: sign(null, Buffer.from(checkpointText(end)), key).toString('base64') }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function spki(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
}
