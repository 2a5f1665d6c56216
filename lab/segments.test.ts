import { expect, test } from 'vitest'
import { abandonedSegments } from './segments.ts'

const heading = '       key      shmid perms                  size  cpid  lpid nattch   uid   gid\n'
const pidFile = '15268\n/data\n1795601184\n5432\n/sockets\n0.0.0.0\n  1523730     98351\nready   \n'

test('the segment of a postmaster that was killed is found', () => {
  expect(abandonedSegments([pidFile], `${heading}   1523730      98351   600  56 3139 3139  0 101 104\n`)).toEqual([
    98351,
  ])
})

test('a segment with another key under the same id belongs to somebody else', () => {
  expect(abandonedSegments([pidFile], `${heading}   7777777      98351   600  56 3139 3139  0 101 104\n`)).toEqual([])
})

test('a segment that is attached is in use', () => {
  expect(abandonedSegments([pidFile], `${heading}   1523730      98351   600  56 3139 3139  7 101 104\n`)).toEqual([])
})

test('a key beyond 31 bits is the same key, and a file without a segment has none', () => {
  const big = pidFile.replace('1523730', '18446744071562067968')
  expect(abandonedSegments([big, '', '15268\n/data\n'], `${heading}-2147483648 98351 600 56 1 1 0 101 104\n`)).toEqual([
    98351,
  ])
})
