import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { layOutAxis } from './lay-out-axis.ts'
import { RecoveryAxis } from './recovery-axis.tsx'
import { givenAxis } from './testing-axis.ts'

function drawn(): Document {
  const axis = layOutAxis(givenAxis)
  if (axis === null) throw new Error('There is something to draw.')
  return new DOMParser().parseFromString(renderToStaticMarkup(<RecoveryAxis axis={axis} />), 'text/html')
}

test('the drawing is one control that tells its place in words', () => {
  const slider = drawn().querySelector('[role=slider]')
  expect(slider?.getAttribute('tabindex')).toBe('0')
  expect(slider?.getAttribute('aria-valuenow')).toBe(slider?.getAttribute('aria-valuemax'))
  expect(slider?.getAttribute('aria-valuetext')).toContain('newest archived WAL segment of timeline 2')
  expect(slider?.querySelectorAll('button, a, [tabindex]')).toHaveLength(0)
})

test('types of backups differ in shape, and the legend names each and what else is drawn', () => {
  const page = drawn()
  expect(page.querySelectorAll('[data-lane]')).toHaveLength(2)
  expect(page.querySelectorAll('[data-lane] rect, [data-lane] path, [data-lane] circle')).toHaveLength(3)
  const legend = [...page.querySelectorAll('li')].map((item) => item.textContent)
  expect(legend).toEqual([
    'full backup',
    'differential backup',
    'incremental backup',
    'can be recovered',
    'WAL is missing',
    'the timeline began',
  ])
})

test('what is drawn keeps within its lane', () => {
  const marks = [...drawn().querySelectorAll<HTMLElement>('[data-lane] > [style]')]
  expect(marks.length).toBeGreaterThan(5)
  for (const { style } of marks) {
    const [left, width] = [style.left, style.width || '0%'].map((text) => Number.parseFloat(text))
    expect(left).toBeGreaterThanOrEqual(0)
    expect(Number(left) + Number(width)).toBeLessThanOrEqual(100.31)
  }
})
