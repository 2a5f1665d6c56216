import * as crypto from 'node:crypto'

/** SHA-256 of a text's UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  return crypto.hash('sha256', text, 'hex')
}
