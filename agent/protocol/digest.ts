import { createHash } from 'node:crypto'

/** The Content-Digest field of a body (RFC 9530), SHA-256 alone. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}
