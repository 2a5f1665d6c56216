import { z } from 'zod'
import type { HistoryLine } from '#domain/snapshot/patroni.ts'
import { cleanText } from '../clean-text.ts'
import { parseJson } from '../json.ts'
import type { Target } from '../target.ts'
import { parseTime } from './times.ts'

/** Parses `GET /history` or the DCS key `history`: oldest first, at most the newest 500 lines. */
export function parseHistory(body: string, target: Target): HistoryLine[] {
  const lines = parseJson(body, historySchema, target)
  return lines.slice(-mostLines).map(([timeline, lsn, reason, time, newLeader]) => ({
    timeline,
    lsn,
    reason,
    endedAt: parseTime(time),
    newLeader: newLeader ?? null,
  }))
}

const mostLines = 500

// Time and leader are missing from lines that Patroni did not witness.
const line = z.tuple([
  z.number().int().nonnegative(),
  z.number().nonnegative(),
  cleanText,
  cleanText.nullish(),
  cleanText.nullish(),
])
const historySchema = z.array(line.rest(z.unknown()))
