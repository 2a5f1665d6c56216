import { down, status, up } from '#lab/control.ts'

/** Brings the lab up whole before the tests; takes it down again only if it was not there. */
export default async function prepareLab(): Promise<() => Promise<void>> {
  const before = await status()
  await up()
  return async () => {
    if (before.state === 'down') await down()
  }
}
