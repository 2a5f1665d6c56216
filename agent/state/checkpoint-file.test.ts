import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkExport, type ExportChecks } from '#domain/audit-chain/check-export.ts'
import { type Checkpoint, checkpointText, parseCheckpoint } from '#domain/audit-chain/checkpoint.ts'
import { linkLine } from '#domain/audit-chain/export-lines.ts'
import { type ChainEnd, type ChainLink, chainStart } from '#domain/audit-chain/link.ts'
import { CheckpointFile, checkpointFileName } from './checkpoint-file.ts'

const consoleKeys = generateKeyPairSync('ed25519')
const key = consoleKeys.publicKey
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matriarch-checkpoints-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('checkpoints that follow each other are kept, also by an agent that is started anew', async () => {
  const file = new CheckpointFile(folder)
  expect(await file.keep(null, key)).toEqual({ kept: null, problem: null, isDisputed: false })
  expect(await file.keep(checkpoint(3), key)).toMatchObject({ kept: { seq: 3 }, problem: null })
  expect(await file.keep(checkpoint(8), key)).toMatchObject({ kept: { seq: 8, hash: hashOf(8) } })
  expect(await file.keep(checkpoint(8), key)).toMatchObject({ kept: { seq: 8 }, problem: null })
  expect(lines()).toEqual([3, 8])
  expect(await new CheckpointFile(folder).keep(checkpoint(9), key)).toMatchObject({ kept: { seq: 9 } })
  expect(lines()).toEqual([3, 8, 9])
})

test('a log that was cut or made anew is disputed, and what is held stays', async () => {
  const file = new CheckpointFile(folder)
  await file.keep(checkpoint(8), key)
  for (const given of [checkpoint(5), { ...signed({ seq: 8, hash: hashOf(80), at }) }]) {
    const stand = await file.keep(given, key)
    expect(stand).toMatchObject({ kept: { seq: 8, hash: hashOf(8) }, isDisputed: true })
    expect(stand.problem).toMatch(/cut off|made anew/)
  }
  expect(lines()).toEqual([8])
})

test('a checkpoint that the console has not signed is disputed', async () => {
  const file = new CheckpointFile(folder)
  const other = generateKeyPairSync('ed25519').privateKey
  for (const given of [signed({ seq: 4, hash: hashOf(4), at }, other), { ...checkpoint(4), seq: 5 }]) {
    expect(await file.keep(given, key)).toMatchObject({ kept: null, isDisputed: true })
  }
})

test('a line that a full disk tore is written over', async () => {
  await new CheckpointFile(folder).keep(checkpoint(8), key)
  appendFileSync(join(folder, checkpointFileName), JSON.stringify(checkpoint(9)).slice(0, 40))
  const file = new CheckpointFile(folder)
  expect(await file.keep(null, key)).toMatchObject({ kept: { seq: 8 } })
  await file.keep(checkpoint(9), key)
  expect(lines()).toEqual([8, 9])
})

test('another console begins from where it is, and the proof of the one before stays', async () => {
  const other = generateKeyPairSync('ed25519')
  const file = new CheckpointFile(folder)
  await file.keep(checkpoint(8), key)
  const given = signed({ seq: 2, hash: hashOf(2), at }, other.privateKey)
  expect(await file.keep(given, other.publicKey)).toMatchObject({ kept: { seq: 2 }, problem: null })
  expect(lines()).toEqual([8, 2])
})

test('what was kept stays behind what came later, and proves against an export that history was made anew', async () => {
  const [genuine, forged] = [chain(8, 'Ada'), chain(8, 'Eve')]
  const file = new CheckpointFile(folder)
  await file.keep(signed({ ...endOf(genuine, 6), at }), key)
  // Signed by workers who did not look, and taken: this node cannot know what lies between.
  expect(await file.keep(signed({ ...endOf(forged, 8), at }), key)).toMatchObject({ kept: { seq: 8 } })
  const publicKey = key.export({ format: 'der', type: 'spki' }).toString('base64')
  const head = { matriarch: 'audit', version: 1, exportedAt: at, publicKey, isWhole: true }
  const exported = [JSON.stringify(head), ...forged.map(linkLine)]
  const witnessed = text().flatMap((line) => {
    const kept = parseCheckpoint(line)
    return kept === null ? [] : [{ ...kept, by: 'pg-node-1' }]
  })
  expect(witnessed.map(({ seq }) => seq)).toEqual([6, 8])
  expect(await checkExport(exported, { witnessed, publicKey }, checks)).toMatchObject({
    ok: false,
    firstBad: 1,
    sentence: expect.stringContaining('pg-node-1 kept another hash at record 6'),
  })
  expect(await checkExport(exported, { witnessed: witnessed.slice(1), publicKey }, checks)).toMatchObject({ ok: true })
})

const at = '2026-03-01T12:00:00.000Z'

const checks: ExportChecks = {
  sha256: hashText,
  fingerprintOf: (publicKey) => `SHA256:${hashText(publicKey)}`,
  isSigned: (signedText, signature) => verify(null, Buffer.from(signedText), key, Buffer.from(signature, 'base64')),
}

function chain(length: number, actorName: string): ChainLink[] {
  const links: ChainLink[] = []
  for (let seq = 1; seq <= length; seq++) {
    const canonical = `{"at": "${at}", "seq": ${seq}, "actorName": "${actorName}"}`
    const previousHash = links.at(-1)?.hash ?? chainStart.hash
    links.push({ seq, canonical, previousHash, hash: hashText(previousHash + canonical) })
  }
  return links
}

function endOf(links: readonly ChainLink[], seq: number): ChainEnd {
  return { seq, hash: links[seq - 1]?.hash ?? '' }
}

function checkpoint(seq: number): Checkpoint {
  return signed({ seq, hash: hashOf(seq), at })
}

function signed(end: Omit<Checkpoint, 'signature'>, by: KeyObject = consoleKeys.privateKey): Checkpoint {
  return { ...end, signature: sign(null, Buffer.from(checkpointText(end)), by).toString('base64') }
}

function hashOf(seq: number): string {
  return hashText(String(seq))
}

function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function lines(): number[] {
  return text().map((line) => Number(JSON.parse(line).seq))
}

function text(): string[] {
  return readFileSync(join(folder, checkpointFileName), 'utf8').trimEnd().split('\n')
}
