import { createHash } from 'node:crypto'

/** Id of an agent: a UUID (version 8) that follows from its key, so that the two cannot fall apart. */
export function agentIdOf(spki: Uint8Array): string {
  const bytes = createHash('sha256').update('matriarch agent id 1\n').update(spki).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
