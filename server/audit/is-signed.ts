import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Checkpoint, checkpointText } from '#domain/audit-chain/checkpoint.ts'

/** The workers' public key out of base64 of its SPKI form. */
export function readPublicKey(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
}

/** True for a checkpoint that the holder of this key has signed. */
export function isSigned(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(checkpointText(checkpoint)), publicKey, Buffer.from(checkpoint.signature, 'base64'))
}
