import { expect, test } from 'vitest'
import { openAct } from './opened-act.ts'

test('a sheet that is opened again is another sheet, also for the same act', () => {
  const first = openAct(null, 'switchover')
  const second = openAct({ ...first, isOpen: false }, 'switchover')
  expect(second).toMatchObject({ act: 'switchover', isOpen: true })
  expect(second.opening).not.toBe(first.opening)
})
