import { expect, test } from 'vitest'
import { parseArchiveFolders } from './parse-archive-folders.ts'

const target = { who: 'pg-node-1', system: 'pgBackRest', address: '10.0.1.10:8009' }
const at = { repository: 1, archiveId: '15-1' }

test('the top of an archive has folders in order and history files', () => {
  const body = JSON.stringify({
    '.': { type: 'path' },
    '0000000200000000': { type: 'path' },
    '0000000100000000': { type: 'path' },
    lost: { type: 'path' },
    '00000002.history': { type: 'file', size: 40, time: 1_795_619_695 },
    '00000003.history.tmp': { type: 'file', size: 40, time: 1_795_619_695 },
  })
  expect(parseArchiveFolders(body, at, target)).toEqual({
    folders: ['0000000100000000', '0000000200000000'],
    histories: [{ timeline: 2, archivedAt: new Date(1_795_619_695_000) }],
  })
  expect(parseArchiveFolders('{}', at, target)).toEqual({ folders: [], histories: [] })
})

test.each(['', '[]x', '[1]', '{"a":1}'])('what is no listing (%s) is refused with the node', (body) => {
  expect(() => parseArchiveFolders(body, at, target)).toThrow('pg-node-1')
})
