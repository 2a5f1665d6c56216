import type { RecoveryTarget } from './backup-choice.ts'
import { formatAge } from '#domain/format.ts'
import { parseLsn } from '#domain/lsn.ts'
import { readMoment } from './read-target/moment.ts'
import { exactInstant, targetWords } from './target-words.ts'
import { targetFault } from './target-fault.ts'
import { isTimeZone, offsetText, wallClockAt } from '#domain/time-zone.ts'
import { capital } from '#domain/words.ts'

export type ReadTarget =
  /** `understood` says in full what recovery would stop at, in UTC where it is a moment. */
  { kind: 'read'; target: RecoveryTarget; understood: string } | { kind: 'unread'; sentence: string }

/** Reads what a person wrote for a target of recovery. `zone`: the one to read times in that name none, by its IANA name. */
export function readTarget(text: string, zone: string, now: Date): ReadTarget {
  const plain = text.trim().replaceAll(/\s+/g, ' ')
  if (plain === '') return unread(`Say where recovery shall stop: ${forms}.`)
  if (plain.length > 200) return unread('That is too long for a moment, a position, a transaction or a name.')
  if (!isTimeZone(zone)) return unread(`${zone} is no time zone that is known here.`)
  const onTimeline = /^(.*\S) on timeline (\d{1,10})$/i.exec(plain)
  const timeline = onTimeline === null ? null : Number(onTimeline[2])
  const target = onTimeline?.[1] ?? plain
  return readPlace(target, timeline) ?? readTime(target, timeline, zone, now) ?? readBareName(target, timeline)
}

const forms =
  'a moment such as 2026-11-25 14:03 or 10 minutes ago, a WAL position such as 0/B000180, xid 741, or restore point before_upgrade'

function unread(sentence: string): ReadTarget {
  return { kind: 'unread', sentence }
}

function read(target: RecoveryTarget, more: string[] = []): ReadTarget {
  const fault = targetFault(target)
  if (fault !== null) return unread(fault)
  return { kind: 'read', target, understood: [`${capital(targetWords(target))}.`, ...more].join(' ') }
}

/** What is no moment: the end of the archive or of a backup, a WAL position, a transaction, a named restore point. */
function readPlace(text: string, timeline: number | null): ReadTarget | null {
  if (/^(?:the )?(?:end(?: of (?:the )?(?:archive|wal|timeline))?|latest|newest)$/i.test(text)) {
    return read({ type: 'default', timeline })
  }
  const backup =
    /^(?:immediate|(?:the )?end of (?:the )?(?:newest )?backup)(?: (\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?))?$/i.exec(text)
  if (backup) return read({ type: 'immediate', set: backup[1] ?? null })
  const position =
    /^(?:just )?(before |at |after )?(?:(?:lsn|wal(?: position)?|position) )?([0-9a-f]{1,8}\/[0-9a-f]{1,8})$/i.exec(
      text,
    )
  const lsn = parseLsn(position?.[2] ?? '')
  if (position && lsn !== null) return read({ type: 'lsn', lsn, timeline, ...exclusive(position[1]) })
  const transaction = /^(?:just )?(before |at |after )?(?:(?:xid|transaction|tx|txid) )?(\d{1,20})$/i.exec(text)
  if (transaction) return readXid(transaction[2] ?? '', timeline, transaction[1])
  const name =
    /^(?:(?:at )?(?:the )?(?:restore point|name) )?"(.+)"$/i.exec(text) ??
    /^(?:at )?(?:the )?(?:restore point|name) (.+)$/i.exec(text)
  return name ? read({ type: 'name', value: name[1] ?? '', set: null, timeline }) : null
}

function exclusive(word: string | undefined): { isExclusive?: true } {
  return /^before/i.test(word ?? '') ? { isExclusive: true } : {}
}

/** Postgres 13 and later tells 64 bits, of which recovery knows the lower 32 (xlogrecovery.c compares TransactionId). */
function readXid(digits: string, timeline: number | null, word: string | undefined): ReadTarget {
  const whole = BigInt(digits)
  const short = BigInt.asUintN(32, whole)
  if (short < 3n || whole >= 2n ** 64n) return unread(`${digits} is no number of a transaction.`)
  const isCut = whole !== short
  const target: RecoveryTarget = { type: 'xid', value: String(short), set: null, timeline, ...exclusive(word) }
  return read(target, [
    ...(isCut ? [`In WAL, transaction ${digits} goes by the number ${short}.`] : []),
    ...(target.isExclusive ? [] : [`To leave it out, write: before xid ${short}.`]),
  ])
}

function readTime(text: string, timeline: number | null, zone: string, now: Date): ReadTarget | null {
  const before = /^(?:just )?before (.+)$/i.exec(text)
  const moment = readMoment((before?.[1] ?? text).replace(/^(?:at|on) /i, ''), zone, now)
  if (moment === null) return null
  if ('sentence' in moment) return unread(moment.sentence)
  const at = new Date(moment.at.getTime() - (before === null ? 0 : 1))
  if (Number.isNaN(at.getTime())) return unread('That moment is none that can be read.')
  return read({ type: 'time', at, timeline }, [`${whenWords(at, moment.zone, now)}`, ...moment.assumed])
}

/** How long ago that is, and what the clocks of its zone show. */
function whenWords(at: Date, zone: string, now: Date): string {
  const age = at > now ? 'yet to come' : `${formatAge(at, now)} ago`
  if (exactInstant(wallClockAt(at, zone)) === exactInstant(at)) return `That is ${age}.`
  const shown = wallClockAt(at, zone).toISOString().slice(0, 19).replace('T', ' ')
  const place = /^[+-]/.test(zone) ? `with offset ${zone}` : `in ${zone} (${offsetText(at, zone)})`
  return `That is ${age}, ${shown} ${place}.`
}

/** One word with a mark in it is a name; a plain one may be a moment that was mistyped. */
function readBareName(text: string, timeline: number | null): ReadTarget {
  if (/^[A-Za-z][A-Za-z0-9.:-]*_[A-Za-z0-9_.:-]*$/.test(text))
    return read({ type: 'name', value: text, set: null, timeline })
  const isWord = /^[A-Za-z][A-Za-z0-9_.:-]*$/.test(text)
  const asName = isWord ? ` If it names a restore point, write: restore point ${text}.` : ''
  return unread(`"${text}" is not understood.${asName} Write ${forms}.`)
}
