import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { AllFailed, firstAnswer } from './first-answer.ts'

test('while the first answers in time nobody else is asked', async () => {
  const asked: string[] = []
  const ask = async (place: string) => {
    asked.push(place)
    return place
  }
  expect(await firstAnswer(['a', 'b'], ask, { patienceMs: 20 })).toEqual({ place: 'a', value: 'a' })
  await sleep(30)
  expect(asked).toEqual(['a'])
})

test('a silent first one is helped out by the second, and told to stop', async () => {
  const stopped: string[] = []
  const ask = async (place: string, signal: AbortSignal) => {
    signal.addEventListener('abort', () => stopped.push(place))
    if (place === 'a') await new Promise(() => {})
    return place
  }
  expect((await firstAnswer(['a', 'b'], ask, { patienceMs: 10 })).place).toBe('b')
  expect(stopped).toContain('a')
})

test('a failing first one is followed by the second at once', async () => {
  const startedAt = performance.now()
  const ask = async (place: string) => {
    if (place === 'a') throw new Error('down')
    return place
  }
  expect((await firstAnswer(['a', 'b'], ask, { patienceMs: 60_000 })).value).toBe('b')
  expect(performance.now() - startedAt).toBeLessThan(30_000)
})

test('when all fail, all reasons are told in order', async () => {
  const ask = async (place: string) => {
    throw new Error(place)
  }
  const error = await firstAnswer(['a', 'b', 'c'], ask, { patienceMs: 5 }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AllFailed)
  expect(error).toMatchObject({ errors: [{ message: 'a' }, { message: 'b' }, { message: 'c' }] })
})
