import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTarget, type ReadTarget } from './read-target.ts'
import { momentsOf, offsetText, wallClockAt } from '#domain/time-zone.ts'

/** A Wednesday. */
const now = new Date('2026-11-25T15:00:00.000Z')
const berlin = 'Europe/Berlin'
const read = (text: string, zone = berlin, at = now): ReadTarget => readTarget(text, zone, at)
const timeOf = (found: ReadTarget): string =>
  found.kind === 'read' && found.target.type === 'time' ? found.target.at.toISOString() : JSON.stringify(found)

describe('moments', () => {
  test.each([
    ['2026-11-25 14:03', '2026-11-25T13:03:00.000Z'],
    ['2026-11-25T14:03:07.25', '2026-11-25T13:03:07.250Z'],
    ['2026-11-25T14:03:00Z', '2026-11-25T14:03:00.000Z'],
    ['2026-11-25 14:03:00+00', '2026-11-25T14:03:00.000Z'],
    ['2026-11-25 14:03:00.123-05:30', '2026-11-25T19:33:00.123Z'],
    ['2026-11-25 14:03 UTC', '2026-11-25T14:03:00.000Z'],
    ['2026-11-25 14:03 UTC+2', '2026-11-25T12:03:00.000Z'],
    ['2026-11-25 14:03 America/New_York', '2026-11-25T19:03:00.000Z'],
    ['2026-11-25 14:03 in Asia/Kathmandu', '2026-11-25T08:18:00.000Z'],
    ['2026/11/25 at 2:03 pm', '2026-11-25T13:03:00.000Z'],
    ['25.11.2026 14:03', '2026-11-25T13:03:00.000Z'],
    ['25 Nov 2026, 14:03', '2026-11-25T13:03:00.000Z'],
    ['November 25, 2026 14:03', '2026-11-25T13:03:00.000Z'],
    ['Wed Nov 25 13:03:09 UTC 2026', '2026-11-25T13:03:09.000Z'],
    ['Nov 25 14:03:00', '2026-11-25T13:03:00.000Z'],
    ['Dec 3 14:03', '2025-12-03T13:03:00.000Z'],
    ['20261125-140300', '2026-11-25T13:03:00.000Z'],
    ['20261125T1403Z', '2026-11-25T14:03:00.000Z'],
    ['@1795615380', '2026-11-25T14:03:00.000Z'],
    ['14:03', '2026-11-25T13:03:00.000Z'],
    ['today 14:03', '2026-11-25T13:03:00.000Z'],
    ['today at noon', '2026-11-25T11:00:00.000Z'],
    ['today 23:00', '2026-11-25T22:00:00.000Z'],
    ['23:00', '2026-11-24T22:00:00.000Z'],
    ['yesterday 18:00', '2026-11-24T17:00:00.000Z'],
    ['Yesterday 18:00 UTC', '2026-11-24T18:00:00.000Z'],
    ['monday 9am', '2026-11-23T08:00:00.000Z'],
    ['last wednesday 17:00', '2026-11-18T16:00:00.000Z'],
    ['10 minutes ago', '2026-11-25T14:50:00.000Z'],
    ['2 h 30 min ago', '2026-11-25T12:30:00.000Z'],
    ['an hour and 5 minutes ago', '2026-11-25T13:55:00.000Z'],
    ['90s ago', '2026-11-25T14:58:30.000Z'],
    ['-10m', '2026-11-25T14:50:00.000Z'],
    ['now', '2026-11-25T15:00:00.000Z'],
    ['  before   14:03 ', '2026-11-25T13:02:59.999Z'],
    ['at 14:03', '2026-11-25T13:03:00.000Z'],
  ])('%s', (text, at) => {
    expect(timeOf(read(text))).toBe(at)
  })

  test.each<[string, string]>([
    [
      '14:03',
      '2026-11-25 13:03:00.000 UTC. That is 1 h ago, 2026-11-25 14:03:00 in Europe/Berlin (+01:00). No day was given, so it was taken for today.',
    ],
    [
      '23:00',
      '2026-11-24 22:00:00.000 UTC. That is 17 h ago, 2026-11-24 23:00:00 in Europe/Berlin (+01:00). Today it is yet to come, so it was taken for yesterday.',
    ],
    ['2026-11-25 14:03Z', '2026-11-25 14:03:00.000 UTC. That is 57 min ago.'],
    [
      '2026-11-25 14:03:00.123456+02',
      '2026-11-25 12:03:00.123 UTC. That is 2 h ago, 2026-11-25 14:03:00 with offset +02:00. It was cut to the millisecond.',
    ],
    [
      '2026-11-25 17:00',
      '2026-11-25 16:00:00.000 UTC. That is yet to come, 2026-11-25 17:00:00 in Europe/Berlin (+01:00).',
    ],
    ['2026-11-25 14:03Z on timeline 3', '2026-11-25 14:03:00.000 UTC on timeline 3. That is 57 min ago.'],
  ])('%s is said back in UTC', (text, understood) => {
    expect(read(text)).toMatchObject({ kind: 'read', understood })
  })

  test.each<[string, RegExp]>([
    ['2026-11-25', /^Say the time of day too, such as 2026-11-25 14:03\.$/],
    ['yesterday', /^Say the time of day too/],
    ['11/12/2026 14:03', /read in more than one way/],
    ['2026-02-30 14:03', /no such day/],
    ['Feb 30 14:03', /no such day/],
    ['2026-11-25 14:03 CET', /^CET stands for different zones/],
    ['2026-11-25 14:03 Europe/Atlantis', /Europe\/Atlantis is no time zone/],
    ['2026-11-25 14:03+25', /No zone is \+25:00 away/],
    ['2026-11-25 24:03', /is not understood/],
    ['yesterdy 18:00', /is not understood/],
    ['', /^Say where recovery shall stop/],
    ['x'.repeat(300), /too long/],
  ])('%s is not', (text, sentence) => {
    expect(read(text)).toMatchObject({ kind: 'unread', sentence: expect.stringMatching(sentence) })
  })
})

