import type { IncomingHttpHeaders } from 'node:http'

/** A request as it came over the line, nothing of it believed yet. */
export interface RequestToJudge {
  /** As it was written in the request line: what was signed. */
  path: string
  headers: IncomingHttpHeaders
  body: Uint8Array
}
