import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { layOutAxis } from './lay-out-axis.ts'
import { RecoveryAxis, type Touched } from './recovery-axis.tsx'
import { givenAxis } from './testing-axis.ts'
import { backupEnd } from '#domain/recovery/recovery-ends.ts'

async function openAxis() {
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  const axis = layOutAxis(givenAxis)
  if (axis === null) throw new Error('There is something to draw.')
  const touched: Touched[] = []
  const element = document.createElement('div')
  document.body.append(element)
  const root = createRoot(element)
  await act(async () => root.render(<RecoveryAxis axis={axis} onTouch={(place) => touched.push(place)} />))
  const slider = element.querySelector('[role=slider]')
  if (!(slider instanceof HTMLElement)) throw new Error('The axis is a slider.')
  return {
    touched,
    slider,
    press: (key: string) => act(async () => slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))),
    async [Symbol.asyncDispose]() {
      await act(async () => root.unmount())
      element.remove()
    },
  }
}

test('Enter takes the place that the arrows have come to, with its exact moment', async () => {
  await using axis = await openAxis()
  expect(axis.slider.getAttribute('aria-label')).toContain('Enter takes it')
  await axis.press('Enter')
  await axis.press('Home')
  await axis.press('Enter')
  const [first] = givenAxis.backups
  if (first === undefined) throw new Error('There is a backup.')
  expect(axis.touched[1]).toEqual({ at: backupEnd(first).at, timeline: null })
})

test('a click takes the moment under the pointer, to the second', async () => {
  await using axis = await openAxis()
  const lane = axis.slider.querySelector('[data-lane="1"]')
  if (!(lane instanceof HTMLElement)) throw new Error('There is a second lane.')
  lane.getBoundingClientRect = () => new DOMRect(0, 0, 1000, 32)
  await act(async () => lane.dispatchEvent(new MouseEvent('click', { clientX: 400, bubbles: true })))
  expect(axis.touched).toEqual([{ at: new Date('2026-11-24T00:39:48.000Z'), timeline: null }])
})