describe('clocks that are put forward and back', () => {
  test('a time that never was', () => {
    expect(read('2026-03-29 02:30')).toMatchObject({
      kind: 'unread',
      sentence:
        '2026-03-29 02:30:00 never was in Europe/Berlin: the clocks were put forward past it. Write the moment in UTC, or with its offset.',
    })
    expect(timeOf(read('2026-03-29 03:00'))).toBe('2026-03-29T01:00:00.000Z')
    expect(timeOf(read('2026-03-29 01:59:59'))).toBe('2026-03-29T00:59:59.000Z')
  })

  test('a time that was twice', () => {
    const found = read('2026-10-25 02:30')
    expect(found).toMatchObject({
      kind: 'unread',
      sentence: expect.stringContaining(
        'Write 2026-10-25 02:30:00+02:00 for the first time or 2026-10-25 02:30:00+01:00 for the second.',
      ),
    })
    expect(timeOf(read('2026-10-25 02:30:00+02:00'))).toBe('2026-10-25T00:30:00.000Z')
    expect(timeOf(read('2026-10-25 02:30:00+01:00'))).toBe('2026-10-25T01:30:00.000Z')
  })

  test('a day that a zone left out, and half an hour', () => {
    expect(read('2011-12-30 12:00', 'Pacific/Apia')).toMatchObject({ sentence: expect.stringContaining('never was') })
    expect(read('2026-04-05 01:45', 'Australia/Lord_Howe')).toMatchObject({
      sentence: expect.stringContaining('+11:00 for the first time or 2026-04-05 01:45:00+10:30'),
    })
  })
})

