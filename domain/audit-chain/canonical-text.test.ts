import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalText } from './canonical-text.ts'

test('whatever a column holds is written as JSON writes it', () => {
  fc.assert(
    fc.property(
      fc.option(fc.string({ unit: 'binary', maxLength: 40 })),
      fc.string({ unit: 'grapheme' }),
      (reason, target) => {
        const text = canonicalText({
          seq: 1,
          at: '2026-01-01T00:00:00.000000Z',
          actorId: null,
          actorName: 'a"b\\c\u0000\uD800',
          actorKind: 'user',
          action: 'x',
          target,
          clusterId: null,
          clusterName: null,
          reason,
          outcome: 'done',
          operationId: null,
          detail: '{}',
        })
        expect(text).toContain(
          `"reason": ${JSON.stringify(reason)}, "target": ${JSON.stringify(target)}, "actorId": null`,
        )
        expect(text).toContain(`"actorName": ${JSON.stringify('a"b\\c\u0000\uD800')}`)
      },
    ),
  )
})
