import type { QueryKey } from '@tanstack/react-query'
import type { EventsAsked } from './event-filter.ts'

/** Where the cache keeps pages of events: below the path that the live feed marks as old. */
export function eventPagesKey(path: QueryKey, asked: EventsAsked): QueryKey {
  return [...path, { input: asked, type: 'pages' }]
}

/** The first page as a page that is being rendered has it at hand. */
export function eventPages<Page>(
  path: QueryKey,
  asked: EventsAsked,
  ask: () => Promise<Page>,
): [QueryKey, () => Promise<{ pages: Page[]; pageParams: null[] }>] {
  return [eventPagesKey(path, asked), async () => ({ pages: [await ask()], pageParams: [null] })]
}