describe('places that are no moments', () => {
  test.each([
    ['0/B000180', { type: 'lsn', lsn: 0xb_00_01_80, timeline: null }, 'WAL position 0/B000180.'],
    ['before lsn 1/b', { type: 'lsn', lsn: 2 ** 32 + 11, isExclusive: true }, 'Just before WAL position 1/B.'],
    [
      'xid 741',
      { type: 'xid', value: '741', set: null },
      'Just after transaction 741. To leave it out, write: before xid 741.',
    ],
    ['741', { type: 'xid', value: '741' }, 'Just after transaction 741. To leave it out, write: before xid 741.'],
    ['just before transaction 741', { type: 'xid', value: '741', isExclusive: true }, 'Just before transaction 741.'],
    [
      'before xid 4294968037',
      { type: 'xid', value: '741', isExclusive: true },
      'Just before transaction 741. In WAL, transaction 4294968037 goes by the number 741.',
    ],
    ['restore point upgrade', { type: 'name', value: 'upgrade', set: null }, 'Restore point "upgrade".'],
    ['"before the upgrade"', { type: 'name', value: 'before the upgrade' }, 'Restore point "before the upgrade".'],
    [
      'before_upgrade on timeline 4',
      { type: 'name', value: 'before_upgrade', timeline: 4 },
      'Restore point "before_upgrade" on timeline 4.',
    ],
    ['end of the archive', { type: 'default', timeline: null }, 'The end of the archive.'],
    ['latest', { type: 'default', timeline: null }, 'The end of the archive.'],
    [
      'end of backup 20261124-000700F',
      { type: 'immediate', set: '20261124-000700F' },
      'The end of backup 20261124-000700F.',
    ],
    ['immediate', { type: 'immediate', set: null }, 'The end of the newest backup.'],
  ])('%s', (text, target, understood) => {
    expect(read(text)).toMatchObject({ kind: 'read', target, understood })
  })

  test.each<[string, RegExp]>([
    ['xid 2', /2 is no number of a transaction/],
    ['xid 99999999999999999999', /no number of a transaction/],
    ['restore point a;b', /no name of a restore point/],
    ['upgrade', /If it names a restore point, write: restore point upgrade\./],
    ['0/0', /position is none/],
    ['741 on timeline 0', /whole number from 1 on/],
  ])('%s is refused', (text, sentence) => {
    expect(read(text)).toMatchObject({ kind: 'unread', sentence: expect.stringMatching(sentence) })
  })

  test('a zone that nobody knows', () => {
    expect(read('14:03', 'Mars/Base')).toMatchObject({ sentence: 'Mars/Base is no time zone that is known here.' })
  })
})

const zones = [
  'UTC',
  berlin,
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Casablanca',
]
const instants = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) }).map((ms) => new Date(ms))

test('what a clock showed is read back to the moment it was, unless it showed it twice', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (at, zone) => {
      const wall = wallClockAt(at, zone)
      const shown = wall.toISOString().slice(0, 23).replace('T', ' ')
      expect(timeOf(read(`${shown}${offsetText(at, zone)}`, 'UTC'))).toBe(at.toISOString())
      const all = momentsOf(wall, zone).map((each) => each.toISOString())
      expect(all).toContain(at.toISOString())
      const found = read(shown, zone)
      expect(all.length === 1 ? [timeOf(found)] : found.kind).toEqual(all.length === 1 ? all : 'unread')
    }),
  )
})

test('whatever is written is either read whole or answered with a sentence', () => {
  const words = fc.constantFrom(
    'before',
    'xid',
    'today',
    '14:03',
    '2026-11-25',
    '+01',
    'UTC',
    'ago',
    '5',
    'min',
    '/',
    '"',
    'on timeline 2',
    'T',
    'monday',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(words).map((parts) => parts.join(' ')),
  )
  fc.assert(
    fc.property(text, (written) => {
      const found = read(written)
      expect(found.kind === 'read' ? found.understood : found.sentence).toMatch(/^.+[.!]$/s)
      expect(JSON.stringify(found)).not.toMatch(/undefined|NaN|Invalid/)
    }),
  )
})
