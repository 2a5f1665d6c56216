import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { sealForWorkers, unsealSecret } from './seal.ts'

const { privateKey } = generateKeyPairSync('x25519')
const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')

test('what is sealed can be unsealed with the private key', () => {
  expect(unsealSecret(privateKey, sealForWorkers(publicKey, 'grüße 🐘', 'a'), 'a')).toBe('grüße 🐘')
})

test('sealing the same text twice gives different bytes', () => {
  expect(sealForWorkers(publicKey, 'same', 'a').equals(sealForWorkers(publicKey, 'same', 'a'))).toBe(false)
})

test('what is sealed for one purpose cannot be used for another', () => {
  expect(() => unsealSecret(privateKey, sealForWorkers(publicKey, 'x', 'a'), 'b')).toThrow(/not made for this worker/)
})

test('another worker key cannot unseal', () => {
  const other = generateKeyPairSync('x25519').privateKey
  expect(() => unsealSecret(other, sealForWorkers(publicKey, 'x', 'a'), 'a')).toThrow(/not made for this worker/)
})

test('every changed byte is noticed', () => {
  const sealed = sealForWorkers(publicKey, 'secret', 'a')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unsealSecret(privateKey, changed, 'a'), `byte ${at}`).toThrow(/not made for this worker/)
  }
})
