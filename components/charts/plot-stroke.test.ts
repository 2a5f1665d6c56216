import { expect, test } from 'vitest'
import type { ChartLine } from './chart-line.ts'
import type { PlotColours } from './plot-colours.ts'
import { leadStops, pointColour } from './plot-stroke.ts'

const colours: PlotColours = {
  text: 'black',
  faint: 'grey',
  line: 'grey',
  lineStrong: 'grey',
  lead: 'gold',
  lines: ['blue', 'violet'],
  marks: { critical: 'red', warning: 'orange', info: 'grey', act: 'blue' },
  font: 'monospace',
}
const line: ChartLine = {
  name: 'pg-node-1',
  colour: 3,
  avg: [],
  min: [],
  max: [],
  led: [false, true],
  isLeader: true,
}

test('gold begins and ends where the lead did, without fading', () => {
  expect(leadStops([false, true, true, false], 'blue', 'gold')).toEqual([
    [0, 'blue'],
    [0.25, 'blue'],
    [0.25, 'gold'],
    [0.75, 'gold'],
    [0.75, 'blue'],
  ])
  expect(leadStops([true, false], 'blue', 'gold')).toEqual([
    [0, 'gold'],
    [0.5, 'gold'],
    [0.5, 'blue'],
  ])
  expect(leadStops([false, true], 'blue', 'gold')).toEqual([
    [0, 'blue'],
    [0.5, 'blue'],
    [0.5, 'gold'],
  ])
})

test('the dot of the cursor has the colour that the line has there', () => {
  expect(pointColour(line, 0, colours)).toBe('violet')
  expect(pointColour(line, 1, colours)).toBe('gold')
  expect(pointColour({ ...line, colour: null, led: null }, 1, colours)).toBe('black')
})
